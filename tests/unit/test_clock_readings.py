"""The citizen's time in both readings of a deadline, and where the law is silent: the reading taken and the other."""

from dataclasses import replace
from datetime import date

import pytest

from schemas.history import Entry
from schemas.reference.rows import Confidence, Procedure
from schemas.rules.in_force import Limits
from schemas.rules.readings import MIDNIGHT
from tests.unit.folded import state
from tests.unit.judging import judged, packaged, reading
from tests.unit.test_deadlines import ACCEPTED, ASKED, CAME, breaches, finished
from tests.unit.told import at, entry


@pytest.mark.parametrize("asked", [ASKED, entry("suspended", "2024-02-05T10:00", status=5)], ids=("asked", "status 5"))
@pytest.mark.parametrize("came", [CAME, entry("resumed", "2024-02-15T10:00")], ids=("supplement received", "resumed"))
def test_whatever_began_and_ended_the_citizen_s_time_both_readings_know_it(asked: Entry, came: Entry) -> None:
    found = judged(ACCEPTED, asked, came, finished("2024-02-20T09:00"))

    assert (found.due_61, found.due_766) == (at("2024-02-23T00:00"), at("2024-02-20T00:00"))
    assert found.late_766 is True
    assert judged(ACCEPTED, asked, came, finished("2024-02-19T16:00")).late_766 is False


@pytest.mark.parametrize("asked", [ASKED, entry("suspended", "2024-02-05T10:00", status=5)], ids=("asked", "status 5"))
def test_a_case_that_ends_while_the_citizen_has_the_file_is_late_by_neither_reading(asked: Entry) -> None:
    found = judged(ACCEPTED, asked, finished("2024-02-16T10:00"))

    assert found.late_766 is False
    assert found.due_61 is not None
    assert found.due_61 > at("2024-02-16T10:00")


def test_while_the_citizen_has_the_file_no_deadline_runs_by_decree_61() -> None:
    assert judged(ACCEPTED, ASKED).due_61 is None
    assert judged(ACCEPTED, entry("supplement_requested", "2024-02-15T08:00")).due_61 == ACCEPTED.data.due  # expired
    assert judged(ACCEPTED, ASKED, rules=reading("open_request_stops_deadline", "no")).due_61 == ACCEPTED.data.due


def test_a_letter_is_judged_by_the_deadline_that_stands() -> None:
    """Begun again on 15 February and due on the 22nd: a letter of the 21st is in time, one of the 22nd is not."""

    def found(sent: str) -> list[str]:
        new = entry("extended", "2024-02-22T08:00", due=at("2024-03-01T00:00"), apology_at=at(sent))
        return breaches(judged(ACCEPTED, ASKED, CAME, new))

    assert found("2024-02-21T23:59") == []
    assert found("2024-02-22T00:00") == ["extensions_without_letter"]


def test_a_deadline_never_begins_again_before_a_standing_appointment() -> None:
    extended = entry("extended", "2024-02-02T08:00", due=at("2024-03-16T00:00"))
    found = judged(ACCEPTED, extended, ASKED, CAME)

    assert found.due_61 == at("2024-03-16T00:00")  # not 22 February
    assert found.due_766 == at("2024-03-21T00:00")  # 15 March and three working days


def test_a_new_appointment_after_expiry_moves_neither_reading_unless_the_rule_says_so() -> None:
    late = entry("extended", "2024-02-15T08:00", due=at("2024-02-21T00:00"))
    found = judged(ACCEPTED, late, finished("2024-02-19T09:00"))

    assert (found.due_61, found.due_766, found.late_766) == (ACCEPTED.data.due, ACCEPTED.data.due, True)
    moved = judged(ACCEPTED, late, rules=reading("extension_after_expiry_moves", "yes"))
    assert (moved.due_61, moved.due_766) == (late.data.due, late.data.due)


def test_a_new_appointment_in_the_citizen_s_time_is_not_after_expiry() -> None:
    later = entry("extended", "2024-02-16T08:00", due=at("2024-02-24T00:00"))
    found = judged(ACCEPTED, ASKED, later, entry("resumed", "2024-02-19T08:00"))

    assert found.due_766 == at("2024-02-27T00:00")  # Friday 23 February, and Monday for 16 to 19 February
    assert found.due_61 == at("2024-02-27T00:00")  # five working days from the 19th


def test_the_day_before_expiry_may_be_read_as_a_working_day() -> None:
    """Due on Monday 19 February: Sunday is a calendar day before it, and no working day."""
    accepted = entry("accepted", "2024-02-15T09:00", due=at("2024-02-20T00:00"))
    new = entry("extended", "2024-02-19T08:00", due=at("2024-03-01T00:00"), apology_at=at("2024-02-18T09:00"))
    friday = entry("extended", "2024-02-19T08:00", due=at("2024-03-01T00:00"), apology_at=at("2024-02-16T09:00"))
    working = reading("apology_in_working_days", "yes")

    assert breaches(judged(accepted, new)) == breaches(judged(accepted, friday, rules=working)) == []
    # From Sunday to Monday there is one working day, Monday, before whose end the letter went out.
    assert breaches(judged(accepted, new, rules=working)) == []


def test_a_file_taken_on_a_day_off_counts_from_monday_or_with_it() -> None:
    """Taken on Saturday 17 February, complete again on Saturday 24 February, three days."""
    row = Procedure(code="1.1", name="Khai", max_working_days=3, valid_from=date(2024, 1, 1), confidence=Confidence.LAW)
    taken = entry("accepted", "2024-02-17T09:00")
    rules = replace(packaged(), limits=Limits.of([row]))
    other = replace(reading("day_off_counts_from_next_day", "no"), limits=Limits.of([row]))

    assert judged(taken, procedure="1.1", rules=rules).due_61 == at("2024-02-23T00:00")
    assert judged(taken, procedure="1.1", rules=other).due_61 == at("2024-02-22T00:00")


def test_an_appointment_on_a_saturday_stands_or_ends_with_monday() -> None:
    saturday = entry("accepted", "2024-02-15T09:00", due=at("2024-02-18T00:00"))
    ended = finished("2024-02-19T09:00")

    assert judged(saturday, ended).late_766 is True
    assert judged(saturday, ended, rules=reading("due_on_day_off_moves", "yes")).due_61 == at("2024-02-20T00:00")
    assert judged(saturday, ended, rules=reading("due_on_day_off_moves", "yes")).late_766 is False


def test_the_citizen_s_time_before_the_acceptance_is_not_of_the_8_hours() -> None:
    submitted = entry("submitted", "2024-01-29T08:00")
    asked = entry("supplement_requested", "2024-01-29T10:00")
    came = entry("supplement_received", "2024-01-31T08:30")
    whole = reading("supplement_stops_acceptance", "no")

    assert breaches(judged(submitted, asked, came, ACCEPTED, channel="online")) == []
    assert breaches(judged(submitted, asked, came, ACCEPTED, channel="online", rules=whole)) == ["accepted_late"]


def test_what_moved_a_deadline_is_told_step_by_step() -> None:
    late = entry("extended", "2024-03-01T08:00", due=at("2024-03-08T00:00"))
    found = judged(ACCEPTED, ASKED, CAME, late)

    assert [(move.why, move.due_61, move.due_766) for move in found.moves] == [
        ("accepted", at("2024-02-08T00:00"), at("2024-02-08T00:00")),
        ("asked", None, at("2024-02-08T00:00")),
        ("complete", at("2024-02-23T00:00"), at("2024-02-20T00:00")),
        ("extended_late", at("2024-02-23T00:00"), at("2024-02-20T00:00")),
    ]


@pytest.mark.parametrize(
    ("asked", "late"),
    [
        ("2024-02-05T16:59", False),  # accepted on Wednesday 31 January: 1, 2, 5 February
        ("2024-02-06T08:00", True),
    ],
)
def test_what_is_missing_is_told_within_three_working_days(asked: str, late: bool) -> None:
    found = judged(ACCEPTED, entry("supplement_requested", asked))

    assert ("late_requests" in breaches(found)) is late


def test_a_second_request_is_a_breach_of_its_own_and_not_of_the_three_days() -> None:
    again = entry("supplement_requested", "2024-02-16T09:00")

    assert breaches(judged(ACCEPTED, ASKED, CAME, again)) == ["repeated_supplements"]


def test_a_case_names_the_readings_that_would_judge_it_otherwise() -> None:
    late = entry("extended", "2024-02-15T08:00", due=at("2024-02-21T00:00"))
    ended = finished("2024-02-19T09:00")

    assert state(ACCEPTED, ended).readings == ()
    assert state(ACCEPTED, late, ended).readings == ("extension_after_expiry_moves",)
    assert state(ACCEPTED, late, finished("2024-03-01T09:00")).readings == ()  # late by either
    assert state(ACCEPTED, ASKED).readings == ("open_request_stops_deadline",)
    assert state(ACCEPTED, ASKED, CAME, ended).readings == ()
    assert state(ACCEPTED, finished("2024-02-06T00:00")).readings == (MIDNIGHT,)
