"""Look-ups as a province makes them: in the order of time, by a thousand officers' accounts and two programs' accounts
that make a fifth; 1 % are corrected half an hour later, 2 % are sent twice. About 480 bytes each, as CloudEvents."""

import json
import random
from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from schemas.province import ZONE

START = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)
A_DAY = 68_000  # look-ups of a working day of eight hours
UNITS = 106
ACCOUNTS = 10  # of a unit
PROGRAMS = ("lien-thong", "lgsp")
FIELDS = (["ho-ten", "ngay-sinh", "noi-thuong-tru"], ["ho-ten", "so-dinh-danh"], ["ho-ten", "noi-thuong-tru", "chu-ho"])
RESULTS = ("found",) * 92 + ("not_found",) * 4 + ("mismatch",) * 3 + ("error",)

Pair = tuple[bytes, bytes]  # key and value of a record


def lookup_log(events: int, seed: int) -> Iterator[Pair]:
    """Exactly ``events`` records, duplicates and corrections among them."""
    return _cut(_log(seed), events)


def _cut(log: Iterator[Pair], events: int) -> Iterator[Pair]:
    for _ in range(events):
        yield next(log)


def _log(seed: int) -> Iterator[Pair]:
    rng = random.Random(seed)
    late: deque[tuple[int, Pair]] = deque()
    number = 0
    while True:
        number += 1
        day, second = divmod(number, A_DAY)
        at = START + timedelta(days=day, seconds=second * 28_800 / A_DAY)
        subject, data = _said(rng, at, number)
        id = f"look-{number}"
        yield (pair := _event("performed", id, subject, at, data))
        chance = rng.random()
        if chance < 0.02:
            yield pair
        elif chance < 0.03:
            later = at + timedelta(minutes=30)
            fact = {"type": "lookup.performed.v1", "time": at.isoformat(), "data": {**data, "result": "mismatch"}}
            what = {"replaces": {"source": "urn:ioc:simulated", "id": id}, "event": fact}
            late.append((number + A_DAY // 16, _event("corrected", f"{id}-c", subject, later, what)))
        while late and late[0][0] <= number:
            yield late.popleft()[1]


def _said(rng: random.Random, at: datetime, number: int) -> tuple[str, dict[str, object]]:
    unit, program = rng.randrange(UNITS), rng.random() < 0.18
    application = PROGRAMS[number % 2] if program else ("mot-cua", "ho-tich")[number % 8 == 0]
    account = f"ct.{application}" if program else f"cb.{26000 + unit}.{rng.randrange(ACCOUNTS):02d}"
    data: dict[str, object] = {"unit": str(26000 + unit), "application": application}
    if rng.random() > 0.12:
        data["case"] = f"000.00.{unit % 100:02d}.H19-{at:%y%m%d}-{number % 10_000:04d}"
    data |= {
        "channel": "automatic" if program else "screen",
        "person": f"k1:a{rng.getrandbits(124):031x}",
        "fields": FIELDS[number % 3],
        "result": RESULTS[rng.randrange(100)],
        "latency_ms": int(180 * rng.lognormvariate(0, 0.7)),
        "client": f"10.{unit}.{number % 8}.{rng.randrange(250)}",
    }
    return f"{account}/{at:%Y-%m-%d}", data


def _event(kind: str, id: str, subject: str, at: datetime, data: dict[str, object]) -> Pair:
    event = {
        "specversion": "1.0",
        "id": id,
        "source": "urn:ioc:simulated",
        "type": f"lookup.{kind}.v1",
        "subject": subject,
        "time": at.isoformat(),
        "data": data,
    }
    return subject.encode(), json.dumps(event, ensure_ascii=False).encode()
