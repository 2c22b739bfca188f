"""The simulated province: plausible, the same for ever, and never told twice."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from infra.demo.clock import after, working_days_later
from infra.demo.memory import Remembered, Session, recall, remember
from infra.demo.plan import Plan, begin_session
from infra.demo.province import units
from infra.demo.stories import LONGEST, LONGEST_QUICK, SLOT, Happening, of_day, of_slot, slot_of
from schemas.case_code import parse
from schemas.cases import CASE_EVENT, SIMULATED
from schemas.province import ZONE, moment
from schemas.state import CaseState
from streams.entries.cases import entry_of
from streams.folds.cases import fold, merge

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # a Tuesday, 15:30 in the province


def started(now: datetime) -> tuple[Remembered, Session, Plan]:
    past = Remembered(first=now)
    session = begin_session(past, now)
    return past, session, Plan(past, session, None, now)


@pytest.fixture(scope="module")
def history() -> list[Happening]:
    return list(started(NOW)[2].until(NOW))


@pytest.fixture(scope="module")
def states(history: list[Happening]) -> list[CaseState]:
    cases = defaultdict(list)
    for happening in history:
        cases[happening.key.decode()].append(entry_of(CASE_EVENT.validate_json(happening.value)))
    return [fold(code, merge(code, [], entries)[0]) for code, entries in cases.items()]


def test_every_event_keeps_to_the_contract_and_says_that_it_is_simulated(history: list[Happening]) -> None:
    events = [CASE_EVENT.validate_json(happening.value) for happening in history]

    assert {event.source for event in events} == {SIMULATED}
    assert len({event.id for event in events}) == len(events)
    assert all(parse(event.subject) is not None for event in events)
    assert all(event.time == happening.time for event, happening in zip(events, history, strict=True))
    assert all(earlier.time <= later.time for earlier, later in pairwise(history))
    assert history[-1].time <= NOW


def test_a_month_looks_like_a_province(states: list[CaseState]) -> None:
    accepted = [state for state in states if state.accepted_at is not None]
    ended = [state for state in accepted if state.ended_at is not None]
    late = [s for s in ended if s.end_kind == "finished" and s.due_at and s.ended_at and s.ended_at > s.due_at]
    overdue = [s for s in accepted if s.ended_at is None and s.due_at and s.due_at < moment(NOW)]
    channels = Counter(state.channel for state in accepted)

    assert 3_000 <= len(accepted) <= 6_000
    assert 0.75 <= len(ended) / len(accepted) <= 0.95
    assert 0.04 <= len(late) / len(ended) <= 0.15
    assert 20 <= len(overdue) <= 200
    assert 0.7 <= channels["online"] / len(accepted) <= 0.9
    assert {"online", "direct", "post"} <= set(channels)
    assert len({state.unit for state in accepted}) >= 95
    assert all(any(counter == "steps" for counter, *_ in s.flows) for s in ended if s.end_kind == "finished")
    assert {"finished", "refused", "stopped", "withdrawn"} == {s.end_kind for s in states if s.end_kind} - {"returned"}


def test_it_moves_at_every_hour() -> None:
    _, _, plan = started(NOW)
    list(plan.until(NOW))

    for minutes in range(10, 130, 10):
        happened = list(plan.until(NOW + timedelta(minutes=minutes)))
        assert 1.0 <= len(happened) / 600 <= 4.0, "events a second"


def test_the_same_day_and_slot_tell_the_same_stories() -> None:
    day, slot = date(2026, 11, 20), slot_of(NOW)

    assert list(of_day(day)) == list(of_day(day))
    assert list(of_slot(slot)) == list(of_slot(slot))


def test_a_story_ends_within_the_time_that_a_restart_looks_back() -> None:
    for day in range(1, 29):
        opens = datetime(2026, 9, day, tzinfo=ZONE)
        assert all(happening.time - opens < LONGEST for happening in of_day(opens.date()))
    for slot in range(slot_of(NOW), slot_of(NOW) + 2_000):
        assert all(h.time - NOW - (slot - slot_of(NOW)) * SLOT < LONGEST_QUICK for h in of_slot(slot))


def test_codes_of_a_day_and_of_the_slots_never_meet() -> None:
    slots = {happening.key for slot in range(slot_of(NOW), slot_of(NOW) + 17_280) for happening in of_slot(slot)}
    days = {happening.key for happening in of_day(NOW.date())}

    assert len(slots) == 17_280
    assert slots.isdisjoint(days)


@pytest.mark.parametrize("gap", [timedelta(0), timedelta(seconds=3), timedelta(minutes=7), timedelta(days=3)])
def test_a_restart_goes_on_where_the_last_run_stood(gap: timedelta) -> None:
    past, session, plan = started(NOW)
    stopped = NOW + timedelta(minutes=2, milliseconds=1234)
    first = list(plan.until(stopped))
    past = past.model_copy(update={"sessions": (session.model_copy(update={"played": stopped}),)})

    again = stopped + gap
    second = list(Plan(past, begin_session(past, again), past.played, again).until(again + timedelta(hours=7)))

    assert all(happening.time > stopped for happening in second)
    assert {h.value for h in first}.isdisjoint(h.value for h in second)
    told = {h.value for h in first} | {h.value for h in second}
    begun = range(slot_of(session.begin), slot_of(stopped) + 1)
    assert {h.value for slot in begun for h in of_slot(slot)} <= told, "no case is forgotten half-way"


def test_a_first_start_that_did_not_get_through_begins_with_the_same_cases() -> None:
    past, session, _ = started(NOW)

    assert begin_session(past, NOW + timedelta(minutes=20)).begin == session.begin


def test_what_is_remembered_survives_and_what_cannot_be_read_is_a_beginning(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    assert recall(path, NOW) == Remembered(first=NOW)

    kept = Remembered(first=NOW, sessions=(Session(begin=NOW, played=NOW + timedelta(hours=1)),))
    remember(path, kept)
    assert recall(path, NOW + timedelta(days=1)) == kept
    path.write_text("{")
    assert recall(path, NOW) == Remembered(first=NOW)


def test_sessions_whose_stories_are_over_are_forgotten() -> None:
    sessions = tuple(Session(begin=NOW, played=NOW + timedelta(hours=hour)) for hour in range(5))

    kept = Remembered(first=NOW, sessions=sessions).forget_before(NOW + timedelta(hours=2))

    assert [session.played.hour - NOW.hour for session in kept.sessions] == [3, 4]


def test_units_are_the_communes_of_2025_and_some_departments() -> None:
    made = units()

    assert len(made) == 95 + 9
    assert len({unit.prefix for unit in made}) == len({unit.name for unit in made}) == len(made)
    assert abs(sum(unit.weight for unit in made) - 1) < 0.5


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-24T08:00", 60, "2026-11-24T09:00"),
        ("2026-11-24T11:00", 60, "2026-11-24T13:30"),
        ("2026-11-24T20:00", 30, "2026-11-25T08:00"),
        ("2026-11-27T16:00", 120, "2026-11-30T08:30"),
    ],
)
def test_work_is_done_in_office_hours(start: str, minutes: int, end: str) -> None:
    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE)

    assert after(local(start), minutes) == local(end)


def test_working_days_leave_out_the_weekend() -> None:
    friday = datetime(2026, 11, 27, 10, tzinfo=ZONE)

    assert working_days_later(friday, 1) == datetime(2026, 11, 30, 10, tzinfo=ZONE)
