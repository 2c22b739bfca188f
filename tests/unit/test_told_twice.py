"""What came by two ways in happened once, in whatever order it came."""

from random import Random
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from schemas.history import Entry
from schemas.province import as_date
from streams.folds.cases import contribution, fold
from tests.reference.histories import FACTS, MOMENTS, SUBJECTS, Json
from tests.reference.province import Province
from tests.unit.folded import ACCEPTED, all_counts, state
from tests.unit.judging import packaged
from tests.unit.test_fold_judged import LAW, entries
from tests.unit.told import at, entry

SYNC = "urn:test:sync"
ROW = entry("supplement_requested", "2024-02-01T09:00:05", unit="Trấn Biên", status=5)
MESSAGE = entry("supplement_requested", "2024-02-01T09:00:00", source=SYNC)
CAME = entry("supplement_received", "2024-02-02T10:00")


def test_a_request_told_by_two_ways_in_is_one_request() -> None:
    found = state(ACCEPTED, MESSAGE, ROW)

    assert (found.supplement_requests, found.late_766, found.loops) == (1, False, 1)
    counted = all_counts(ACCEPTED, MESSAGE, ROW)
    assert (counted["supplements"], counted.get("repeated_supplements")) == (1, None)


def test_a_request_told_again_under_one_source_before_its_answer_is_one_request() -> None:
    again = entry("supplement_requested", "2024-02-02T08:00")

    assert state(ACCEPTED, ROW, again, CAME).supplement_requests == 1


def test_after_its_answer_a_request_is_another_one() -> None:
    again = entry("supplement_requested", "2024-02-02T14:00")

    found = state(ACCEPTED, ROW, CAME, again)
    assert (found.supplement_requests, found.late_766) == (2, True)
    assert all_counts(ACCEPTED, ROW, CAME, again)["repeated_supplements"] == 1


def test_the_same_day_in_two_sources_is_one_request_even_when_its_answer_lies_between() -> None:
    whole_days = (
        entry("supplement_requested", "2024-02-01T00:00", source=SYNC),
        entry("supplement_received", "2024-02-01T00:00", source=SYNC),
    )
    exact = (entry("supplement_requested", "2024-02-01T09:00"), entry("supplement_received", "2024-02-01T11:00"))

    counted = all_counts(ACCEPTED, *whole_days, *exact)
    assert (counted["supplements"], counted["supplements_received"]) == (1, 1)
    assert state(ACCEPTED, *whole_days, *exact).late_766 is None


def test_a_day_has_as_many_requests_as_the_source_that_tells_the_most() -> None:
    twice = (ROW, entry("supplement_received", "2024-02-01T10:00"), entry("supplement_requested", "2024-02-01T14:00"))
    other = entry("supplement_requested", "2024-02-01T14:00:05", source=SYNC)

    assert state(ACCEPTED, MESSAGE, *twice, other).supplement_requests == 2


def test_an_answer_to_what_is_open_is_never_a_retelling() -> None:
    again = entry("supplement_requested", "2024-02-01T14:00")
    answers = (
        entry("supplement_received", "2024-02-01T10:00"),
        entry("supplement_received", "2024-02-01T16:00", source=SYNC),
    )

    found = state(ACCEPTED, ROW, again, *answers)
    assert (found.supplement_requests, found.waits_for) == (2, "office")


@pytest.mark.parametrize("other", ["2024-02-05T08:00:05", "2024-02-05T07:59"])
def test_an_extension_told_by_two_ways_in_is_one_extension(other: str) -> None:
    """One source gives the new appointment as a day, the other as an hour of it, and only one speaks of the letter."""
    due = at("2024-02-21T00:00")
    first = entry("extended", "2024-02-05T08:00", due=due)
    second = entry("extended", other, source=SYNC, due=at("2024-02-20T17:00"), apology=False)

    counted = all_counts(ACCEPTED, first, second)
    assert counted["extensions"] == 1
    assert "second_extensions" not in counted
    assert counted["extensions_without_letter"] == 1
    found = state(ACCEPTED, first, second)
    assert found.due_61 == found.due_766 == found.due_at


def test_a_later_appointment_is_another_extension() -> None:
    first = entry("extended", "2024-02-05T08:00", due=at("2024-02-21T00:00"))
    second = entry("extended", "2024-02-05T08:00:05", source=SYNC, due=at("2024-02-22T00:00"))

    assert all_counts(ACCEPTED, first, second)["second_extensions"] == 1


def test_a_suspension_and_a_resumption_told_by_two_ways_in_are_one_each() -> None:
    told = (
        entry("suspended", "2024-02-01T09:00", source=SYNC),
        entry("suspended", "2024-02-01T09:00:05", status=5),
        entry("resumed", "2024-02-02T09:00", source=SYNC),
        entry("resumed", "2024-02-02T09:00:05"),
    )
    counted, found = all_counts(ACCEPTED, *told), state(ACCEPTED, *told)

    assert (counted["suspensions"], counted["resumptions"]) == (1, 1)
    assert (found.agency_us, found.loops) == (0, 1)  # whom it waits for is what either of them says
    assert found.citizen_us == 8 * 3600 * 1_000_000


def test_a_case_that_is_suspended_again_for_something_else_is_suspended_twice() -> None:
    told = (entry("suspended", "2024-02-01T09:00", status=5), entry("suspended", "2024-02-01T10:00", status=6))

    assert all_counts(ACCEPTED, *told)["suspensions"] == 2


def test_a_suspension_that_is_said_to_wait_for_what_was_paid_meanwhile_is_over() -> None:
    """What is told last is another one: that the first waited for a payment was learned after the payment."""
    told = (
        entry("suspended", "2024-02-01T09:00"),
        entry("paid", "2024-02-01T10:00", online=False),
        entry("suspended", "2024-02-01T15:00", "learned", status=6),
        entry("suspended", "2024-02-01T16:00", "again"),
    )

    assert all_counts(ACCEPTED, *told[:3])["suspensions"] == 1
    assert state(ACCEPTED, *told[:3]).waits_for == "office"
    assert all_counts(ACCEPTED, *told)["suspensions"] == 2
    assert state(ACCEPTED, *told).waits_for != "office"


def _handed(time: str, state: str, source: str) -> Entry:
    said = {"chain": "birth", "step": "thuong-tru", "agency": "cong-an-tinh", "state": state}
    return entry("chain_step", time, f"{state} {time}", source=source, **said)


def test_a_hand_over_told_by_two_ways_in_is_one_hand_over() -> None:
    """The slower of two sources tells the same day's three hand-overs after the faster one has told all of them."""
    told = [
        _handed(f"2024-02-01T{hour}:0{minute}", name, source)
        for hour, source in (("09", SYNC), ("15", "urn:test:other"))
        for minute, name in enumerate(("sent", "received", "done"))
    ]
    found = state(ACCEPTED, *told)

    assert all_counts(ACCEPTED, *told)["chain_steps"] == 3
    assert len(found.chain_stays) == 1
    waits = state(ACCEPTED, *told[:5])  # the slower one has not come to "done" yet
    assert (waits.chain_step, waits.waits_for) == (None, "office")


def test_what_is_told_again_after_the_end_adds_nothing_to_it() -> None:
    came = entry("supplement_received", "2024-02-02T09:00")
    ended = entry("finished", "2024-02-02T10:00")
    late = entry("supplement_received", "2024-02-02T11:00", source=SYNC, due=at("2024-03-01T00:00"))

    assert state(ACCEPTED, ROW, came, ended, late).due_at == ACCEPTED.data.due


OFTEN = ("supplement_requested", "supplement_received", "suspended", "resumed", "extended", "extended", "chain_step")
SELDOM = ("accepted", "paid", "finished", "stopped")
_told = st.tuples(
    st.sampled_from(("urn:test:portal", SYNC)),
    st.sampled_from(MOMENTS),
    st.sampled_from((*OFTEN, *OFTEN, *SELDOM)).flatmap(lambda kind: st.tuples(st.just(kind), FACTS[kind])),
)


def _event(number: int, source: str, time: str, kind: str, data: Json) -> Json:
    name = {"id": f"n{number}", "source": source, "subject": SUBJECTS[0]}
    return {"specversion": "1.0", **name, "type": f"case.{kind}.v1", "time": time, "data": data}


@hypothesis.settings(max_examples=60)
@hypothesis.given(st.lists(_told, min_size=2, max_size=14), st.randoms(use_true_random=False))
def test_whatever_is_told_by_two_ways_in_counts_as_the_slow_reference_counts_it(
    told: list[tuple[str, Any, tuple[str, Json]]], random: Random
) -> None:
    events = [_event(n, source, time.isoformat(), kind, data) for n, (source, time, (kind, data)) in enumerate(told)]
    case = Province.after(events, 2000, LAW).cases[SUBJECTS[0]]

    found = fold(SUBJECTS[0], entries(events)[SUBJECTS[0]], packaged())

    assert {(u, as_date(day), c): n for u, day, c, n in contribution(found).rows} == case.amounts
    assert (found.supplement_requests, found.late_766) == (case.state["supplement_requests"], case.state["late_766"])
    random.shuffle(events)
    assert fold(SUBJECTS[0], entries(events)[SUBJECTS[0]], packaged()) == found
