"""Start and completion of a step in CSV files and workbooks, which have ``lifecycle:transition`` in a column."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from streams.intake import csv_rows
from streams.intake.errors import IntakeError
from streams.intake.log import Log
from streams.intake.mapping import Mapping
from streams.intake.pairing import UNMAPPED
from streams.intake.reading import REMARKS
from streams.intake.rows import Rejection
from tests.unit.intake import from_csv, from_xes, kinds, mapping, of_kind, translate

HEAD = ("case:concept:name", "concept:name", "time:timestamp", "org:group", "lifecycle:transition")
ROWS = (
    ("c1", "Tiếp nhận", "2026-10-01T08:00:00+07:00", "U", "start"),
    ("c2", "Tiếp nhận", "2026-10-01T08:05:00+07:00", "U", "START"),
    ("c1", "Thẩm định", "2026-10-01T08:10:00+07:00", "U", "start"),
    ("c1", "Tiếp nhận", "2026-10-01T08:20:00+07:00", "U", "complete"),
    ("c1", "Thẩm định", "2026-10-01T09:00:00+07:00", "U", "suspend"),
    ("c2", "Ký", "2026-10-01T09:30:00+07:00", "U", ""),
)
COLUMNS = 'case = "case:concept:name"\nstep = "concept:name"\ntime = "time:timestamp"\nstep_unit = "org:group"'
NAMED = COLUMNS + '\ntransition = "lifecycle:transition"'
STEPS = {  # case, name, begun, at
    ("c1", "Tiếp nhận", "2026-10-01T01:00:00Z", "2026-10-01T01:20:00Z"),
    ("c1", "Thẩm định", None, "2026-10-01T01:10:00Z"),
    ("c1", "Thẩm định", None, "2026-10-01T02:00:00Z"),
    ("c2", "Tiếp nhận", None, "2026-10-01T01:05:00Z"),
    ("c2", "Ký", None, "2026-10-01T02:30:00Z"),
}


def text(rows: Iterable[tuple[str, ...]] = ROWS) -> str:
    return "\n".join(map(",".join, (HEAD, *rows))) + "\n"


def steps(events: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    return [
        (event["subject"], event["data"]["name"], event["data"].get("begun_at"), event["time"])
        for event in of_kind(events, "step")
    ]


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for cells in (HEAD, *ROWS):
        book.active.append(list(cells))
    book.save(folder / "log.xlsx")
    return folder / "log.xlsx"


def of_log(path: Path, chosen: Mapping) -> tuple[list[dict[str, Any]], list[Rejection]]:
    with Log(path, chosen) as log:
        return translate(chosen, log)


def test_rows_of_a_csv_file_are_paired_wherever_a_cases_rows_stand() -> None:
    events, rejections = from_csv(mapping(columns=NAMED), text())

    assert rejections == []
    assert len(steps(events)) == len(STEPS)
    assert set(steps(events)) == STEPS
    assert {event["subject"]: event["time"] for event in of_kind(events, "accepted")} == {
        "c1": "2026-10-01T01:00:00Z",
        "c2": "2026-10-01T01:05:00Z",
    }


def test_rows_of_a_workbook_are_paired(tmp_path: Path) -> None:
    events, rejections = of_log(workbook(tmp_path), mapping(file='format = "xlsx"', columns=NAMED))

    assert rejections == []
    assert set(steps(events)) == STEPS


def test_a_csv_file_and_its_xes_log_make_the_same_events() -> None:
    chosen = mapping(columns=NAMED)
    of_xes = mapping(file='format = "xes"', columns=COLUMNS)
    traces = "".join(
        f'<trace><string key="concept:name" value="{case}"/>'
        + "".join(
            "<event>"
            + "".join(f'<string key="{k}" value="{v}"/>' for k, v in zip(HEAD[1:], row[1:], strict=True) if v)
            + "</event>"
            for row in ROWS
            if row[0] == case
        )
        + "</trace>"
        for case in ("c1", "c2")
    )

    ids = [
        {event["id"] for event in from_csv(chosen, text())[0]},
        {e["id"] for e in from_xes(of_xes, f"<log>{traces}</log>")[0]},
    ]

    assert ids[0] == ids[1]


def test_two_pieces_of_one_name_are_told_apart_by_their_instance() -> None:
    rows = [
        ("c1", "Ký", "2026-10-01T08:00:00+07:00", "U", "start", "1"),
        ("c1", "Ký", "2026-10-01T08:10:00+07:00", "U", "start", "2"),
        ("c1", "Ký", "2026-10-01T08:20:00+07:00", "U", "complete", "2"),
        ("c1", "Ký", "2026-10-01T08:50:00+07:00", "U", "complete", "1"),
    ]
    head = "\n".join(map(",".join, ((*HEAD, "concept:instance"), *rows)))

    begun = {
        said: {(at, since) for _, _, since, at in steps(from_csv(mapping(columns=NAMED + said), head)[0])}
        for said in ("", '\ninstance = "concept:instance"')
    }

    assert begun[""] == {
        ("2026-10-01T01:20:00Z", "2026-10-01T01:00:00Z"),
        ("2026-10-01T01:50:00Z", "2026-10-01T01:10:00Z"),
    }
    assert begun['\ninstance = "concept:instance"'] == {
        ("2026-10-01T01:20:00Z", "2026-10-01T01:10:00Z"),
        ("2026-10-01T01:50:00Z", "2026-10-01T01:00:00Z"),
    }


def test_a_mapping_may_take_one_transition_alone_or_each() -> None:
    count = {
        take: len(steps(from_csv(mapping(file=f'format = "csv"\ntransitions = "{take}"', columns=NAMED), text())[0]))
        for take in ("complete", "start", "each")
    }

    assert count == {"complete": 2, "start": 4, "each": 6}


@pytest.mark.parametrize("take", ["complete", "start"])
def test_a_transition_that_is_in_no_column_cannot_be_taken(take: str) -> None:
    with pytest.raises(IntakeError, match=r"columns\.transition must name their column"):
        mapping(file=f'format = "csv"\ntransitions = "{take}"', columns=COLUMNS)


def test_a_column_of_transitions_that_the_mapping_does_not_name_is_remarked_once(tmp_path: Path) -> None:
    chosen = mapping(columns=COLUMNS)
    events, rejections = from_csv(chosen, text())
    _, of_workbook = of_log(workbook(tmp_path), mapping(file='format = "xlsx"', columns=COLUMNS))

    assert kinds(events).count("step") == len(ROWS)
    assert rejections == [Rejection(1, "transition", UNMAPPED, "lifecycle:transition")]
    assert [(one.rule, one.column, one.sheet) for one in of_workbook] == [(UNMAPPED, "lifecycle:transition", "Sheet")]
    assert UNMAPPED in REMARKS


def test_nothing_is_remarked_where_the_mapping_says_what_to_do_or_nothing_is_there() -> None:
    each = mapping(file='format = "csv"\ntransitions = "each"', columns=COLUMNS)

    assert from_csv(each, text())[1] == []
    assert list(csv_rows.read(io.StringIO("case,step,time,unit\n"), mapping())) == []
