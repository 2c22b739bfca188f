"""From a command to state with whole processes: relay and worker are killed, and everything counts once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.record import Deed
from dashboards.actions.command import Command, command
from dashboards.actions.command_outbox import CommandOutbox, Outcome, TakenCommand
from dashboards.readers.database import Database
from infra.kafka.topics import ensure_topics
from schemas.topics import ACTIONS
from tests.system.harness import Ground, Slot, wait_for

LEADER = Asker(AskerKind.ACCOUNT, "a1", "Lãnh đạo tỉnh", Role.LEADER)
OFFICER = Asker(AskerKind.ACCOUNT, "b2", "Cán bộ phường", Role.UNIT_OFFICER, ("26041",))
ORDERS = 30


def said(kind: str, subject: str, asker: Asker, **data: object) -> Command:
    now = datetime.now(UTC)
    return command(
        uuid4(), f"directive.{kind}.v1", subject, data, unit="26041", by=asker.id, by_name=asker.name, now=now
    )


def order(subject: str) -> Command:
    due = datetime.now(UTC) + timedelta(days=1)
    return said("issued", subject, LEADER, unit="26041", sentence="Xử lý xong 62 hồ sơ trễ.", due_at=due)


async def taken(ground: Ground, *commands: tuple[Asker, Command]) -> list[TakenCommand]:
    """All at once, over connections of their own."""
    clock = lambda: datetime.now(UTC)  # noqa: E731
    async with Database(ground.database.access, name="test", clock=clock, size=8, patience=20) as database:
        outbox = CommandOutbox(database, clock)
        told = [outbox.take(who, one, Deed.DIRECTED if who is LEADER else Deed.ANSWERED) for who, one in commands]
        return await asyncio.gather(*told)


def test_commands_count_once_though_relay_and_worker_are_killed_and_the_second_is_told_who_was_first(
    ground: Ground,
) -> None:
    ensure_topics(ground.kafka, [replace(ACTIONS, name=ACTIONS.name + ground.suffix)])
    orders = [order(f"cd-{number}/26041") for number in range(ORDERS)]
    answers = asyncio.run(taken(ground, *((LEADER, one) for one in [*orders, *orders[:5]])))
    assert [answer.outcome for answer in answers].count(Outcome.AGAIN) == 5
    assert all(answer.stands for answer in answers)

    relay = Slot(ground, "relay", first={"IOC_CRASH_RELAY_AT": "taken"}, module="streams.relay")
    worker = Slot(ground, "worker-1", {"IOC_TOPICS": ACTIONS.name}, first={"IOC_CRASH_AT": "written"})
    try:
        with ground.superuser() as db:

            def folded(standing: str) -> int:
                row = db.execute("SELECT count(*) FROM subject_state WHERE standing = %s", [standing]).fetchone()
                return row[0] if row else 0

            wait_for(lambda: folded("issued") == ORDERS, 60, lambda: relay.said() + worker.said())
            assert (relay.codes, worker.codes) == ([-9], [-9])
            events = db.execute("SELECT count(*) FROM subject_event").fetchone()
            twice = db.execute("SELECT sum(duplicates) FROM stream_source").fetchone()
            assert events == (ORDERS,)
            assert twice is not None
            assert twice[0] == ORDERS
            wait_for(lambda: db.execute("SELECT 1 FROM action_outbox HAVING count(*) = count(sent_at)").fetchone(), 10)

            relay.kill()
            two = [said("accepted", "cd-1/26041", OFFICER, after=1) for _ in range(2)]
            answers = asyncio.run(taken(ground, *((OFFICER, one) for one in two)))
            first, second = sorted(answers, key=lambda answer: answer.outcome is Outcome.OVERTAKEN)
            assert (first.outcome, second.outcome) == (Outcome.WRITTEN, Outcome.OVERTAKEN)
            assert (second.by_name, second.kind) == (OFFICER.name, "accepted")
            ahead = asyncio.run(taken(ground, (OFFICER, said("done", "cd-1/26041", OFFICER, after=3))))
            assert ahead[0].outcome is Outcome.AHEAD
            wait_for(lambda: folded("accepted") == 1, 30, lambda: relay.said() + worker.said())

            late = asyncio.run(taken(ground, (OFFICER, said("cannot", "cd-1/26041", OFFICER, after=1, sentence="x"))))
            assert (late[0].outcome, late[0].by_name) == (Outcome.OVERTAKEN, OFFICER.name)
            on_record = db.execute("SELECT what, count(*) FROM access_record GROUP BY 1 ORDER BY 1").fetchall()
            assert on_record == [("answered", 1), ("directed", ORDERS)]
    finally:
        relay.close()
        worker.close()
