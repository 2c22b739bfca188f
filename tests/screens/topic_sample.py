"""Every topic told through the real store up to a moment of the test's own, so that each page has something to show."""

import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from infra.endpoints import DatabaseUrls
from schemas.cases import SIMULATED
from schemas.province import ZONE
from schemas.topics import BY_CONTRACT
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from streams.sweep.cases import sweep_alone
from tests.integration.test_store import Rec

SYSTEMS = ("mot-cua", "lgsp", "ho-tich", "kho-du-lieu", "cong-dvc")
PLANS = ("30/KH-UBND 23/01/2024", "106/KHPH-TCTTW-BCĐ06ĐN 06/7/2023", "10/KH-UBND")  # the last has no name
SECTORS = ("ho-tich", "dat-dai", "lao-dong", "bao-hiem", "thue")
COMPONENTS = (
    "DOSSIER_SYNC",
    "ORIGINAL_RESULT_AVAILABLE",
    "SO_HOA_GIAY_TO_GIAI_QUYET",
    "CITIZEN_DATA_CONNECTED_FORMALITY",
)
KINDS = ("press", "social", "loudspeaker", "meeting", "print")


def fill(database: DatabaseUrls, units: Sequence[str], now: datetime, source: str = SIMULATED) -> None:
    filling = partial(asyncio.run, _fill(database, told(units, now, source), now - timedelta(seconds=5)))
    with ThreadPoolExecutor(1) as pool:  # Playwright has a loop of its own in this thread
        pool.submit(filling).result()
        pool.submit(partial(asyncio.run, sweep_alone(database.streams))).result()  # names were loaded before


def told(units: Sequence[str], now: datetime, source: str) -> dict[str, list[dict[str, Any]]]:
    numbers, chance, today = count(1), random.Random(5), now.astimezone(ZONE).date()

    def say(type_: str, subject: str, day: date, hour: int = 8, **data: Any) -> dict[str, Any]:
        return {
            "specversion": "1.0",
            "type": f"{type_}.v1",
            "source": source,
            "id": f"e{next(numbers)}",
            "subject": subject,
            "time": f"{day}T{hour:02}:{next(numbers) % 60:02}:00+07:00",
            "data": data,
        }

    makers = {"tasks": _tasks, "datasets": _datasets, "platform": _platform, "portal": _portal, "outreach": _outreach}
    events = {topic: list(make(say, units, today, chance)) for topic, make in makers.items()}
    events["lookups"] = [
        *_lookups(say, units, today, chance),
        say("connection.cut", "csdlqg-dc", today - timedelta(days=30), reason="vượt tần suất khai báo"),
        say("connection.restored", "csdlqg-dc", today - timedelta(days=29)),
        say("limit.set", "tinh", today - timedelta(days=20), scope="province", window="day", lookups=18_000),
        say("limit.set", "tai-khoan", today - timedelta(days=20), scope="account", window="hour", lookups=120),
    ]
    return events


def _lookups(say: Any, units: Sequence[str], today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    for back in range(14):
        day = today - timedelta(days=back)
        for number in range(chance.randrange(15, 40)):
            account = number % 9
            data = {"unit": units[account % len(units)], "application": SYSTEMS[number % 3], "result": "found"}
            more = {"case": "000.00.26.H19-261103-0117"} if chance.random() < 0.8 else {}
            subject = f"tk-{account}/{day}"
            yield say("lookup.performed", subject, day, 9, channel="screen", latency_ms=120, **data, **more)


def _tasks(say: Any, units: Sequence[str], today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(60):
        unit, plan = units[number % len(units)], PLANS[number % 3]
        begun = today - timedelta(days=chance.randrange(40, 200))
        due = begun + timedelta(days=chance.randrange(20, 190))
        subject = f"{plan.split('/')[0]}/{number:02}/{number % len(units)}"
        title = f"Số hóa, làm sạch và kết nối dữ liệu chuyên ngành phục vụ thủ tục hành chính, nhiệm vụ {number}"
        yield say("task.assigned", subject, begun, title=title, plan=plan, kind="specific", unit=unit, due_on=str(due))
        yield say("task.progressed", subject, begun + timedelta(days=9), percent=chance.randrange(100))
        if number % 3 == 0:
            yield say(
                "task.done", subject, min(due + timedelta(days=chance.choice((-6, -3, 4))), today), evidence="BC 12"
            )
        elif number % 7 == 0:
            yield say("task.blocked", subject, today - timedelta(days=4), by=units[0], reason="chờ kết nối")


def _datasets(say: Any, units: Sequence[str], today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    for unit in units:
        for sector in SECTORS:
            for back in (40, 9, 2):
                day, size = today - timedelta(days=back), chance.randrange(20_000, 90_000)
                data = {
                    name: int(size * chance.uniform(0.5, 0.99)) for name in ("digitised", "valid", "complete", "clean")
                }
                data |= {"records": size, "fresh": size // 3, "shared": sector == "ho-tich"}
                subject = f"{sector}/{unit}/{day:%Y-%m}"
                yield say("dataset.measured", subject, day, sector=sector, unit=unit, **data)
    for number, due in enumerate((-20, -3, 40)):
        plan = {"title": f"Làm sạch đợt {number}", "planned": 9_000, "due_on": str(today + timedelta(days=due))}
        day = today - timedelta(days=60)
        yield say("campaign.planned", f"c{number}", day, sector=SECTORS[number], unit=units[number], **plan)


def _platform(say: Any, units: Sequence[str], today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    for system in SYSTEMS:
        for back in range(16):
            for hour in (8, 11, 14):
                day = today - timedelta(days=back)
                if back == 0 and hour == 14:
                    continue
                yield say("system.measured", f"{system}/{day}T{hour:02}", day, hour, system=system, unit=units[0],
                          reachable=chance.random() > 0.06, latency_ms=chance.randrange(40, 1_400), requests=900,
                          errors=chance.randrange(12), capacity_permille=chance.randrange(500, 960))  # fmt: skip
        yield say("backup.made", f"{system}/{today:%Y-%m}", today, 1, system=system, ok=system != "lgsp")
    for number, left in enumerate((-3, 4, 90, 200)):
        end = f"{today + timedelta(days=left)}T00:00:00+07:00"
        yield say("certificate.seen", f"chung-thu-{number}", today, 2, system=SYSTEMS[number], expires_at=end)
    for number, left in enumerate((-12, 30)):
        yield say("milestone.planned", f"moc-{number}", today - timedelta(days=90), title="Nâng cấp an toàn cấp độ 3",
                  system=SYSTEMS[number], due_on=str(today + timedelta(days=left)))  # fmt: skip


def _portal(say: Any, units: Sequence[str], today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    month = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    for unit in units:
        for component in COMPONENTS:
            whole = chance.randrange(200, 900)
            figure = {"numerator": int(whole * chance.uniform(0.2, 1)), "denominator": whole}
            subject, day = f"{unit}/{month}/{component}", today - timedelta(days=3)
            yield say("portal.published", subject, day, unit=unit, period=month, component=component, **figure)
    for number in range(80):
        received = today - timedelta(days=chance.randrange(1, 60))
        due = received + timedelta(days=chance.choice((5, 15, 21)))
        kind = ("procedure", "staff")[number % 4 == 0]
        yield say(
            "petition.received",
            f"PAKN-{number:03}",
            received,
            unit=units[number % len(units)],
            kind=kind,
            due_on=str(due),
        )
        answered = received + timedelta(days=chance.randrange(2, 24))
        if number % 5 and answered <= today:
            yield say("petition.answered", f"PAKN-{number:03}", answered, 7, published=True)
            yield say("petition.rated", f"PAKN-{number:03}", answered, 9, likes=1, dislikes=number % 9)


def _outreach(say: Any, units: Sequence[str], today: date, chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(70):
        unit, day = units[number % len(units)], today - timedelta(days=chance.randrange(1, 45))
        yield say(
            "activity.held", f"a{number}", day, unit=unit, kind=KINDS[number % 5], reached=chance.randrange(20, 900)
        )
        if number % 5 == 0:
            yield say(
                "training.held", f"t{number}", day, unit=unit, course="de-an-06", attended=30 + number % 9, invited=40
            )
    for unit in units:
        day, staff = today - timedelta(days=6), chance.randrange(20, 120)
        yield say("staffing.reported", f"{unit}/{day:%Y-%m}", day, unit=unit, staff=staff,
                  trained=int(staff * chance.uniform(0.3, 1)), it_staff=2)  # fmt: skip


async def _fill(database: DatabaseUrls, events: dict[str, list[dict[str, Any]]], received: datetime) -> None:
    connection = await connect(database.streams)
    try:
        store, at = Store(connection), int(received.timestamp() * 1000)
        for contract, said in events.items():
            topic = BY_CONTRACT[contract]
            partition = Partition("cluster", f"id-{contract}", topic.name, 0)
            await store.begin(partition, 0)
            batch = Decoder(topic).batch([Rec(n, json.dumps(event).encode(), at) for n, event in enumerate(said)])
            assert batch.rejected == []
            await store.apply(partition, 0, len(said), batch)
    finally:
        await connection.close()
