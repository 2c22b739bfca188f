"""Both readings of a deadline and what breaks the rules, each by the example of its article."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schemas.history import Entry
from schemas.reference.reading import read
from schemas.reference.rows import Confidence, Procedure
from schemas.rules.in_force import Limits, RuleSets
from schemas.rules.verdicts import Deadlines
from tests.unit.judging import judged, packaged
from tests.unit.told import at, entry

# Accepted on Wednesday 31 January, five working days: 24:00 of 7 February, the last day before Tết.
ACCEPTED = entry("accepted", "2024-01-31T09:00", unit="Sở Tư pháp", channel="direct", due=at("2024-02-08T00:00"))
ASKED = entry("supplement_requested", "2024-02-05T10:00")
CAME = entry("supplement_received", "2024-02-15T10:00")


def finished(time: str) -> Entry:
    return entry("finished", time)


def breaches(found: Deadlines) -> list[str]:
    return [counter for counter, _ in found.breaches]


def test_without_a_supplement_both_readings_are_the_appointment() -> None:
    found = judged(ACCEPTED, finished("2024-02-07T23:00"))

    assert (found.due_61, found.due_766) == (at("2024-02-08T00:00"), at("2024-02-08T00:00"))
    assert (found.ended_766, found.late_766) == (at("2024-02-07T23:00"), False)


def test_decree_61_begins_again_when_the_file_is_complete() -> None:
    """Five working days again from 15 February."""
    assert judged(ACCEPTED, ASKED, CAME).due_61 == at("2024-02-23T00:00")


def test_decree_61_begins_again_on_the_next_day_after_15_00() -> None:
    late = entry("supplement_received", "2024-02-15T15:01")

    assert judged(ACCEPTED, ASKED, late).due_61 == at("2024-02-24T00:00")


def test_an_acceptance_after_15_00_was_given_days_from_the_next_working_day() -> None:
    accepted = entry("accepted", "2024-01-31T15:30", due=at("2024-02-08T00:00"))  # four, from 1 February

    assert judged(accepted, ASKED, CAME).due_61 == at("2024-02-22T00:00")


def test_decision_766_subtracts_the_waiting() -> None:
    """Asked on 5 February, complete on 15 February: three working days, Tết between."""
    found = judged(ACCEPTED, ASKED, CAME, finished("2024-02-19T16:00"))

    assert found.due_766 == at("2024-02-20T00:00")
    assert found.late_766 is False
    assert judged(ACCEPTED, ASKED, CAME, finished("2024-02-20T08:00")).late_766 is True


def test_a_deadline_with_an_hour_moves_by_working_hours() -> None:
    accepted = entry("accepted", "2024-01-31T09:00", due=at("2024-02-01T16:00"))  # 6.5 and 7 hours
    found = judged(
        accepted, entry("supplement_requested", "2024-01-31T16:00"), entry("supplement_received", "2024-02-01T08:30")
    )

    assert found.due_766 == at("2024-02-02T08:30")  # two working hours, of which one was left that day
    assert found.due_61 == at("2024-02-02T15:30")  # another 13.5 from 8:30


def test_what_begins_again_is_what_was_given_first_also_where_the_appointment_is_of_another_form_since() -> None:
    """Working time taken for days was a deadline in the year 2115; days taken for working time one of that moment."""
    hours = entry("accepted", "2024-01-31T09:00", due=at("2024-01-31T16:00"))  # 5.5 working hours
    to_a_day = entry("extended", "2024-01-31T10:00", due=at("2024-02-06T00:00"), apology=True)
    to_an_hour = entry("extended", "2024-02-05T08:00", due=at("2024-02-15T16:00"), apology=True)
    asked, came = (
        entry("supplement_requested", "2024-02-15T09:00"),
        entry("supplement_received", "2024-02-16T10:00"),
    )

    assert judged(hours, to_a_day, ASKED, CAME).due_61 == at("2024-02-15T17:00")
    assert judged(ACCEPTED, to_an_hour, asked, came).due_61 == at("2024-02-24T00:00")


def test_an_appointment_given_with_the_supplement_is_not_moved_again() -> None:
    came = entry("supplement_received", "2024-02-15T10:00", due=at("2024-02-20T00:00"))
    found = judged(ACCEPTED, ASKED, came)

    assert (found.due_61, found.due_766) == (at("2024-02-20T00:00"), at("2024-02-20T00:00"))


def test_more_than_one_request_is_overdue_by_decision_766_and_breaks_decree_61() -> None:
    again = entry("supplement_requested", "2024-02-16T09:00")
    found = judged(ACCEPTED, ASKED, CAME, again, finished("2024-02-16T10:00"))

    assert (found.requests, found.late_766) == (2, True)
    assert found.breaches == (("repeated_supplements", at("2024-02-16T09:00")),)


def test_one_open_request_is_the_end_by_decision_766() -> None:
    found = judged(ACCEPTED, ASKED)

    assert (found.ended_766, found.late_766) == (ASKED.time, False)
    assert judged(ACCEPTED, ASKED, CAME).ended_766 is None
    assert judged(ACCEPTED, entry("supplement_requested", "2024-02-08T09:00")).late_766 is True


def test_a_withdrawal_before_acceptance_is_no_end_by_decision_766() -> None:
    gone = entry("withdrawn", "2024-02-01T08:00")

    assert judged(ACCEPTED, gone).ended_766 == gone.time
    assert judged(entry("submitted", "2024-01-31T08:00"), gone).ended_766 is None


def test_without_an_appointment_the_procedure_s_maximum_time_counts() -> None:
    row = Procedure(code="1.1", name="Khai", max_working_days=3, valid_from=date(2024, 1, 1), confidence=Confidence.LAW)
    rules = replace(packaged(), limits=Limits.of([row]))
    accepted, ended = entry("accepted", "2024-02-05T15:30"), finished("2024-02-16T09:00")

    found = judged(accepted, ended, procedure="1.1.000.00.00.H19", rules=rules)

    assert (found.due_61, found.due_766) == (at("2024-02-17T00:00"), at("2024-02-17T00:00"))
    assert judged(accepted, ended, procedure="9.9", rules=rules).late_766 is None


@pytest.mark.parametrize(
    ("letter", "missing"),
    [
        ({}, False),  # nothing is known
        ({"apology": True}, False),
        ({"apology": False}, True),
        ({"apology_at": at("2024-02-06T23:59")}, False),  # due on the 7th
        ({"apology_at": at("2024-02-07T00:00")}, True),
    ],
    ids=str,
)
def test_a_letter_of_apology_goes_out_a_day_before_expiry(letter: dict[str, Any], missing: bool) -> None:
    extended = entry("extended", "2024-02-07T08:00", due=at("2024-02-20T00:00"), **letter)

    assert ("extensions_without_letter" in breaches(judged(ACCEPTED, extended))) is missing


def test_only_the_first_new_appointment_moves_decree_61_s_deadline() -> None:
    first = entry("extended", "2024-02-05T08:00", due=at("2024-02-20T00:00"))
    second = entry("extended", "2024-02-16T08:00", due=at("2024-03-01T00:00"))
    found = judged(ACCEPTED, first, second)

    assert (found.due_61, found.due_766) == (at("2024-02-20T00:00"), at("2024-03-01T00:00"))
    assert breaches(found) == ["second_extensions"]


@pytest.mark.parametrize(("given", "broken"), [(None, False), (True, False), (False, True)])
def test_a_refusal_says_why(given: bool | None, broken: bool) -> None:
    refused = entry("refused", "2024-02-01T08:00", reason_given=given)

    assert ("refused_without_reason" in breaches(judged(ACCEPTED, refused))) is broken


@pytest.mark.parametrize(
    ("submitted", "channel", "late"),
    [
        ("2024-01-30T09:00", "online", False),  # 8 working hours to the second
        ("2024-01-30T08:59:59.999999", "online", True),
        ("2024-01-30T08:00", "direct", False),
    ],
)
def test_an_online_case_is_accepted_within_8_working_hours(submitted: str, channel: str, late: bool) -> None:
    found = judged(entry("submitted", submitted), ACCEPTED, channel=channel)

    assert ("accepted_late" in breaches(found)) is late


def test_over_tet_8_working_hours_are_8_days() -> None:
    submitted = entry("submitted", "2024-02-07T14:00")
    accepted = entry("accepted", "2024-02-15T13:30", due=at("2024-02-20T00:00"))  # 3 + 4.5 hours

    assert judged(submitted, accepted, channel="online").breaches == ()


def test_a_case_is_judged_by_the_rule_in_force_on_its_dates() -> None:
    newer = [
        row.model_copy(update={"valid_to": date(2024, 2, 14)})
        if row.rule in ("extensions_allowed", "supplement_restarts_deadline")
        else row
        for row in (placed.row for placed in read().rules)
    ]
    allowed = next(row for row in newer if row.rule == "extensions_allowed")
    newer.append(allowed.model_copy(update={"value": "2", "valid_from": date(2024, 2, 15), "valid_to": None}))
    rules = replace(packaged(), sets=RuleSets(newer))
    first = entry("extended", "2024-02-05T08:00", due=at("2024-02-20T00:00"))

    def second(time: str) -> Entry:
        return entry("extended", time, due=at("2024-03-01T00:00"))

    assert breaches(judged(ACCEPTED, first, second("2024-02-14T23:59"), rules=rules)) == ["second_extensions"]
    assert breaches(judged(ACCEPTED, first, second("2024-02-15T00:00"), rules=rules)) == []
    assert judged(ACCEPTED, ASKED, CAME, rules=rules).due_61 == ACCEPTED.data.due  # begins again no more


def test_what_comes_after_the_end_moves_nothing() -> None:
    ended = finished("2024-02-06T10:00")
    found = judged(ACCEPTED, ended, entry("supplement_requested", "2024-02-16T09:00"))

    assert (found.requests, found.due_61, found.ended_766) == (0, ACCEPTED.data.due, ended.time)
