"""What rows become, and that ids stay the same in longer, later and differently ordered exports."""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.mapping import Mapping, load
from streams.intake.rows import LogRow, Rejection
from tests.unit.intake import from_csv, kinds, mapping, of_kind, translate

COLUMNS = 'case = "c"\nstep = "s"\ntime = "t"\nstep_unit = "u"'
STEPS = mapping(columns=COLUMNS)
STEPS_WITH_UNIT = mapping(columns=COLUMNS + '\nunit = "n"')
WABO = load("wabo")
FULL = mapping(
    columns=COLUMNS + '\nunit = "n"\nchannel = "k"\nstart = "b"\ndue = "d"\nend = "e"\nsubmitted = "f"',
    channels='"Trực tuyến" = "online"\n"Trực tiếp" = "direct"',
    units='"UBND phường Trấn Biên" = "Phường Trấn Biên"',
)


def row(line: int = 2, **fields: str) -> LogRow:
    given = {"case": "c1", "step": "Thẩm định", "time": "2024-01-31T08:00:00", "step_unit": "A"}
    return LogRow(line, **(given | fields))


def one(chosen: Mapping, *rows: LogRow, kind: str) -> dict[str, Any]:
    events, rejections = translate(chosen, rows)
    assert rejections == []
    (event,) = of_kind(events, kind)
    return event


def test_every_row_is_a_step_and_the_earliest_accepts_where_no_start_is_mapped() -> None:
    rows = [row(time="2024-02-02", step_unit="B"), row(time="2024-02-01", step_unit="A"), row(case="c2", step_unit="C")]

    events, rejections = translate(STEPS, rows)

    assert rejections == []
    assert kinds(events) == ["step"] * 3 + ["accepted"] * 2
    accepted = {event["subject"]: (event["time"], event["data"]) for event in of_kind(events, "accepted")}
    assert accepted == {
        "c1": ("2024-01-31T17:00:00Z", {"unit": "A", "channel": "other"}),
        "c2": ("2024-01-31T01:00:00Z", {"unit": "C", "channel": "other"}),
    }


def test_columns_of_the_case_accept_and_finish_it_once() -> None:
    fields = {"unit": "UBND Phường Trấn Biên", "channel": "TRỰC TUYẾN", "submitted": "2024-01-30T20:00:00"}
    fields |= {"start": "2024-01-31T07:45:00", "due": "2024-02-07", "end": "2024-02-05T16:00:00"}

    events, rejections = translate(FULL, [row(n, step=f"b{n}", **fields) for n in range(2, 7)])

    assert rejections == []
    assert sorted(kinds(events)) == ["accepted", "finished", "step", "step", "step", "step", "step", "submitted"]
    (accepted,) = of_kind(events, "accepted")
    assert accepted["data"] == {"unit": "Phường Trấn Biên", "channel": "online", "due_on": "2024-02-07"}
    assert of_kind(events, "finished")[0]["time"] == "2024-02-05T09:00:00Z"


def test_a_deadline_with_an_hour_is_exact() -> None:
    accepted = one(FULL, row(unit="A", start="2024-01-31", due="2024-02-07T16:30:00"), kind="accepted")

    assert accepted["data"]["due_at"] == "2024-02-07T09:30:00Z"


def test_an_end_of_which_only_the_day_is_known_is_late_after_a_deadline_of_the_day_before() -> None:
    said = row(unit="A", start="2024-01-31", due="2024-02-07", end="2024-02-08")

    assert one(FULL, said, kind="finished")["time"] == "2024-02-07T17:00:01Z"
    assert one(FULL, said._replace(end="2024-02-08T00:00:00"), kind="finished")["time"] == "2024-02-07T17:00:01Z"
    assert one(FULL, said._replace(end="2024-02-08T00:00:05"), kind="finished")["time"] == "2024-02-07T17:00:05Z"


def test_rows_of_a_case_that_disagree_become_versions_whatever_their_order() -> None:
    rows = [
        row(n, step=str(n), unit="A", start="2024-01-31", due=due) for n, due in enumerate(("2024-02-07", "2024-02-09"))
    ]

    events, _ = translate(FULL, rows)

    versions = of_kind(events, "accepted")
    assert len({event["id"] for event in versions}) == 1
    assert {event["data"]["due_on"] for event in versions} == {"2024-02-07", "2024-02-09"}
    assert as_set(events) == as_set(translate(FULL, rows[::-1])[0])


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("supplement_requested", {"unit": "A"}),
        ("supplement_received", {"unit": "A", "due_on": "2024-03-01"}),
        ("extended", {"unit": "A", "due_on": "2024-03-01"}),
        ("suspended", {"unit": "A"}),
        ("resumed", {"unit": "A", "due_on": "2024-03-01"}),
        ("refused", {"unit": "A"}),
        ("stopped", {"unit": "A"}),
        ("withdrawn", {"unit": "A"}),
        ("finished", {"unit": "A"}),
        ("returned", {"unit": "A"}),
        ("accepted", {"unit": "A", "channel": "other"}),
        ("submitted", {"unit": "A", "channel": "other"}),
    ],
)
def test_a_step_that_means_something_is_that_event_too(kind: str, data: dict[str, str]) -> None:
    chosen = mapping(columns=COLUMNS + '\nnew_due = "n"', events=f'"Bước X" = "{kind}"')

    events, rejections = translate(chosen, [row(step="bước x", step_unit="A", new_due="2024-03-01"), row(step="y")])

    assert rejections == []
    assert len(of_kind(events, "step")) == 2
    assert of_kind(events, kind)[0]["data"] == data


def test_a_status_is_kept_as_said_beside_the_national_one() -> None:
    chosen = mapping(columns=COLUMNS + '\nstatus = "x"', statuses='"Chờ bổ sung" = 5')

    events, _ = translate(chosen, [row(status="chờ bổ sung"), row(step="b", status="Chờ ký")])

    said = [(e["data"].get("status"), e["data"]["status_raw"]) for e in of_kind(events, "step")]
    assert said == [(5, "chờ bổ sung"), (None, "Chờ ký")]


def test_case_names_with_spaces_are_joined_and_prefixed_where_the_mapping_says_so() -> None:
    plain, joined = STEPS, mapping(columns=COLUMNS, case='spaces = "_"\nprefix = "log7:"')

    assert translate(plain, [row(case="Case 7")])[1] == [Rejection(2, "case", "string_pattern_mismatch")]
    assert {e["subject"] for e in translate(joined, [row(case=" Case  7 ", step_unit="A")])[0]} == {"log7:Case_7"}


def test_decomposed_letters_are_composed() -> None:
    composed, decomposed = "Thẩm định", "Tha\u0302\u0309m d\u0323i\u0323nh".replace("d\u0323", "đ")

    assert one(STEPS, row(step=composed), kind="step")["id"] == one(STEPS, row(step=decomposed), kind="step")["id"]


@pytest.mark.parametrize(
    ("fields", "field", "rule", "left"),
    [
        ({"case": ""}, "case", "missing", []),
        ({"case": "x" * 65}, "case", "string_too_long", []),
        ({"step": " "}, "step", "missing", ["accepted", "finished"]),
        ({"step": "x" * 201}, "step", "string_too_long", ["accepted", "finished"]),
        ({"step": "a\x07b"}, "step", "string_pattern_mismatch", ["accepted", "finished"]),
        ({"step_unit": "x" * 81}, "step_unit", "string_too_long", ["step", "accepted", "finished"]),
        ({"procedure": "x" * 81}, "procedure", "string_too_long", ["step", "accepted", "finished"]),
        ({"time": ""}, "time", "missing", ["accepted", "finished"]),
        ({"time": "31/01/2024"}, "time", "date_format", ["accepted", "finished"]),
        ({"time": "1970-01-01"}, "time", "before_earliest", ["accepted", "finished"]),
        ({"time": "2199-01-01"}, "time", "too_far_ahead", ["accepted", "finished"]),
        ({"unit": ""}, "unit", "missing", ["step", "finished"]),
        ({"unit": "x" * 81}, "unit", "string_too_long", ["step", "finished"]),
        ({"start": "hôm qua"}, "start", "date_format", ["step", "finished"]),
        ({"due": "mai"}, "due", "date_format", ["step", "accepted", "finished"]),
        ({"due": "2199-01-01"}, "due", "less_than_equal", ["step", "accepted", "finished"]),
        ({"end": "2024-01-30"}, "end", "before_acceptance", ["step", "accepted", "finished"]),
        ({"end": "2199-01-01"}, "end", "too_far_ahead", ["step", "accepted"]),
    ],
)
def test_a_fault_is_told_by_line_field_and_rule_and_costs_only_its_event(
    fields: dict[str, str], field: str, rule: str, left: list[str]
) -> None:
    good = {"unit": "A", "start": "2024-01-31", "due": "2024-02-07", "end": "2024-02-05"}

    events, rejections = translate(FULL, [row(17, **(good | fields))])

    assert rejections == [Rejection(17, field, rule)]
    assert kinds(events) == left


def test_identical_rows_are_steps_of_their_own() -> None:
    events, _ = translate(STEPS, [row(2, step_unit="A"), row(3, step_unit="A"), row(4, step_unit="A")])

    ids = [event["id"] for event in of_kind(events, "step")]
    assert ids == [ids[0], f"{ids[0]}.2", f"{ids[0]}.3"]
    assert len(of_kind(events, "accepted")) == 1


def test_columns_that_are_not_mapped_reach_no_event() -> None:
    text = "c,s,t,u,Họ tên,CCCD\nc1,Thẩm định,2024-01-31,A,Nguyễn Văn A,079099001234\n"

    events, _ = from_csv(STEPS, text)

    assert "079099001234" not in json.dumps(events)
    assert "Nguyễn" not in json.dumps(events, ensure_ascii=False)


# Exports ------------------------------------------------------------------------------------------------------------

DAY = datetime(2024, 1, 2, 8, tzinfo=UTC)


@st.composite
def logs(draw: st.DrawFn) -> list[LogRow]:
    """Rows of a few cases in any order, some of them the same in every field."""
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        case, step, hour = draw(st.integers(0, 3)), draw(st.sampled_from("abc")), draw(st.integers(0, 4))
        ended = case == 0
        rows.append(
            row(
                case=f"c{case}",
                step=step,
                time=(DAY + timedelta(hours=hour)).isoformat(),
                step_unit=draw(st.sampled_from(("", "A"))),
                unit=f"U{case}",
                start=DAY.isoformat(),
                due="2024-01-09",
                end=(DAY + timedelta(days=3)).isoformat() if ended else "",
            )
        )
    return rows


def as_set(events: list[dict[str, Any]]) -> set[str]:
    return {json.dumps(event, sort_keys=True) for event in events}


def bare(rows: list[LogRow]) -> list[LogRow]:
    """The same log without a start and an end."""
    return [one._replace(start="", due="", end="") for one in rows]


@given(rows=logs() | logs().map(bare), seed=st.integers())
def test_the_order_of_the_rows_changes_nothing(rows: list[LogRow], seed: int) -> None:
    chosen = FULL if rows[0].start else STEPS_WITH_UNIT
    shuffled = rows.copy()
    random.Random(seed).shuffle(shuffled)

    events = translate(chosen, rows)[0]

    assert as_set(translate(chosen, shuffled)[0]) == as_set(events)
    assert len(as_set(events)) == len(events), "nothing is sent twice"


@given(rows=logs(), cut=st.integers(0, 25))
def test_a_longer_export_repeats_what_a_shorter_one_said(rows: list[LogRow], cut: int) -> None:
    shorter = as_set(translate(FULL, rows[:cut])[0])
    longer = as_set(translate(FULL, rows)[0])

    assert shorter <= longer


@given(rows=logs().map(bare), cut=st.integers(0, 25))
def test_a_longer_export_without_a_start_column_only_adds(rows: list[LogRow], cut: int) -> None:
    """Steps are repeated; a case may also be accepted earlier, where the longer one knows an earlier row."""
    shorter = translate(STEPS_WITH_UNIT, rows[:cut])[0]
    longer = translate(STEPS_WITH_UNIT, rows)[0]

    assert as_set(of_kind(shorter, "step")) <= as_set(of_kind(longer, "step"))
    earlier = {event["subject"]: event["time"] for event in of_kind(longer, "accepted")}
    assert all(earlier[event["subject"]] <= event["time"] for event in of_kind(shorter, "accepted"))


@given(rows=logs())
def test_a_later_export_that_fills_in_ends_adds_only_the_ends(rows: list[LogRow]) -> None:
    later = [one._replace(end=one.end or (DAY + timedelta(days=9)).isoformat()) for one in rows]

    before, after = as_set(translate(FULL, rows)[0]), as_set(translate(FULL, later)[0])

    assert before <= after
    assert {json.loads(event)["type"] for event in after - before} <= {"case.finished.v1"}
    assert len(after - before) == len({one.case for one in rows if not one.end})


def test_ids_are_these_for_ever() -> None:
    """An id that changes counts a whole log twice at the next import."""
    events, _ = translate(
        WABO,
        [
            LogRow(
                line=2,
                case="case-10017",
                step="Confirmation of receipt",
                time="2011-10-18 13:46:39.679000+02:00",
                id="task-43021",
                step_unit="EMPTY",
                unit="General",
                channel="Internet",
                start="2011-10-11 01:06:40.020000+02:00",
                due="2011-12-06 01:06:40+01:00",
                end="2011-10-18 13:56:55.943000+02:00",
            )
        ],
    )

    assert {kind: event["id"] for kind, event in zip(kinds(events), events, strict=True)} == {
        "step": "5d4e84d6c015330b20d48f0984c0c12c",
        "accepted": "e6d122427024d0537abf5be023f0ccc8",
        "finished": "7bfa7686d346fb750325829175c0b536",
    }
