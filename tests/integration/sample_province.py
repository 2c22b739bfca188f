"""A small province, told through the real store: every counter of the registry counts something in it, and much of it
happens around midnight and the ends of month and year."""

import json
from datetime import UTC, datetime, timedelta
from random import Random

from schemas.topics import CASES
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec

# 22:00 in the province, the last day of its year.
NOW = datetime(2024, 12, 31, 15, 0, tzinfo=UTC)
UNITS = ("Phường Trấn Biên", "Sở Tư pháp", "Xã Đak Lua")
CHANNELS = ("online", "direct", "post", "other")
PROCEDURES = ("1.001", "2.002", None)
# Event times hang about these: days begin at 17:00 UTC.
BORDERS = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2023-12-31T17:00:00+00:00",
        "2024-02-28T17:00:00+00:00",
        "2024-11-30T17:00:00+00:00",
        "2024-12-29T17:00:00+00:00",
        "2024-12-30T17:00:00+00:00",
    )
)
HISTORY_LIMIT = 40
PARTITION = Partition("cluster", "topic-id", CASES.name, 0)
HAZARDS = ("status_rewritten", "code_invented", "dummy_identity", "attachment_repeated", "status_missing")
AGAIN = (
    "supplement_requested",
    "supplement_received",
    "extended",
    "suspended",
    "resumed",
    "paid",
    "digitised",
    "rated",
)


def event(subject: str, id: str, kind: str, time: datetime, **data: object) -> bytes:
    said = {key: value for key, value in data.items() if value is not None}
    return json.dumps(
        {
            "specversion": "1.0",
            "id": id,
            "source": "urn:test:province",
            "type": f"case.{kind}.v1",
            "subject": subject,
            "time": time.isoformat(),
            "data": said,
        }
    ).encode()


def tell(cases: int = 90, seed: int = 6) -> list[bytes]:
    """The events, in the order in which they happened to nobody."""
    chance, told = Random(seed), []
    for number in range(cases):
        told += _case(f"H19.{number % 7:02}/241231.{number:04}", number, chance)
    told += [event("H19.oversized", f"o{n}", "step", BORDERS[0], unit=UNITS[0], name="Lặp") for n in range(50)]
    chance.shuffle(told)
    return told


def _case(code: str, number: int, chance: Random) -> list[bytes]:
    border = chance.choice(BORDERS)
    start = border + timedelta(seconds=chance.choice((-1, 0, 1, -7200, 7200)))
    unit, channel = chance.choice(UNITS), CHANNELS[number % 4]
    due = start + timedelta(hours=chance.choice((1, 12, 30, 2000)))
    procedure = chance.choice(PROCEDURES)
    told = [
        event(code, f"{number}s", "submitted", start - timedelta(hours=1), channel=channel, procedure=procedure),
        event(code, f"{number}a", "accepted", start, unit=unit, channel=channel, procedure=procedure,
              due_at=None if number % 9 == 0 else due.isoformat()),
    ]  # fmt: skip
    at = start
    for n in range(chance.randrange(5)):
        at += timedelta(minutes=chance.choice((1, 61, 600)))
        told.append(event(code, f"{number}w{n}", "step", at, unit=chance.choice(UNITS), name="Thẩm định"))
    for kind in chance.sample(AGAIN, 2):
        extra: dict[str, object] = {"unit": unit}
        extra |= {"due_at": (due + timedelta(hours=5)).isoformat()} if kind == "extended" else {}
        extra |= {"online": True} if kind == "paid" else {}
        extra |= {"score": 1 + number % 5} if kind == "rated" else {}
        extra |= {"papers": 2, "reused": number % 2, "result": number % 3 == 0} if kind == "digitised" else {}
        told.append(event(code, f"{number}{kind}", kind, at + timedelta(minutes=2), **extra))
    if number % 5 == 0:  # two versions of one event: a conflict
        told.append(event(code, f"{number}s", "submitted", start - timedelta(hours=2), channel=channel))
    ending = ("finished", "returned", "finished", "refused", "stopped", "withdrawn", None, None)[number % 8]
    if ending is not None:
        told.append(event(code, f"{number}e", ending, at + timedelta(hours=chance.choice((1, 3, 40))), unit=unit))
    if number % 16 == 0:
        told.append(event(code, f"{number}r", "returned", at + timedelta(hours=50), unit=unit))
    if number % 13 == 0:
        told.append(event(code, f"{number}v", "voided", at))
    return told + _beside(code, number, start) + _judged(code, number, start, due, at)


def _judged(code: str, number: int, start: datetime, due: datetime, at: datetime) -> list[bytes]:
    """What rules and calendar judge: each breach, a wait longer than the lateness, a late word to the portal."""
    minutes = [at + timedelta(minutes=n) for n in range(3, 9)]
    told = []
    if number % 4 == 1:
        asks = ("supplement_requested", "supplement_received", "supplement_requested")  # answered, and asked again
        told += [event(code, f"{number}q{n}", asks[n], moment) for n, moment in enumerate(minutes[:3])]
    if number % 4 == 2:
        to = (due + timedelta(hours=9)).isoformat()
        told += [
            event(code, f"{number}x{n}", "extended", moment, due_at=to, apology=False)
            for n, moment in enumerate(minutes[:2])
        ]
    if number % 8 == 3:
        told.append(event(code, f"{number}z", "refused", minutes[5], reason_given=False))
    if number % 12 == 0:
        told.append(event(code, f"{number}S", "submitted", start - timedelta(days=6), channel="online"))
    if number % 6 == 0:
        asked, came = start + timedelta(seconds=30), due + timedelta(days=3)
        told.append(event(code, f"{number}i", "supplement_requested", asked))
        told.append(event(code, f"{number}j", "supplement_received", came))
    if number % 8 == 7 and start < NOW - timedelta(days=8):  # open, and asked after more than three working days
        told.append(event(code, f"{number}l", "supplement_requested", start + timedelta(days=8)))
    if number % 10 in (2, 8):
        known = {"message": "CapNhatTienDoHoSoMC", "sent_status": 9, "answer": "taken"}
        told.append(event(code, f"{number}k", "synced", due + timedelta(days=5), **known))
    return told


def _beside(code: str, number: int, start: datetime) -> list[bytes]:
    """What is said of the case beside its life: one hazard in five, refusals, chains that wait and that are through."""
    hazard = HAZARDS[number % len(HAZARDS)]
    at = start + timedelta(minutes=30)
    sync = {"message": "DongBoHoSoMC", "sent_status": 9 if hazard == "status_rewritten" else 4, "hazards": [hazard]}
    answer = {"answer": "refused", "error": "E1"} if number % 9 == 0 else {"answer": "taken"}
    step = {"chain": "birth", "step": "thuong-tru", "agency": UNITS[0], "to": UNITS[2], "state": "sent"}
    told = []
    if number % 2:
        told.append(event(code, f"{number}y", "synced", at, **sync, **answer))
    if number % 3 == 0:
        told.append(event(code, f"{number}h", "chain_step", at, **step))
    if number % 6 == 0:
        told.append(event(code, f"{number}d", "chain_step", at + timedelta(hours=3), **{**step, "state": "done"}))
    if number % 4 == 0:
        told.append(event(code, f"{number}u", "data_used", at, database="CSDLQGDC", fields=6, ok=number % 8 == 0))
    if number % 7 == 0:
        told.append(event(code, f"{number}p", "portal_status", at + timedelta(days=1), portal_status=5))
    return told


async def play(url: str, told: list[bytes], at: datetime = NOW) -> None:
    """After what was played before, through the store, as a worker would, ``at`` a moment; ``url`` is that of the
    role ``streams``."""
    connection = await connect(url)
    try:
        store = Store(connection, history_limit=HISTORY_LIMIT)
        await store.begin(PARTITION, 0)
        start = await store.next_offset(PARTITION) or 0
        received = int(at.timestamp() * 1000)
        records = [Rec(start + n, value, received) for n, value in enumerate(told)]
        for first in range(0, len(records), 100):
            span = records[first : first + 100]
            await store.apply(PARTITION, span[0].offset, span[-1].offset + 1, Decoder(CASES).batch(span))
    finally:
        await connection.close()
