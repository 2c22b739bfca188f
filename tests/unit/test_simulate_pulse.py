"""What keeps a demo in motion: never seconds without an event, and no figure but its own that depends on it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from infra.simulate.calendar import day_at
from infra.simulate.platform import SLOW_MS, SYSTEMS, outage
from infra.simulate.pulse import ANYTHING_S, CASES_S, Pulse
from schemas.contracts import CONTRACTS
from schemas.province import ZONE

SEED = 1
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)
LUNCH, NIGHT = WEDNESDAY.replace(hour=12), WEDNESDAY.replace(hour=23)
SUNDAY, HOLIDAY = datetime(2026, 11, 29, 23, 0, tzinfo=ZONE), datetime(2026, 9, 2, 9, 0, tzinfo=ZONE)
CASE = (b"c1", b'{"id": "1"}')

Said = tuple[int, str, bytes, bytes]  # second, topic, key, value


def second(moment: datetime) -> int:
    return int(moment.timestamp())


def beats(pulse: Pulse, since: datetime, lasting: timedelta, step: int = 1) -> Iterator[Said]:
    """What it sends while nothing else is sent, asked every ``step`` seconds."""
    for now in range(second(since), second(since + lasting), step):
        for topic, key, value in pulse.missing(now):
            pulse.sent(topic, now, key, value)  # as it is told of everything
            yield now, topic, key, value


@pytest.mark.parametrize("since", [WEDNESDAY, LUNCH, NIGHT, SUNDAY, HOLIDAY])
@pytest.mark.parametrize("step", [1, 2])
def test_no_few_seconds_pass_without_an_event_at_any_hour(since: datetime, step: int) -> None:
    sent = [now for now, *_ in beats(Pulse(SEED), since, timedelta(hours=1), step)]

    moments = [second(since), *sent, second(since + timedelta(hours=1))]
    assert max(b - a for a, b in pairwise(moments)) <= ANYTHING_S + step - 1 <= 4


def test_it_says_nothing_while_the_province_speaks() -> None:
    pulse = Pulse(SEED)
    for now in range(second(WEDNESDAY), second(WEDNESDAY) + 600):
        pulse.sent("cases", now, *CASE)
        assert list(pulse.missing(now)) == []


def test_an_event_that_is_told_late_makes_no_pause() -> None:
    pulse = Pulse(SEED)
    now = second(WEDNESDAY)
    pulse.sent("platform", now, *CASE)
    pulse.sent("platform", now - 60, *CASE)

    assert list(pulse.missing(now + ANYTHING_S - 1)) == []
    assert len(list(pulse.missing(now + ANYTHING_S))) == 1


@pytest.mark.parametrize(
    ("since", "again"), [(WEDNESDAY, True), (LUNCH, True), (NIGHT, False), (SUNDAY, False), (HOLIDAY, False)]
)
def test_while_offices_are_open_the_last_record_of_a_case_comes_again_as_it_was(since: datetime, again: bool) -> None:
    pulse = Pulse(SEED)
    pulse.sent("cases", second(since), *CASE)
    sent = [one for one in beats(pulse, since, timedelta(minutes=10)) if one[1] == "cases"]

    assert {(key, value) for _, _, key, value in sent} == ({CASE} if again else set())
    moments = [second(since), *(now for now, *_ in sent)]
    assert not again or {b - a for a, b in pairwise(moments)} == {CASES_S}


def test_before_the_first_case_none_is_repeated() -> None:
    assert {topic for _, topic, *_ in beats(Pulse(SEED), WEDNESDAY, timedelta(minutes=5))} == {"platform"}


def test_a_look_is_an_event_of_its_own_that_the_contract_takes_and_finds_a_system_that_is_well() -> None:
    sent = list(beats(Pulse(SEED), WEDNESDAY, timedelta(hours=1)))
    events = [json.loads(value) for *_, value in sent]

    assert len({(event["id"], event["subject"]) for event in events}) == len(events) > 1_000
    for (now, _, key, value), event in zip(sent, events, strict=True):
        CONTRACTS["platform"].parse(value)
        assert key.decode() == event["subject"] == f"{event['data']['system']}/2026-11-25T{9:02d}"
        assert second(datetime.fromisoformat(event["time"])) == now
        assert event["data"]["reachable"]
        assert event["data"]["latency_ms"] < SLOW_MS


def test_a_system_that_is_away_on_a_day_is_never_found_well_on_it() -> None:
    start = day_at(second(WEDNESDAY))
    day, away = next(
        (day, gone)
        for day in range(start, start + 200)
        if (gone := {system for system in SYSTEMS if outage(SEED, system, day) != (0, 0)})
    )
    found = beats(Pulse(SEED), WEDNESDAY + timedelta(days=day - start), timedelta(minutes=10))

    looked = {json.loads(value)["data"]["system"] for *_, value in found}
    assert looked == set(SYSTEMS) - away
