"""Versions, corrections and voidings: which events of a case stand."""

from schemas.province import as_date
from schemas.state import CaseState
from streams.folds.cases import contribution, merge
from tests.unit.folded import corrected, counts, state, voided
from tests.unit.told import SUBJECT, at, entry

DUE = at("2024-02-06T00:00")  # due on 5 February
ACCEPTED = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="online", procedure="1.1", due=DUE)


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
