"""A working month of look-ups and an afternoon on which a script runs on one account, through the real guard."""

import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from infra.endpoints import DatabaseUrls
from schemas.cases import SIMULATED
from schemas.province import ZONE, moment
from schemas.topics import ACTIONS, LOOKUPS
from streams.decode import Decoder
from streams.guarding.room import GuardRoom
from streams.guarding.watch import SumsWatch
from streams.rulebook import Rulebook
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec

HOURS = ((7, 0.4), (8, 1.3), (9, 1.3), (10, 1.0), (11, 0.5), (13, 1.0), (14, 1.1), (15, 0.9), (16, 0.6))
AN_HOUR = 110
LIMIT = 1_600
SURGE_MINUTES = 14
APPLICATIONS = ("mot-cua", "ho-tich", "lgsp")
Json = dict[str, Any]


def fill(database: DatabaseUrls, units: Sequence[str], now: datetime) -> None:
    with ThreadPoolExecutor(1) as pool:  # Playwright has a loop of its own in this thread
        pool.submit(partial(asyncio.run, _fill(database, units, now))).result()


async def _fill(database: DatabaseUrls, units: Sequence[str], now: datetime) -> None:
    today = now.astimezone(ZONE).date()
    chance, room = random.Random(7), GuardRoom()
    past = [look for back in range(30, 0, -1) for look in _day(chance, units, today - timedelta(days=back), None)]
    limit = _said("limit.set", "tinh", _at(today, 8), {"scope": "province", "window": "day", "lookups": LIMIT})
    current = sorted(
        [*_day(chance, units, today, now), *_surge(chance, units[0], now)], key=lambda one: str(one["time"])
    )
    connection = await connect(database.streams)
    try:
        store = Store(connection, guard=room)
        partition = Partition("cluster", "id-guarded", LOOKUPS.name, 3)
        await store.begin(partition, 0)
        await _take(store, partition, 0, [limit, *past], timedelta(days=2))
        await room.refresh(connection, Rulebook(), moment(now))
        start = len(past) + 1
        for first in range(0, len(current), 40):
            await _take(store, partition, start + first, current[first : first + 40], timedelta(0))
        await SumsWatch(room, Rulebook()).turn(connection, now)
    finally:
        await connection.close()


async def _take(store: Store, partition: Partition, start: int, said: list[Json], later: timedelta) -> None:
    """As if received so much later than it happened."""
    records = []
    for number, event in enumerate(said):
        received = datetime.fromisoformat(event["time"]) + later
        records.append(Rec(start + number, json.dumps(event).encode(), int(received.timestamp() * 1000)))
    for first in range(0, len(records), 500):
        span = records[first : first + 500]
        batch = Decoder(LOOKUPS).batch(span)
        assert batch.rejected == []
        await store.apply(partition, span[0].offset, span[-1].offset + 1, batch)


def _at(day: date, hour: float) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZONE) + timedelta(hours=hour)


def _said(kind: str, subject: str, at: datetime, data: Json) -> Json:
    id = f"{kind[:2]}-{subject}-{at.timestamp():.3f}"[-64:]
    head = {"specversion": "1.0", "type": f"{kind}.v1", "source": SIMULATED, "id": id}
    return {**head, "subject": subject, "time": at.isoformat(), "data": data}


def _day(chance: random.Random, units: Sequence[str], day: date, until: datetime | None) -> Iterator[Json]:
    if day.weekday() > 4:
        return
    busy = chance.uniform(0.85, 1.15)
    for hour, part in HOURS:
        for _ in range(round(AN_HOUR * part * busy)):
            at = _at(day, hour + chance.random())
            if until is None or at < until:
                number = chance.randrange(3 * len(units))
                unit = units[number % len(units)]
                case = f"000.00.26.H19-261103-{chance.randrange(9_000):04}" if chance.random() < 0.9 else None
                application = chance.choices(APPLICATIONS, (7, 2, 1))[0]
                yield _look(chance, f"cb.{number}", unit, application, case, "found", at)


def _surge(chance: random.Random, unit: str, now: datetime) -> Iterator[Json]:
    for second in range(0, SURGE_MINUTES * 60, 4):
        at = now - timedelta(minutes=SURGE_MINUTES) + timedelta(seconds=second)
        result = "not_found" if chance.random() < 0.4 else "found"
        yield _look(chance, "cb.hn.04", unit, "mot-cua", None if chance.random() < 0.9 else "h-1", result, at)
    for second in range(0, 900, 20):
        at = now - timedelta(seconds=900 - second)
        yield _look(chance, "ct.lien-thong", unit, "lgsp", "h-2", "error", at, person="k1:" + "ab" * 16)


def _look(
    chance: random.Random, account: str, unit: str, application: str, case: str | None, result: str, at: datetime,
    person: str | None = None,
) -> Json:  # fmt: skip
    hashed = person or f"k1:a{chance.getrandbits(124):031x}"
    data: Json = {"unit": unit, "application": application, "channel": "screen", "result": result, "person": hashed}
    data |= {"case": case} if case else {}
    return _said("lookup.performed", f"{account}/{at.astimezone(ZONE).date()}", at, data)


def hold(database: DatabaseUrls, finding: str, key: str, unit: str, now: datetime) -> None:
    """An order because of that finding, which the receiver has put into effect, and one that it did not take."""
    by = {"by": "a1", "by_name": "Trực ban trung tâm"}
    order = {"scope": "account", "unit": unit, "finding": finding, "ends_at": (now + timedelta(minutes=48)).isoformat()}
    said = []
    for subject, whom, answer in (("giu-a-0", key, "accepted"), ("giu-b-0", "ct.lien-thong", "refused")):
        sentence = f"Tạm dừng tra cứu của tài khoản {whom}, {unit}, đến 15:20 ngày 24/11/2026."
        data = order | by | {"key": whom, "measure": "stop", "sentence": sentence}
        said.append(_said("hold.ordered", subject, now - timedelta(minutes=12), data))
        reason = {"reason": "unsupported"} if answer == "refused" else {}
        said.append(_said(f"hold.{answer}", subject, now - timedelta(minutes=11), {"tries": 2} | reason))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(partial(asyncio.run, _hold(database, said))).result()


async def _hold(database: DatabaseUrls, said: list[Json]) -> None:
    connection = await connect(database.streams)
    try:
        store, partition = Store(connection), Partition("cluster", "id-actions", ACTIONS.name, 0)
        await store.begin(partition, 0)
        records = [
            Rec(number, json.dumps(one).encode(), int(datetime.fromisoformat(one["time"]).timestamp() * 1000))
            for number, one in enumerate(said)
        ]
        await store.apply(partition, 0, len(records), Decoder(ACTIONS).batch(records))
    finally:
        await connection.close()
