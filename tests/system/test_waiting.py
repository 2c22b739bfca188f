"""A worker whose dependencies are away waits and says for what, ends when told to, and ends by itself when it only
seems to work. On a stack of its own, whose servers are stopped."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from infra.kafka.admin import reachable
from infra.stack.stack import Stack
from tests.system.conftest import ground_on, own_stack
from tests.system.flow import Sender, generate
from tests.system.harness import Ground, Slot, wait_for
from tests.system.totals import Sampler, check, drained

SPAN = 200
AWAY_S = 20.0
STOP_WITHIN_S = 5.0
STALL_S = 6.0
WATCHDOG_WITHIN_S = 2 * STALL_S + 20.0  # it looks every five seconds; a failed try before gives it as long again
EX_STALLED = 71


@pytest.fixture(scope="module")
def servers() -> Iterator[Stack]:
    with own_stack(durable=False) as stack:
        yield stack


@pytest.fixture
def ground(servers: Stack, tmp_path: Path) -> Ground:
    return ground_on(servers, tmp_path)


def stands(ground: Ground) -> int:
    """Records in the tables; -1 while the database does not answer."""
    try:
        with ground.superuser() as db:
            return sum(ground.next_offsets(db).values())
    except psycopg.OperationalError:
        return -1


def heartbeat(ground: Ground) -> tuple[str, str]:
    """State and detail, as the screens show them."""
    with ground.superuser() as db:
        row = db.execute("SELECT state, detail FROM heartbeat").fetchone()
    return ("", "") if row is None else row


def waiting_since(ground: Ground) -> datetime | None:
    with ground.superuser() as db:
        row = db.execute("SELECT waiting_since FROM heartbeat").fetchone()
    return None if row is None else row[0]


def test_a_worker_waits_for_a_database_that_is_away_and_goes_on_by_itself(
    rng: random.Random,
    servers: Stack,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
) -> None:
    flow = generate(rng, 8_000)
    sender = send(flow, per_s=300)
    sampler = sample(sender)
    slot = make_slot(max_poll_records=SPAN, stall_s=STALL_S)  # the watchdog is off while it waits, however long
    wait_for(lambda: stands(ground) > 500, 30, slot.said)
    with servers.supervisor.client() as client:
        client.stop("postgres")
        time.sleep(AWAY_S)
        client.start("postgres")
    reached = wait_for(lambda: None if (now := stands(ground)) < 0 else now, 30, slot.said)
    back = time.monotonic()
    wait_for(lambda: stands(ground) > reached, 10, slot.said)
    print(f"went on {time.monotonic() - back:.1f} s after the database was back")
    sender.hurry()
    sender.finish()
    drained(ground, [sender], 60, slot.said)
    sampler.close()
    check(ground, flow)
    assert "retry: partition=" in slot.log.read_text()
    assert slot.codes == [], slot.said()
    wait_for(lambda: heartbeat(ground) == ("running", ""), 10, slot.said)


def test_a_worker_in_mid_work_ends_within_five_seconds_with_both_away(
    rng: random.Random, servers: Stack, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    flow = generate(rng, 8_000)
    sender = send(flow)
    sender.finish()
    slot = make_slot(max_poll_records=50)
    wait_for(lambda: stands(ground) > 200, 30, slot.said)
    with servers.supervisor.client() as client:
        client.stop("postgres")
        assert not slot.codes, "it was to have work left"
        client.stop("kafka")
        slot.signal(signal.SIGTERM)
        told = time.monotonic()
        wait_for(lambda: slot.codes or None, STOP_WITHIN_S, slot.said, every=0.01)
        print(f"ended {time.monotonic() - told:.1f} s after SIGTERM")
        client.start("kafka")
        client.start("postgres")
    wait_for(lambda: stands(ground) >= 0 and reachable(ground.kafka), 60)
    drained(ground, [sender], 60, slot.said)  # it was started again while both were away, and waited
    check(ground, flow)
    assert slot.codes == [0], slot.said()


def test_a_worker_that_starts_without_kafka_says_what_it_waits_for(
    rng: random.Random, servers: Stack, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    flow = generate(rng, 500)
    sender = send(flow)
    sender.finish()
    with servers.supervisor.client() as client:
        client.stop("kafka")
        slot = make_slot()

        def says_so() -> bool:
            state, detail = heartbeat(ground)
            return state == "waiting" and "Kafka" in detail

        wait_for(says_so, 20, slot.said)
        client.start("kafka")
    drained(ground, [sender], 60, slot.said)
    check(ground, flow)
    wait_for(lambda: heartbeat(ground) == ("running", ""), 10, slot.said)
    assert slot.codes == [], slot.said()


def test_a_frozen_kafka_is_said_within_fifteen_seconds_and_all_goes_on_when_it_thaws(
    rng: random.Random, servers: Stack, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    """Frozen, it still takes connections: nothing fails, and nothing is answered."""
    flow = generate(rng, 1_000)
    sender = send(flow, per_s=100)
    slot = make_slot()
    wait_for(lambda: stands(ground) > 100, 60, slot.said)
    pid = next(one.pid for one in servers.processes() if one.name == "kafka")
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        began, frozen_at = time.monotonic(), datetime.now(UTC)
        wait_for(lambda: heartbeat(ground)[0] == "waiting" and "Kafka" in heartbeat(ground)[1], 15, slot.said)
        print(f"said {time.monotonic() - began:.1f} s after it was frozen")
        for _ in range(8):
            time.sleep(1)
            assert heartbeat(ground)[0] == "waiting", "what is away is still away"
        since = waiting_since(ground)
        assert since is not None
        assert frozen_at - timedelta(seconds=4) <= since <= frozen_at + timedelta(seconds=15)
    finally:
        os.kill(pid, signal.SIGCONT)
    sender.finish()
    drained(ground, [sender], 60, slot.said)
    check(ground, flow)
    wait_for(lambda: heartbeat(ground) == ("running", ""), 30, slot.said)
    assert waiting_since(ground) is None


def test_the_watchdog_ends_a_worker_that_stands_still(
    rng: random.Random, ground: Ground, make_slot: Callable[..., Slot], send: Callable[..., Sender]
) -> None:
    """The server's process behind one span is frozen: nothing answers, nothing fails, and the table is behind."""
    flow = generate(rng, 4_000)
    sender = send(flow, per_s=800)
    slot = make_slot(max_poll_records=SPAN, stall_s=STALL_S)
    wait_for(lambda: stands(ground) > 400, 30, slot.said)
    with ground.superuser() as db:

        def writing() -> int | None:
            row = db.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = 'streams' AND state <> 'idle'"
                " AND backend_xid IS NOT NULL AND query NOT LIKE '%%heartbeat%%' LIMIT 1",
                [ground.name],
            ).fetchone()
            return None if row is None else int(row[0])

        backend = wait_for(writing, 20, slot.said, every=0.001)
        os.kill(backend, signal.SIGSTOP)
        try:
            frozen = time.monotonic()
            wait_for(lambda: slot.codes or None, WATCHDOG_WITHIN_S, slot.said)
            print(f"the watchdog took {time.monotonic() - frozen:.1f} s")
        finally:
            os.kill(backend, signal.SIGCONT)
    assert slot.codes[0] == EX_STALLED, slot.said()
    sender.finish()
    drained(ground, [sender], 60, slot.said)
    check(ground, flow)
