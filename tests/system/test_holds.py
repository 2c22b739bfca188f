"""Holding orders to a receiver on a bad day, with whole processes: all are killed, and nothing is lost or twice."""

import asyncio
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import psycopg

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.record import Deed
from dashboards.actions.command import Command, command
from dashboards.actions.command_outbox import CommandOutbox, TakenCommand
from dashboards.readers.database import Database
from infra.kafka.topics import ensure_topics
from infra.ports import free_port
from schemas.topics import ACTIONS
from tests.settings import REPOSITORY, SuiteSettings
from tests.system.harness import Ground, Slot
from tests.system.unreliable_receiver import LATE_S, UNKNOWN

OFFICER = Asker(AskerKind.ACCOUNT, "a1", "Trực ban", Role.DUTY_OFFICER)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # of the convention's own tests
TWO_HOURS = 7_200
ON_ITS_WAY = "SELECT EXISTS (SELECT FROM hold_delivery WHERE answered_at IS NULL AND failure IS NULL)"
HOLDS_S = 1.0  # of waiting that one order may take, in a run of many


def said(kind: str, subject: str, **data: object) -> Command:
    by = {"unit": "", "by": OFFICER.id, "by_name": OFFICER.name}
    return command(uuid4(), f"hold.{kind}.v1", subject, data, now=datetime.now(UTC), **by)


def order(number: int) -> Command:
    """Two for each account; of ten one for somebody whom the receiver does not know."""
    key = f"{UNKNOWN}.{number}" if number % 10 == 9 else f"cb.26041.{number // 2:03d}"
    data = {"scope": "account", "key": key, "unit": "26041", "measure": "stop", "sentence": "Tạm dừng tra cứu."}
    return said("ordered", f"giu-{number}", ends_at=datetime.now(UTC) + timedelta(hours=1), **data)


async def taken(ground: Ground, commands: list[Command]) -> list[TakenCommand]:
    clock = lambda: datetime.now(UTC)  # noqa: E731
    async with Database(ground.database.access, name="test", clock=clock, size=8, patience=60) as database:
        outbox = CommandOutbox(database, clock)
        return await asyncio.gather(*(outbox.take(OFFICER, one, Deed.DIRECTED) for one in commands))


def standings(db: psycopg.Connection) -> Counter[str]:
    return Counter(dict(db.execute("SELECT standing, count(*) FROM subject_state GROUP BY 1").fetchall()))


def test_no_order_is_lost_or_taken_twice_though_everything_is_killed_and_the_receiver_has_a_bad_day(
    ground: Ground, suite: SuiteSettings, rng: Random
) -> None:
    ensure_topics(ground.kafka, [replace(ACTIONS, name=ACTIONS.name + ground.suffix)])
    orders = [order(number) for number in range(suite.holds)]
    unknown = sum(number % 10 == 9 for number in range(suite.holds))
    port, file = free_port(set()), ground.folder / "holds.sqlite"
    sends = {"IOC_HOLD_URL": f"http://127.0.0.1:{port}/", "IOC_HOLD_SECRET": SECRET, "IOC_HOLD_TIMEOUT_S": LATE_S / 2}
    sends |= {"IOC_HOLD_FIRST_PAUSE_S": 0.1, "IOC_HOLD_LONGEST_PAUSE_S": 0.5, "IOC_HOLD_EVERY_S": 0.05}
    takes: dict[str, object] = {"IOC_RECEIVER_FILE": file, "IOC_RECEIVER_PORT": port, "IOC_RECEIVER_SECRET": SECRET}
    takes["PYTHONPATH"] = REPOSITORY  # the one of these that is no part of what is installed
    slots = {
        "relay": Slot(ground, "relay", first={"IOC_CRASH_RELAY_AT": "taken"}, module="streams.relay"),
        "worker": Slot(ground, "worker-1", {"IOC_TOPICS": ACTIONS.name}),
        "delivery": Slot(
            ground, "delivery", sends, first={"IOC_CRASH_DELIVERY_AT": "taken:3"}, module="streams.delivery"
        ),
        "receiver": Slot(ground, "receiver", takes, module="tests.system.unreliable_receiver"),
    }

    def explain() -> str:
        return "\n".join(slot.said(2000) for slot in slots.values())

    try:
        answers = asyncio.run(taken(ground, orders))
        assert all(answer.stands for answer in answers)
        with ground.superuser() as db:

            def under_way(_pid: int) -> bool:
                """A message was sent that has no answer yet."""
                return db.execute(ON_ITS_WAY).fetchone() == (True,)

            killed: list[str] = []

            def until(wanted: Counter[str], kills: list[str]) -> None:
                """Waits, and kills one of them from time to time on the way."""
                deadline, next_at = time.monotonic() + 60 + HOLDS_S * suite.holds, time.monotonic()
                while (now := standings(db)) != wanted:
                    assert time.monotonic() < deadline, f"{now} instead of {wanted}. {explain()}"
                    if kills and time.monotonic() >= next_at:
                        who = kills[-1]
                        if who != "delivery":
                            slots[kills.pop()].kill()
                            killed.append(who)
                        elif slots[who].alive and slots[who].kill_frozen(under_way):
                            killed.append(kills.pop())
                        next_at = time.monotonic() + rng.uniform(0.2, 1.2)
                    time.sleep(0.05)

            rounds = max(1, suite.holds // 200)
            kills = [*("relay", "receiver", "delivery", "receiver", "delivery"), *("worker",) * (rounds > 1)] * rounds
            rng.shuffle(kills)
            until(Counter(held=suite.holds - unknown, refused=unknown), kills)

            early = [f"giu-{number}" for number in range(0, suite.holds, 3) if number % 10 != 9]
            lifted = asyncio.run(taken(ground, [said("lifted", subject, after=1) for subject in early]))
            assert all(answer.stands for answer in lifted)
            until(
                Counter(held=suite.holds - unknown - len(early), ended=len(early), refused=unknown),
                ["receiver", "worker"] * rounds,
            )

            for name in ("delivery", "receiver"):  # the others' own end comes
                slots[name].settings["IOC_CLOCK_OFFSET_S"] = TWO_HOURS
                slots[name].kill()
            until(Counter(ended=suite.holds - unknown, refused=unknown), ["relay", "delivery", "receiver"] * rounds)

            events: Counter[str] = Counter(
                dict(db.execute("SELECT kind, count(*) FROM subject_event GROUP BY 1").fetchall())
            )
            counted = {"ordered": suite.holds, "accepted": suite.holds - unknown, "refused": unknown}
            assert events == counted | {"lifted": len(early), "ended": suite.holds - unknown}
            assert db.execute("SELECT count(*) FROM hold_delivery WHERE answered_at IS NULL").fetchone() == (0,)
            tries = db.execute("SELECT sum(tries), max(tries) FROM hold_delivery").fetchone()
        with closing(sqlite3.connect(file)) as receiver:
            effects = [id_ for (id_,) in receiver.execute("SELECT id FROM effect")]
            came = receiver.execute("SELECT count(*) FROM came").fetchone()
            held = receiver.execute("SELECT count(*) FROM hold WHERE refused IS NULL AND ended_at IS NULL").fetchone()
        assert sorted(effects) == sorted(str(one.id) for one in orders)
        assert held == (0,)
        assert came[0] > 2 * suite.holds - unknown, "no message came twice, so nothing was shown"
        print(f"orders={suite.holds} tries={tries} came={came[0]} killed={sorted(killed)}")
    finally:
        for slot in slots.values():
            slot.close()
