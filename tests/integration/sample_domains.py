"""A few events of every domain, told through the real store, so that every counter of the registry counts something."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from infra.endpoints import DatabaseUrls
from schemas.topics import BY_CONTRACT
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec

AS_OF = datetime(2024, 3, 20, 8, 0, tzinfo=UTC)
UNITS = ("so-tu-phap", "Phường Trấn Biên")
SOURCE = "urn:test:domains"
_MONTHS = ("2024-01", "2024-02", "2024-03")


def told() -> dict[str, list[dict[str, Any]]]:
    """Events by topic."""
    numbers = count(1)

    def say(type_: str, subject: str, time: str, **data: Any) -> dict[str, Any]:
        return {
            "specversion": "1.0",
            "type": f"{type_}.v1",
            "source": SOURCE,
            "id": f"e{next(numbers)}",
            "subject": subject,
            "time": f"{time}+07:00",
            "data": data,
        }

    return {
        "tasks": list(_tasks(say)),
        "datasets": list(_datasets(say)),
        "platform": list(_platform(say)),
        "portal": list(_portal(say)),
        "outreach": list(_outreach(say)),
        "actions": list(_actions(say)),
        "lookups": [
            *_lookups(say),
            say("connection.cut", "csdlqg-dc", "2024-01-23T09:00:00", reason="vượt tần suất"),
            say("connection.restored", "csdlqg-dc", "2024-01-24T09:00:00"),
            say("connection.cut", "csdlqg-dc", "2024-03-20T09:00:00"),
            say("limit.set", "minute", "2024-01-25T08:00:00", scope="province", window="minute", lookups=120),
            say("limit.set", "minute", "2024-02-25T08:00:00", scope="province", window="minute", lookups=90),
            say("limit.set", "account", "2024-02-25T08:00:00", scope="account", key="tk-1", window="hour", lookups=30),
        ],
    }


async def fill(database: DatabaseUrls) -> None:
    for contract, events in told().items():
        await take(database, contract, events)


async def take(
    database: DatabaseUrls, contract: str, events: Sequence[dict[str, Any]], start: int = 0, at: datetime = AS_OF
) -> None:
    """Through the store, as a worker would, received at this moment."""
    topic = BY_CONTRACT[contract]
    partition = Partition("cluster", f"id-{contract}", topic.name, 0)
    connection = await connect(database.streams)
    try:
        store = Store(connection)
        await store.begin(partition, start)
        received = int(at.timestamp() * 1000)
        records = [Rec(start + i, json.dumps(event).encode(), received) for i, event in enumerate(events)]
        batch = Decoder(topic).batch(records)
        assert batch.rejected == []
        await store.apply(partition, start, start + len(records), batch)
    finally:
        await connection.close()


def _lookups(say: Any) -> Iterator[dict[str, Any]]:
    for number in range(24):
        day = ("2024-01-31", "2024-02-10", "2024-03-20")[number % 3]
        data: dict[str, Any] = {"unit": UNITS[number % 2], "application": ("mot-cua", "lgsp")[number % 4 == 0]}
        data["channel"] = ("screen", "automatic")[number % 5 == 0]
        data["result"] = ("found", "not_found", "mismatch", "error")[number % 4]
        more: dict[str, Any] = {"latency_ms": 100 + number} if number % 3 else {}
        more |= {"case": "000.00.26.H19-240101-0001"} if number % 2 else {}
        yield say("lookup.performed", f"tk-{number % 5}/{day}", f"{day}T08:{number:02}:00", **data, **more)


def _tasks(say: Any) -> Iterator[dict[str, Any]]:
    for number in range(12):
        unit, plan = UNITS[number % 2], ("30/KH-UBND", "106/KH-UBND")[number % 3 == 0]
        due = ("2024-02-15", "2024-03-10", "2024-03-22", "2024-05-31")[number % 4]
        subject = f"{plan.split('/')[0]}/{number:02}/{unit}"
        task = {"title": f"Nhiệm vụ {number}", "plan": plan, "kind": "specific", "unit": unit, "due_on": due}
        yield say("task.assigned", subject, f"2024-01-{10 + number:02}T08:00:00", **task)
        yield say("task.progressed", subject, "2024-02-01T23:59:59", percent=10 * (number % 10))
        if number in (0, 4, 8):
            end = "2024-02-15T23:59:00" if number < 8 else "2024-02-16T00:00:01"
            yield say("task.done", subject, end, evidence="QĐ 1")
        if number == 5:
            yield say("task.extended", subject, "2024-03-09T08:00:00", due_on="2024-03-25")
        if number in (1, 7):
            yield say("task.blocked", subject, "2024-03-01T08:00:00", by="so-tttt")
        if number == 11:
            yield say("task.cancelled", subject, "2024-03-02T08:00:00")


def _datasets(say: Any) -> Iterator[dict[str, Any]]:
    for index, unit in enumerate(UNITS):
        for sector in ("ho-tich", "dat-dai"):
            for month, name in enumerate(_MONTHS):
                if (sector, name) == ("dat-dai", "2024-02"):
                    continue
                size = (1000 if sector == "ho-tich" else 2 * 100) if name == "2024-03" else 700 + 100 * month
                data = {"records": size, "digitised": size // 2, "valid": size // 3, "complete": size // 4}
                data |= {"clean": size // 5, "fresh": 0 if index else 1, "shared": sector == "ho-tich"}
                at = f"{name}-{5 + 7 * index:02}T10:00:00"
                yield say("dataset.measured", f"{sector}/{unit}/{name}", at, sector=sector, unit=unit, **data)
    for number, due in enumerate(("2024-02-01", "2024-06-30")):
        plan = {"title": f"Làm sạch {number}", "sector": "ho-tich", "unit": UNITS[number], "planned": 50, "due_on": due}
        yield say("campaign.planned", f"c{number}", "2024-01-11T08:00:00", **plan)
        yield say("campaign.progressed", f"c{number}", "2024-01-21T08:00:00", done=20)
    plan = {"title": "Xong", "sector": "dat-dai", "unit": UNITS[0], "planned": 5, "due_on": "2024-02-01"}
    yield say("campaign.planned", "c9", "2024-01-11T08:00:00", **plan)
    yield say("campaign.ended", "c9", "2024-01-31T08:00:00")


def _platform(say: Any) -> Iterator[dict[str, Any]]:
    for system, latency in (("lgsp", 200), ("mot-cua", 1500)):
        for day in ("2024-02-10", "2024-03-19", "2024-03-20"):
            health = {"reachable": latency < 1000, "latency_ms": latency, "requests": 100, "errors": 3}
            yield say("system.measured", f"{system}/{day}T09", f"{day}T09:10:00", system=system, unit=UNITS[0],
                      capacity_permille=950, **health)  # fmt: skip
            yield say("system.measured", f"{system}/{day}T09", f"{day}T09:40:00", system=system, unit=UNITS[0],
                      reachable=True, unreadable="line")  # fmt: skip
        yield say("backup.made", f"{system}/2024-03", "2024-03-10T01:00:00", system=system, ok=latency < 1000)
    for name, expires in (("a", "2024-03-01"), ("b", "2024-03-25"), ("c", "2025-01-01")):
        yield say(
            "certificate.seen", name, "2024-02-10T01:00:00", system="lgsp", expires_at=f"{expires}T00:00:00+07:00"
        )
    for name, due in (("m1", "2024-03-01"), ("m2", "2024-12-31"), ("m3", "2024-03-01")):
        yield say("milestone.planned", name, "2024-01-15T08:00:00", title=name, system="lgsp", due_on=due)
    yield say("milestone.reached", "m3", "2024-02-28T08:00:00", evidence="BB 3")


def _portal(say: Any) -> Iterator[dict[str, Any]]:
    for unit in UNITS:
        for period, at in (("2024-01", "2024-02-03"), ("2024-02", "2024-03-03"), ("2024-Q1", "2024-03-15")):
            for component in ("DOSSIER_SYNC", "ON_TIME"):
                figure = {"unit": unit, "period": period, "component": component, "score_milli": 8_000}
                subject = f"{unit}/{period}/{component}"
                yield say("portal.published", subject, f"{at}T08:00:00", numerator=70, denominator=90, **figure)
    for number, (due, answered) in enumerate(
        (("2024-02-20", "2024-02-19"), ("2024-02-20", "2024-02-29"), ("2024-03-10", None), ("2024-04-10", None))
    ):
        subject, kind = f"PAKN-{number}", ("procedure", "staff")[number % 2]
        yield say("petition.received", subject, "2024-02-05T08:00:00", unit=UNITS[number % 2], kind=kind, due_on=due)
        if answered:
            yield say("petition.answered", subject, f"{answered}T08:00:00", published=True)
            yield say("petition.rated", subject, "2024-03-05T08:00:00", likes=1, dislikes=4)


def _outreach(say: Any) -> Iterator[dict[str, Any]]:
    for number, unit in enumerate((*UNITS, *UNITS)):
        at = f"2024-0{1 + number % 3}-1{number}T14:00:00"
        yield say("activity.held", f"a{number}", at, unit=unit, kind=("press", "social")[number // 2], reached=300)
        yield say("training.held", f"t{number}", at, unit=unit, course="de-an-06", attended=20, invited=25)
    for unit in UNITS:
        for month in _MONTHS:
            yield say("staffing.reported", f"{unit}/{month}", f"{month}-06T08:00:00", unit=unit, staff=40, trained=30,
                      it_staff=2)  # fmt: skip


def _actions(say: Any) -> Iterator[dict[str, Any]]:
    by, officer = {"by": "a1", "by_name": "Lãnh đạo"}, {"by": "b2", "by_name": "Cán bộ"}
    for number, ends in enumerate((None, ("accepted",), ("accepted", "cannot"), ("done", "verified"), ("done",), None)):
        unit, subject = UNITS[number % 2], f"cd-{'abcdef'[number]}"
        order = {
            "unit": unit,
            "sentence": "Xử lý xong hồ sơ trễ.",
            "due_at": f"2024-0{2 + number % 2}-15T17:00:00+07:00",
        }
        yield say(
            "directive.issued", subject, "2024-02-01T08:00:00", **order, **by, aim=("on_time", "overdue")[number % 2]
        )
        for after, kind in enumerate(ends or (), start=1):
            why = {"sentence": "Chờ thuế."} if kind == "cannot" else {}
            yield say(
                f"directive.{kind}",
                subject,
                f"2024-02-{10 + 8 * (number == 4)}T0{after}:00:00",
                after=after,
                **officer,
                **why,
            )
    late = {"due_at": "2024-04-01T17:00:00+07:00", "after": 1}
    yield say("directive.extended", "cd-a", "2024-02-14T08:00:00", **late, **by)
    until = {"ends_at": "2024-02-01T10:15:00+07:00", "sentence": "Tạm dừng tra cứu."}
    for number, said in enumerate((("accepted",), ("accepted", "lifted", "ended"), ("refused",), ("unanswered",), ())):
        subject = f"giu-{'abcde'[number]}-0"
        target = {"scope": ("account", "unit")[number % 2], "key": UNITS[number % 2], "measure": "stop"}
        yield say("hold.ordered", subject, "2024-02-01T09:15:00", **target, **until, **by)
        more: dict[str, dict[str, Any]] = {
            "lifted": {"after": 1, **officer},
            "unanswered": {"reached": True},
            "refused": {"reason": "other"},
        }
        for minute, kind in enumerate(said, start=1):
            tries = {} if kind in ("lifted", "unanswered") else {"tries": 1}
            yield say(f"hold.{kind}", subject, f"2024-02-01T09:2{minute}:00", **more.get(kind, {}), **tries)
