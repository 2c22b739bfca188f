"""The rules of a case: each in one sentence, on the smallest history that shows it."""

from itertools import permutations
from typing import Any

import pytest

from schemas.history import Data, Entry
from schemas.province import as_date
from schemas.state import NOTHING, CaseState
from streams.folds.cases import OVERSIZED, contribution, contribution_from, contribution_json, fold, merge
from tests.unit.told import SOURCE, SUBJECT, at, entry

DUE = at("2024-02-06T00:00")  # due on 5 February
ACCEPTED = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="online", procedure="1.1", due=DUE)


def state(*entries: Entry) -> CaseState:
    """Of these events in whatever order they came: all give the same, or this fails."""
    ways = [list(entries), list(entries[::-1])] if len(entries) > 4 else [list(way) for way in permutations(entries)]
    found = set()
    for way in ways:
        history: list[Entry] = []
        for one in way:
            history, added = merge(SUBJECT, history, [one])
            assert added == 1
        found.add(fold(SUBJECT, history))
    (only,) = found
    return only


def counts(*entries: Entry) -> dict[str, int]:
    """Counter → amount, over all units and days."""
    sums: dict[str, int] = {}
    for _, _, counter, amount in contribution(state(*entries)).rows:
        sums[counter] = sums.get(counter, 0) + amount
    return sums


def corrected(time: str, id: str, replaces: str, kind: str, fact_time: str, **data: Any) -> Entry:
    return entry("corrected", time, id, replaces=(SOURCE, replaces), kind=kind, time=at(fact_time), event=Data(**data))


def voided(time: str, id: str, replaces: str | None = None) -> Entry:
    return entry("voided", time, id, replaces=(SOURCE, replaces) if replaces else None)


# What is held


def test_the_same_event_again_is_nothing_new() -> None:
    history, added = merge(SUBJECT, [ACCEPTED], [ACCEPTED, ACCEPTED])

    assert (history, added) == ([ACCEPTED], 0)


def test_the_same_event_twice_in_one_span_is_held_once() -> None:
    assert merge(SUBJECT, [], [ACCEPTED, ACCEPTED]) == ([ACCEPTED], 1)


def test_merging_leaves_the_held_history_alone() -> None:
    held = [ACCEPTED]
    merge(SUBJECT, held, [entry("submitted", "2024-01-30T08:00")])

    assert held == [ACCEPTED]


def test_a_late_event_is_told_in_its_place() -> None:
    submitted, step = entry("submitted", "2024-01-30T08:00"), entry("step", "2024-02-01T08:00", name="Kiểm tra")
    history, _ = merge(SUBJECT, [ACCEPTED, step], [submitted])

    assert history == [submitted, ACCEPTED, step]


def test_at_the_same_moment_acceptance_comes_before_work_and_the_end_after_it() -> None:
    kinds = ["finished", "step", "accepted", "submitted", "corrected", "returned"]
    history, _ = merge(SUBJECT, [], [entry(kind, "2024-01-31T08:00") for kind in kinds])

    assert [one.kind for one in history] == ["submitted", "accepted", "step", "finished", "returned", "corrected"]


# Versions of one event


def test_of_two_versions_of_one_event_the_later_counts_and_the_other_is_a_conflict_on_its_own_day() -> None:
    first = entry("finished", "2024-02-01T08:00", "f", unit="Trấn Biên")
    second = entry("finished", "2024-02-03T08:00", "f", unit="Trấn Biên")
    result = state(ACCEPTED, first, second)

    assert result.ended_at == second.time
    assert [(c, as_date(d).isoformat(), n) for c, _, d, n in result.flows] == [("conflicts", "2024-02-01", 1)]


def test_of_two_versions_at_one_moment_always_the_same_counts() -> None:
    versions = [entry("accepted", "2024-01-31T08:00", "a", unit=unit, channel="online") for unit in ("A", "B", "C")]
    result = state(*versions)

    assert result.unit in ("A", "B", "C")
    assert counts(*versions) == {"accepted": 1, "conflicts": 2}


def test_a_version_of_another_kind_is_still_a_version() -> None:
    assert counts(ACCEPTED, entry("finished", "2024-02-01T08:00", "x"), entry("stopped", "2024-02-02T08:00", "x")) == {
        "accepted": 1,
        "stopped": 1,
        "conflicts": 1,
    }


def test_the_same_id_from_two_sources_is_two_events() -> None:
    one, other = (
        entry("step", "2024-02-01T08:00", "s", source=source, name="Kiểm tra") for source in ("urn:a", "urn:b")
    )

    assert counts(one, other) == {"steps": 2}


# Corrections and voidings


def test_a_correction_stands_in_place_of_what_it_names_even_if_it_arrives_first() -> None:
    wrong = entry("finished", "2024-02-20T08:00", "f")
    right = corrected("2024-02-21T08:00", "c", "f", "finished", "2024-02-01T08:00", unit="Trấn Biên")
    result = state(right, wrong, ACCEPTED)

    assert (result.ended_at, result.end_kind) == (at("2024-02-01T08:00"), "finished")
    assert counts(right, wrong, ACCEPTED)["on_time"] == 1


def test_a_correction_counts_before_what_it_names_has_come_at_all() -> None:
    right = corrected("2024-02-21T08:00", "c", "f", "finished", "2024-02-01T08:00")

    assert state(ACCEPTED, right).end_kind == "finished"


def test_a_correction_may_turn_an_event_into_one_of_another_kind() -> None:
    wrong = entry("finished", "2024-02-01T08:00", "f")
    right = corrected("2024-02-02T08:00", "c", "f", "stopped", "2024-02-01T08:00")

    assert counts(ACCEPTED, wrong, right) == {"accepted": 1, "stopped": 1}


def test_of_two_corrections_of_one_event_the_last_in_order_counts() -> None:
    wrong = entry("finished", "2024-02-01T08:00", "f")
    first = corrected("2024-02-02T08:00", "c1", "f", "finished", "2024-02-03T08:00")
    second = corrected("2024-02-03T08:00", "c2", "f", "finished", "2024-02-05T08:00")

    assert state(ACCEPTED, wrong, second, first).ended_at == at("2024-02-05T08:00")


def test_a_correction_may_itself_be_corrected() -> None:
    wrong = entry("finished", "2024-02-01T08:00", "f")
    first = corrected("2024-02-02T08:00", "c1", "f", "finished", "2024-02-03T08:00")
    second = corrected("2024-02-03T08:00", "c2", "c1", "finished", "2024-02-05T08:00")

    assert state(ACCEPTED, wrong, second, first).ended_at == at("2024-02-05T08:00")
    assert counts(ACCEPTED, wrong, second, first)["finished"] == 1


def test_a_voided_correction_does_not_bring_back_what_it_corrected() -> None:
    wrong = entry("finished", "2024-02-01T08:00", "f")
    right = corrected("2024-02-02T08:00", "c", "f", "finished", "2024-02-03T08:00")

    assert state(ACCEPTED, wrong, right, voided("2024-02-04T08:00", "v", "c")).ended_at is None


def test_events_that_name_each_other_are_both_out() -> None:
    one = corrected("2024-02-02T08:00", "c1", "c2", "finished", "2024-02-03T08:00")
    other = corrected("2024-02-02T09:00", "c2", "c1", "finished", "2024-02-03T08:00")

    assert state(ACCEPTED, one, other).ended_at is None


def test_a_voided_event_counts_nowhere_even_if_its_voiding_arrives_first() -> None:
    step = entry("step", "2024-02-01T08:00", "s", name="Kiểm tra", unit="Sở Tư pháp")
    result = state(voided("2024-02-02T08:00", "v", "s"), ACCEPTED, step)

    assert (result.flows, result.last_unit) == ((), "Trấn Biên")


def test_a_voiding_reaches_only_events_of_the_source_it_names() -> None:
    step = entry("step", "2024-02-01T08:00", "s", source="urn:other", name="Kiểm tra")

    assert counts(ACCEPTED, step, voided("2024-02-02T08:00", "v", "s"))["steps"] == 1


def test_voided_without_an_id_voids_the_whole_case_on_the_day_of_the_voiding() -> None:
    entries = [ACCEPTED, entry("finished", "2024-02-01T08:00"), voided("2024-02-03T08:00", "v")]
    result = state(*entries)

    assert result == CaseState(voided_at=at("2024-02-03T08:00"))
    ((unit, day, counter, amount),) = contribution(result).rows
    assert (unit, as_date(day).isoformat(), counter, amount) == ("", "2024-02-03", "voided", 1)


def test_a_voiding_of_the_case_that_is_itself_voided_voids_nothing() -> None:
    assert state(ACCEPTED, voided("2024-02-03T08:00", "v"), voided("2024-02-04T08:00", "w", "v")).unit == "Trấn Biên"


# Ends


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("finished", {"finished": 1, "on_time": 1}),
        ("returned", {"finished": 1, "returned": 1, "on_time": 1}),
        ("stopped", {"stopped": 1}),
        ("refused", {"refused": 1}),
        ("withdrawn", {"withdrawn": 1}),
    ],
)
def test_each_end_ends_the_case_and_only_finished_and_returned_are_done(kind: str, counted: dict[str, int]) -> None:
    assert counts(ACCEPTED, entry(kind, "2024-02-01T08:00")) == {"accepted": 1, **counted}


def test_what_came_first_ends_the_case_and_it_ends_once() -> None:
    finished = [entry("finished", f"2024-02-0{day}T08:00") for day in (3, 1, 2)]

    assert state(ACCEPTED, *finished).ended_at == at("2024-02-01T08:00")
    assert counts(ACCEPTED, *finished)["finished"] == 1


def test_finished_ends_the_case_before_and_after_a_return() -> None:
    finished = entry("finished", "2024-02-02T08:00")
    for day in (1, 3):
        result = state(ACCEPTED, finished, entry("returned", f"2024-02-0{day}T08:00"))
        assert (result.end_kind, result.ended_at) == ("finished", finished.time)
        assert result.returned_at == at(f"2024-02-0{day}T08:00")


def test_a_return_ends_a_case_that_was_stopped_before() -> None:
    result = state(ACCEPTED, entry("stopped", "2024-02-01T08:00"), entry("returned", "2024-02-03T08:00"))

    assert (result.end_kind, result.ended_at) == ("returned", at("2024-02-03T08:00"))


def test_of_stopped_refused_and_withdrawn_the_first_ends_the_case() -> None:
    result = state(
        ACCEPTED,
        entry("withdrawn", "2024-02-03T08:00"),
        entry("stopped", "2024-02-02T08:00"),
        entry("refused", "2024-02-04T08:00"),
    )

    assert (result.end_kind, result.ended_at) == ("stopped", at("2024-02-02T08:00"))


def test_an_end_that_sorts_before_the_acceptance_ends_the_case_all_the_same() -> None:
    finished = entry("finished", "2024-01-31T07:59", unit="Trấn Biên")
    result = state(ACCEPTED, finished)

    assert (result.accepted_at, result.ended_at, result.due_at) == (ACCEPTED.time, finished.time, DUE)
    assert counts(ACCEPTED, finished) == {"accepted": 1, "finished": 1, "on_time": 1}


def test_steps_after_the_end_count_and_never_reopen() -> None:
    finished = entry("finished", "2024-02-01T08:00", unit="Trấn Biên")
    step = entry("step", "2024-02-03T08:00", name="Lưu trữ", unit="Sở Tư pháp", status=4)
    result = state(ACCEPTED, finished, step)

    assert (result.ended_at, result.end_kind, result.status) == (finished.time, "finished", 9)
    assert (result.last_unit, result.last_at) == ("Trấn Biên", step.time)
    assert counts(ACCEPTED, finished, step)["steps"] == 1


def test_a_second_acceptance_after_the_end_does_not_reopen() -> None:
    again = entry("accepted", "2024-02-10T08:00", unit="Sở Tư pháp", channel="post")
    result = state(ACCEPTED, entry("finished", "2024-02-01T08:00"), again)

    assert (result.unit, result.channel, result.end_kind) == ("Trấn Biên", "online", "finished")


# Deadlines


@pytest.mark.parametrize(
    ("ended", "counted"),
    [
        ("2024-02-05T23:59:59.999999", "on_time"),
        ("2024-02-06T00:00:00", "on_time"),
        ("2024-02-06T00:00:00.000001", "late"),
    ],
)
def test_a_case_due_on_a_day_is_on_time_until_24_00_and_late_a_microsecond_after(ended: str, counted: str) -> None:
    found = counts(ACCEPTED, entry("finished", ended))

    assert {"on_time", "late"} & found.keys() == {counted}


def test_without_a_deadline_a_case_is_neither_late_nor_on_time() -> None:
    accepted = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="online")

    assert counts(accepted, entry("finished", "2030-02-01T08:00")) == {"accepted": 1, "finished": 1}


def test_a_stopped_case_is_neither_late_nor_on_time() -> None:
    assert counts(ACCEPTED, entry("stopped", "2024-03-01T08:00")) == {"accepted": 1, "stopped": 1}


@pytest.mark.parametrize("kind", ["extended", "supplement_received", "resumed"])
def test_a_new_appointment_moves_the_deadline(kind: str) -> None:
    later = entry(kind, "2024-02-02T08:00", due=at("2024-02-20T00:00"))

    assert state(ACCEPTED, later).due_at == later.data.due


def test_the_last_appointment_in_order_counts_not_the_last_to_arrive_nor_the_farthest() -> None:
    far = entry("extended", "2024-02-02T08:00", due=at("2024-02-20T00:00"))
    near = entry("extended", "2024-02-03T08:00", due=at("2024-02-10T00:00"))

    assert state(ACCEPTED, near, far).due_at == near.data.due


def test_an_appointment_given_after_the_end_changes_nothing() -> None:
    finished = entry("finished", "2024-02-07T08:00")
    extended = entry("extended", "2024-02-08T08:00", due=at("2024-03-01T00:00"))

    assert counts(ACCEPTED, finished, extended) == {"accepted": 1, "finished": 1, "late": 1, "extensions": 1}


def test_a_resumption_without_a_new_deadline_keeps_the_old_one() -> None:
    assert state(ACCEPTED, entry("resumed", "2024-02-02T08:00")).due_at == DUE


# Whom and when it counts for


def test_all_counts_for_the_accepting_unit_but_steps_for_the_unit_that_did_them() -> None:
    step = entry("step", "2024-02-01T08:00", name="Thẩm định", unit="Sở Tư pháp")
    paid = entry("paid", "2024-02-01T09:00", online=True, unit="Kho bạc")
    rows = contribution(state(ACCEPTED, step, paid)).rows

    assert {(unit, counter) for unit, _, counter, _ in rows} == {
        ("Trấn Biên", "accepted"),
        ("Trấn Biên", "paid"),
        ("Sở Tư pháp", "steps"),
    }


def test_a_step_of_no_unit_counts_for_no_unit() -> None:
    rows = contribution(state(ACCEPTED, entry("step", "2024-02-01T08:00", name="Thẩm định"))).rows

    assert ("", "steps") in {(unit, counter) for unit, _, counter, _ in rows}


def test_a_case_that_nobody_accepted_counts_for_no_unit_and_is_not_open() -> None:
    result = state(entry("submitted", "2024-01-30T08:00", unit="Trấn Biên", channel="post", procedure="1.1"))

    assert (result.unit, result.channel, result.procedure, result.accepted_at) == ("", "post", "1.1", None)


def test_the_acceptance_says_channel_and_procedure_and_the_submission_what_it_leaves_out() -> None:
    accepted = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="direct")
    result = state(accepted, entry("submitted", "2024-01-30T08:00", channel="post", procedure="2.2"))

    assert (result.channel, result.procedure) == ("direct", "2.2")


def test_each_flow_counts_on_the_province_day_of_its_own_event() -> None:
    steps = [
        entry("step", "2024-02-01T16:59:59.999999+00:00", "s1", name="x"),
        entry("step", "2024-02-01T17:00:00+00:00", "s2", name="x"),
        entry("step", "2024-02-01T18:00:00+00:00", "s3", name="x"),
    ]

    assert [(as_date(d).isoformat(), n) for _, _, d, n in state(*steps).flows] == [("2024-02-01", 1), ("2024-02-02", 2)]


# Status


def test_the_status_is_what_the_source_says_else_what_the_kind_implies() -> None:
    said = entry("step", "2024-02-01T08:00", name="x", status=6, status_raw="chờ nộp phí")

    assert (state(ACCEPTED, said).status, state(ACCEPTED, said).status_raw) == (6, "chờ nộp phí")
    assert state(ACCEPTED).status == 2


def test_a_kind_without_a_status_of_its_own_leaves_it() -> None:
    assert state(ACCEPTED, entry("paid", "2024-02-01T08:00", online=True)).status == 2


def test_a_returned_case_has_status_10_also_after_it_finished() -> None:
    assert state(ACCEPTED, entry("finished", "2024-02-01T08:00"), entry("returned", "2024-02-02T08:00")).status == 10


# Simulated, oversized, nothing


def test_one_simulated_event_marks_the_case() -> None:
    assert state(ACCEPTED, entry("rated", "2024-02-09T08:00", source="urn:ioc:simulated", score=5)).simulated


def test_an_oversized_case_adds_only_that_it_is_one_on_the_first_day_of_the_topic() -> None:
    ((unit, day, counter, amount),) = contribution(OVERSIZED).rows

    assert (unit, as_date(day).isoformat(), counter, amount) == ("", "2010-01-01", "oversized", 1)


def test_a_case_of_which_nothing_is_left_adds_nothing() -> None:
    assert contribution(state(voided("2024-02-02T08:00", "v", "s"))) == NOTHING


def test_a_contribution_reads_back_as_it_was_written() -> None:
    value = contribution(state(ACCEPTED, entry("finished", "2024-02-01T08:00")))

    assert contribution_from(contribution_json(value)) == value
