"""Offsets that no longer mean what they did, and imports beside live events."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable

import psycopg
from kafka import TopicPartition

from infra.kafka.admin import admin
from infra.kafka.topics import ensure_topics
from tests.system.flow import Flow, Sender, generate
from tests.system.harness import Ground, Slot, wait_for
from tests.system.totals import GRAINS, check, drained, read_totals

RESTART_WITHIN_S = 60.0
IN_HAND_S = 0.3  # for what was fetched before the import was told to wait
IN_HAND = 500  # records of ten spans


def counted(ground: Ground, *flows: Flow) -> bool:
    """Whether the totals of every grain are those of these flows."""
    expected = sum((flow.totals for flow in flows), Counter[str]())
    with psycopg.connect(ground.database.screens) as db:
        return all(read_totals(db, grain) == expected for grain in GRAINS)


def test_a_topic_created_again_is_read_from_its_beginning_and_counted_once(
    rng: random.Random, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    old, new = generate(rng, 1_000, source="urn:test:old1"), generate(rng, 1_000, source="urn:test:new1")
    sender = send(old)
    slot = make_slot()
    sender.finish()
    drained(ground, [sender], 40, slot.said)
    with admin(ground.kafka) as client:
        client.delete_topics([ground.cases.name])
        wait_for(lambda: ground.cases.name not in client.list_topics(), 20)
    ensure_topics(ground.kafka, [ground.cases])
    again = send(old.messages + new.messages)
    again.finish()
    wait_for(lambda: counted(ground, old, new), RESTART_WITHIN_S, slot.said, every=0.2)
    with psycopg.connect(ground.database.screens) as db:
        ids = db.execute("SELECT DISTINCT topic_id FROM stream_offset WHERE topic = %s", [ground.cases.name]).fetchall()
        assert len(ids) == 2
        stored = db.execute("SELECT source, id, subject FROM case_event WHERE time >= '2010-01-01'").fetchall()
    assert len(stored) == len(old.names) + len(new.names)


def test_what_retention_removed_unread_is_a_hole_that_is_told_and_the_rest_is_counted(
    rng: random.Random, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    lost, kept = generate(rng, 800, source="urn:test:lost"), generate(rng, 800, source="urn:test:kept")
    sender = send(lost)
    sender.finish()
    ends = sender.acknowledged()
    with admin(ground.kafka) as client:
        client.delete_records({TopicPartition(ground.cases.name, n): end for n, end in ends.items()})
    after = send(kept)
    after.finish()
    slot = make_slot()
    drained(ground, [after], 40, slot.said)
    assert counted(ground, kept)
    with psycopg.connect(ground.database.screens) as db:
        holes = db.execute("SELECT partition, from_offset, to_offset FROM stream_hole ORDER BY 1").fetchall()
    assert holes == [(n, 0, end) for n, end in sorted(ends.items())]
    assert "hole: partition=" in slot.log.read_text()


def test_a_partition_that_ends_before_what_was_taken_stops_the_worker_and_says_why(
    rng: random.Random, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    flow = generate(rng, 500)
    sender = send(flow)
    first = make_slot()
    sender.finish()
    drained(ground, [sender], 40, first.said)
    first.close()
    with ground.superuser() as db:
        db.execute("UPDATE stream_offset SET next = next + 1000 WHERE topic = %s", [ground.cases.name])
        before = ground.next_offsets(db)
        slot = Slot(ground, "worker-2", respawn=False)
        try:
            assert slot.ended(40) not in (0, -signal.SIGKILL)
        finally:
            slot.close()
        assert ground.next_offsets(db) == before
    said = slot.log.read_text()
    assert "were taken from it" in said
    assert ground.cases.name in said


def test_imports_give_way_while_the_live_topic_is_behind_and_then_go_on(
    rng: random.Random, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    live, imported = generate(rng, 10_000, source="urn:test:live"), generate(rng, 10_000, source="urn:test:file")
    senders = [send(live), send(imported, topic=ground.history.name)]
    for sender in senders:
        sender.finish()
    slot = make_slot(live_lag_s=0.5, max_poll_records=50)
    wait_for(lambda: "imports wait" in slot.log.read_text(), 30, slot.said, every=0.01)
    with ground.superuser() as db:
        time.sleep(IN_HAND_S)
        begun = sum(ground.next_offsets(db, ground.history).values())

        def live_is_done() -> int | None:
            moved = sum(ground.next_offsets(db, ground.history).values()) - begun
            return moved if sum(ground.next_offsets(db).values()) == len(live.messages) else None

        moved = wait_for(live_is_done, 60, slot.said, every=0.01)
    assert begun + moved < len(imported.messages) / 2, "the import did not wait"
    assert moved < IN_HAND, slot.said()
    wait_for(lambda: counted(ground, live, imported), 60, slot.said, every=0.2)
    wait_for(lambda: "imports go on" in slot.log.read_text(), 10, slot.said)
    check(ground, live, imported)
