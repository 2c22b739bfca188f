"""The look-up guard on the real database: what is found stands once, with the look-ups that showed it."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from schemas.province import moment
from schemas.topics import CASES, LOOKUPS, Topic
from streams.books.book import Connection
from streams.decode import Decoder
from streams.guarding.room import GuardRoom
from streams.guarding.watch import SumsWatch
from streams.rulebook import Rulebook
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_lookups import look, say
from tests.integration.test_store import Rec

NINE = datetime(2024, 1, 23, 2, 0, tzinfo=UTC)  # in the province
Json = dict[str, Any]


def at(second: float) -> str:
    return (NINE + timedelta(seconds=second, hours=7)).replace(tzinfo=None).isoformat() + "+07:00"


def person(number: int) -> str:
    return f"k1:{sha256(str(number).encode()).hexdigest()}"


def script(number: int, first: int = 0, account: str = "cb.1", **data: Any) -> list[Json]:
    """A look-up every two seconds without a case."""
    return [look(f"{account}-{n}", at(2 * n), account, person=person(n), **data) for n in range(first, number)]


class Worker:
    """One lane over one partition, as a worker has it; ``again`` is the lane of a worker that was killed."""

    def __init__(self, database: DatabaseUrls, room: GuardRoom) -> None:
        self._url, self._room, self._end = database.streams, room, 0
        self._connections: list[Connection] = []

    async def again(self) -> "Worker":
        self._connections.append(await connect(self._url))
        self._store = Store(self._connections[-1], guard=self._room)
        return self

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()

    async def take(self, events: list[Json], later: float = 0, topic: Topic = LOOKUPS, start: int | None = None) -> int:
        """Each was received when it happened, or so many seconds later; how many were new."""
        partition = Partition("cluster", f"id-{topic.name}", topic.name, 0)
        first = self._end if start is None else start
        records = [
            Rec(first + n, json.dumps(event).encode(), _received(event, later)) for n, event in enumerate(events)
        ]
        await self._store.begin(partition, first)
        applied = await self._store.apply(partition, first, first + len(records), Decoder(topic).batch(records))
        if start is None:
            self._end += len(records)
        return applied.fresh


def _received(event: Json, later: float) -> int:
    return int((datetime.fromisoformat(event["time"]).timestamp() + later) * 1000)


def findings(database: DatabaseUrls, columns: str = "rule, key, lookups") -> list[tuple[Any, ...]]:
    with psycopg.connect(database.screens) as db:
        return db.execute(f"SELECT {columns} FROM lookup_finding ORDER BY rule, key").fetchall()  # noqa: S608


@pytest.fixture
async def watched(database: DatabaseUrls) -> AsyncIterator[tuple[Worker, GuardRoom, SumsWatch]]:
    room = GuardRoom()
    connection = await connect(database.streams)
    await room.refresh(connection, Rulebook(), moment(NINE))
    await connection.close()
    worker = await Worker(database, room).again()
    yield worker, room, SumsWatch(room, Rulebook())
    await worker.close()


async def turn(database: DatabaseUrls, watch: SumsWatch, minutes: float) -> int:
    connection = await connect(database.streams)
    try:
        return await watch.turn(connection, NINE + timedelta(minutes=minutes))
    finally:
        await connection.close()


async def test_a_surge_is_found_once_by_whoever_takes_over(
    database: DatabaseUrls, watched: tuple[Worker, GuardRoom, SumsWatch]
) -> None:
    worker, _, _ = watched
    assert await worker.take(script(60)) == 60
    ((rule, account, lookups, id, seen),) = findings(database, "rule, key, lookups, id, seen_at")[-1:]
    assert (rule, account) == ("without_case", "cb.1")
    first = {row[0]: row[1:] for row in findings(database, "rule, id, seen_at, lookups")}
    assert first["surge"][1] - NINE < timedelta(minutes=2)

    await worker.take(script(60))  # told again
    assert {row[0]: row[1:] for row in findings(database, "rule, id, seen_at, lookups")} == first
    taken_over = await worker.again()  # remembers nothing of what it saw
    await taken_over.take(script(240, 60))
    grown = {row[0]: row[1:] for row in findings(database, "rule, id, seen_at, lookups")}
    assert {rule: one[:2] for rule, one in grown.items() if rule in first} == {r: one[:2] for r, one in first.items()}
    assert grown["surge"][2] > 2 * first["surge"][2]
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT sum(lookups), sum(without_case) FROM lookup_minute").fetchone() == (240, 240)
    assert id in {row[0] for row in findings(database, "id")}
    assert seen is not None
    assert lookups


async def test_a_history_that_comes_late_is_counted_and_no_alarm(
    database: DatabaseUrls, watched: tuple[Worker, GuardRoom, SumsWatch]
) -> None:
    worker, _, _ = watched
    assert await worker.take(script(200), later=30 * 3_600) == 200
    assert findings(database) == []
    with psycopg.connect(database.screens) as db:
        assert db.execute("SELECT count(*) FROM lookup_minute").fetchone() == (0,)


async def test_what_a_past_day_taught_is_usual(
    database: DatabaseUrls, watched: tuple[Worker, GuardRoom, SumsWatch]
) -> None:
    """The same script on every morning for two weeks is a program's work."""
    worker, room, _ = watched
    events = []
    for day in range(1, 20):
        morning = NINE - timedelta(days=day)
        for n in range(60):
            time = (morning + timedelta(seconds=2 * n, hours=7)).replace(tzinfo=None).isoformat() + "+07:00"
            case = f"h19-{day}-{n}"
            events.append(look(f"{day}-{n}", time, "ct.1", case=case, channel="automatic", person=person(n)))
    await worker.take(events, later=30 * 3_600)
    connection = await connect(database.streams)
    fresh = GuardRoom()
    await fresh.refresh(connection, Rulebook(), moment(NINE))
    await connection.close()
    room.ground = fresh.ground
    cases = [look(f"n-{n}", at(60 * n), "ct.1", case=f"x-{n}", channel="automatic") for n in range(60)]
    await worker.take(cases)
    assert findings(database) == []
    assert fresh.ground is not None
    assert fresh.ground.usual.days_learned == 19


async def test_a_limit_that_is_set_is_forecast_and_then_reached(
    database: DatabaseUrls, watched: tuple[Worker, GuardRoom, SumsWatch]
) -> None:
    worker, _, watch = watched
    limit = {"scope": "province", "window": "day", "lookups": 700}
    await worker.take([say("performed", "l", "province/day", at(-60), limit) | {"type": "limit.set.v1"}])
    many = [look(f"p-{n}", at(2 * n), f"cb.{n % 50}", case=f"h-{n}", person=person(n)) for n in range(600)]
    await worker.take(many)
    assert await turn(database, watch, 20) == 1
    ((rule, scope, limit_lookups, reaches, soonest, latest),) = findings(
        database, "rule, scope, limit_lookups, reaches_at, soonest_at, latest_at"
    )
    assert (rule, scope, limit_lookups) == ("limit_ahead", "province", 700)
    assert soonest <= reaches <= latest
    assert NINE + timedelta(minutes=20) < reaches < NINE + timedelta(minutes=32)
    more = [look(f"q-{n}", at(1_200 + n), f"cb.{n % 50}", case=f"i-{n}") for n in range(120)]
    await worker.take(more)
    await turn(database, watch, 23)
    assert ("limit_reached", "", 720) in findings(database)


async def test_a_case_of_another_unit_is_judged_when_its_events_arrive(
    database: DatabaseUrls, watched: tuple[Worker, GuardRoom, SumsWatch]
) -> None:
    worker, _, watch = watched
    looks = [look(f"c-{n}", at(200 * n), "cb.7", case=f"h19-{n}", unit="26041") for n in range(12)]
    await worker.take(looks)
    await turn(database, watch, 45)
    assert findings(database) == []
    accepted = {"unit": "26068", "procedure": "1.000001", "channel": "direct"}
    cases = [
        {"specversion": "1.0", "type": "case.accepted.v1", "source": "urn:test", "id": f"a-{n}", "subject": f"h19-{n}",
         "time": at(-3_600), "data": accepted}
        for n in range(12)
    ]  # fmt: skip
    await worker.take(cases, topic=CASES, start=0)
    again = SumsWatch(watched[1], Rulebook())
    await turn(database, again, 50)
    assert findings(database) == [("other_units_case", "cb.7", 12)]
    assert findings(database, "cleared_at") == [(None,)]
