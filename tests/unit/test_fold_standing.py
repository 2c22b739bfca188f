"""What every domain but cases has: versions, corrections, voidings, and whether it is simulated. Told of tasks."""

from streams.folds.subject import oversized
from tests.unit.told import at
from tests.unit.told_subjects import task


def test_a_subject_that_was_voided_adds_only_that() -> None:
    said = task().say("done", "2024-01-20T08:00").void(at="2024-02-02T23:59:59")

    assert said.rows("voided") == [("", "", "2024-02-02", 1)]
    assert said.counts() == {"voided": 1}
    assert (said.state().standing, said.state().unit, said.state().voided_at) == ("", "", at("2024-02-02T23:59:59"))


def test_a_voiding_of_the_whole_may_itself_be_voided() -> None:
    said = task().void().void("e2")

    assert said.state().standing == "open"


def test_a_correction_stands_on_the_day_of_its_fact_and_not_of_its_own() -> None:
    said = task().say("done", "2024-02-02T08:00").correct("e2", "done", "2024-01-30T08:00")

    assert said.rows("done_on_time") == [("so-tu-phap", "30/KH-UBND", "2024-01-30", 1)]


def test_of_a_chain_of_corrections_the_last_stands() -> None:
    said = task().say("done", "2024-02-02T08:00").correct("e2", "done", "2024-01-30T08:00")
    said.correct("e3", "done", "2024-02-04T08:00", at="2024-03-02T08:00")

    assert said.rows("done") == [("so-tu-phap", "30/KH-UBND", "2024-02-04", 1)]


def test_voiding_a_correction_does_not_bring_back_what_it_corrected() -> None:
    said = task().say("done", "2024-02-02T08:00").correct("e2", "done", "2024-01-30T08:00").void("e3")

    assert said.counts() == {"assigned": 1}


def test_a_correction_may_say_that_something_else_happened() -> None:
    said = task().say("done", "2024-01-20T08:00").correct("e2", "cancelled", "2024-01-20T08:00")

    assert said.counts() == {"assigned": 1, "cancelled": 1}


def test_the_other_version_of_an_event_is_a_conflict_on_its_own_day() -> None:
    said = task().say("done", "2024-01-20T08:00", id="d").say("done", "2024-01-22T08:00", id="d")

    assert said.rows("done") == [("so-tu-phap", "30/KH-UBND", "2024-01-22", 1)]
    assert said.rows("conflicts") == [("so-tu-phap", "30/KH-UBND", "2024-01-20", 1)]


def test_nothing_that_a_subject_counts_lies_after_its_last_moment() -> None:
    """The audit's slice takes figures from a day on, and looks for them only where the last moment is that late."""
    said = task().say("done", "2024-02-20T08:00", id="d").say("done", "2024-02-22T08:00", id="d")
    said.correct("d", "done", "2024-01-12T08:00")

    assert said.rows("conflicts") == [("so-tu-phap", "30/KH-UBND", "2024-02-20", 1)]
    assert said.state().last_at == at("2024-02-20T08:00")


def test_what_a_simulator_said_marks_the_subject_even_where_it_does_not_stand() -> None:
    said = task().say("progressed", "2024-01-12T08:00", percent=1, source="urn:ioc:simulated")
    assert said.state().simulated
    assert said.void().state().simulated
    assert not task().state().simulated


def test_a_subject_with_too_many_events_adds_one_row_that_no_event_moves() -> None:
    assert oversized().rows == (("oversized", "", "", 18993, 1),)  # 1 January 2022
