"""With whom a case was and for how long: working time of the office, the citizen, another agency, a payment."""

from schemas.history import Entry
from schemas.province import as_datetime
from schemas.rules.deadline_moves import Span
from schemas.rules.waiting import Spent, holders, spent, waited
from schemas.rules.worktime import HOUR_US
from tests.unit.judging import packaged
from tests.unit.told import at, entry

UNIT = "Sở Tư pháp"
ACCEPTED = entry("accepted", "2024-01-31T08:00", unit=UNIT)


def of(*entries: Entry, end: str | None = None) -> Spent:
    return spent(holders((ACCEPTED, *entries), UNIT, ACCEPTED.time, at(end) if end else None), packaged().work)


def since(set_at: str, *entries: Entry, end: str) -> list[Span]:
    return waited(holders((ACCEPTED, *entries), UNIT, ACCEPTED.time, at(end)), at(set_at))


def hours(found: Spent) -> tuple[float, ...]:
    return tuple(amount / HOUR_US for amount in found[:4])


def test_a_case_is_with_the_office_until_somebody_is_asked() -> None:
    found = of(entry("supplement_requested", "2024-01-31T10:00"))

    assert hours(found) == (2, 0, 0, 0)
    assert (found.waits_for, as_datetime(found.since or 0).hour) == ("citizen", 3)
    assert (of().waits_for, of().since) == ("office", ACCEPTED.time)


def test_the_citizen_s_time_ends_with_the_supplement() -> None:
    found = of(
        entry("supplement_requested", "2024-01-31T10:00"),
        entry("supplement_received", "2024-02-01T08:30"),
        end="2024-02-01T09:30",
    )

    assert hours(found) == (3, 6.5, 0, 0)
    assert (found.waits_for, found.since) == (None, None)


def test_status_6_waits_for_the_payment() -> None:
    asked = entry("step", "2024-01-31T10:00", status=6)
    paid = entry("paid", "2024-01-31T14:00", online=True)

    assert hours(of(asked, paid, end="2024-01-31T15:00")) == (3, 0, 0, 2.5)
    assert of(asked).waits_for == "payment"
    assert of(asked, entry("step", "2024-01-31T11:00")).waits_for == "office"


def test_a_step_of_the_chain_waits_at_the_other_agency() -> None:
    def hand(time: str, **data: str) -> Entry:
        return entry("chain_step", time, chain="birth", step="thuong-tru", **data)

    sent = hand("2024-01-31T09:00", agency=UNIT, to="Công an", state="sent")
    back = hand("2024-01-31T11:00", agency="Công an", state="done")

    assert hours(of(sent, back, end="2024-01-31T11:30")) == (1.5, 0, 2, 0)
    assert of(sent).waits_for == "agency"
    assert of(hand("2024-01-31T09:00", agency=UNIT, state="received")).waits_for == "office"


def test_a_suspension_waits_for_whom_its_status_says() -> None:
    assert of(entry("suspended", "2024-01-31T09:00")).waits_for == "agency"
    assert of(entry("suspended", "2024-01-31T09:00", status=5)).waits_for == "citizen"
    assert of(entry("suspended", "2024-01-31T09:00", status=6)).waits_for == "payment"
    assert of(entry("suspended", "2024-01-31T09:00"), entry("resumed", "2024-02-01T09:00")).waits_for == "office"


def test_what_was_waited_before_a_new_appointment_is_covered_by_it() -> None:
    asked = entry("supplement_requested", "2024-01-31T10:00")
    came = entry("supplement_received", "2024-02-01T08:30")

    def found(set_at: str) -> list[Span]:
        return since(set_at, asked, came, end="2024-02-01T09:30")

    assert found("2024-01-31T08:00") == [(asked.time, came.time)]
    assert found("2024-02-01T07:30") == [(at("2024-02-01T07:30"), came.time)]
    assert found("2024-02-01T08:30") == []


def test_a_request_before_the_acceptance_is_over_with_it() -> None:
    """Only a complete file is accepted (17(3))."""
    asked = entry("supplement_requested", "2024-01-30T10:00")
    held = holders((asked, ACCEPTED), UNIT, ACCEPTED.time, None)

    assert spent(held, packaged().work).waits_for == "office"


def test_before_acceptance_and_after_the_end_nothing_is_counted() -> None:
    early, late = entry("supplement_requested", "2024-01-30T08:00"), entry("suspended", "2024-02-01T09:00")

    assert hours(spent(holders((early, ACCEPTED), UNIT, ACCEPTED.time, None), packaged().work)) == (0, 0, 0, 0)
    assert hours(of(late, end="2024-01-31T09:00")) == (1, 0, 0, 0)
    assert spent(holders((early,), "", None, None), packaged().work) == Spent()
