"""Brokers and databases that are killed, or away for a while, change no total. On a durable stack of its own."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
import pytest

from infra.endpoints import own_url
from infra.stack.stack import Stack
from streams.audit.cases import audit
from tests.system.conftest import ground_on, own_stack
from tests.system.flow import Sender, generate
from tests.system.harness import Ground, Slot, wait_for
from tests.system.totals import Sampler, check, drained

AWAY_S = 15.0
BACK_WITHIN_S = 90.0
SIGTERM_S = 5.0


@pytest.fixture(scope="module")
def private() -> Iterator[Stack]:
    with own_stack() as stack:
        yield stack


@pytest.fixture
def ground(private: Stack, tmp_path: Path) -> Ground:
    return ground_on(private, tmp_path)


def kill(stack: Stack, server: str) -> None:
    """kill -9 of the server and all its processes; waits until its supervisor has started it again."""
    pid = wait_for(lambda: pid_of(stack, server), BACK_WITHIN_S)  # psutil takes None for this very process
    parent = psutil.Process(pid)
    for process in (parent, *parent.children(recursive=True)):
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    wait_for(lambda: pid_of(stack, server) not in (None, pid), BACK_WITHIN_S)


def pid_of(stack: Stack, server: str) -> int | None:
    return next((one.pid for one in stack.processes() if one.name == server and one.running), None)


def taken(ground: Ground) -> int | None:
    """How many records the table has taken; ``None`` while the database is away."""
    try:
        with ground.superuser() as db:
            return sum(ground.next_offsets(db).values())
    except psycopg.OperationalError:
        return None


def beats(ground: Ground, since: datetime) -> bool:
    """Whether the worker has said since then that it works and waits for nothing."""
    try:
        with ground.superuser() as db:
            row = db.execute("SELECT beat_at, state, detail FROM heartbeat").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and row[0] > since and row[1:] == ("running", "")


def goes_on(ground: Ground, slot: Slot, by: int) -> None:
    """Waits until the table has moved by so many records since now."""
    before = wait_for(lambda: taken(ground), BACK_WITHIN_S, slot.said, every=0.1)
    wait_for(lambda: (taken(ground) or 0) >= before + by, BACK_WITHIN_S, slot.said, every=0.1)


@pytest.mark.timeout(500)
def test_three_broker_and_three_database_kills_change_no_total(
    rng: random.Random,
    private: Stack,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
) -> None:
    flow = generate(rng, 20_000)
    sender = send(flow, per_s=200)  # on a slow machine too it lasts longer than the kills
    sampler = sample(sender)
    slot = make_slot(max_poll_records=200)
    servers = ["kafka", "postgres"] * 3
    rng.shuffle(servers)
    for server in servers:
        goes_on(ground, slot, rng.randrange(200, 800))
        time.sleep(rng.random() * 0.3)
        assert sender.is_alive(), f"events no longer flow: {sender.failure!r}"
        kill(private, server)
    sender.hurry()
    sender.finish()
    drained(ground, [sender], BACK_WITHIN_S, slot.said)
    sampler.close()
    print(f"killed {servers}, longest silence {sampler.silence():.1f} s, worker ended with {slot.codes}")
    check(ground, flow)
    assert audit(ground.database.streams).ok
    assert "retry: partition=" in slot.log.read_text(), "no database kill was felt"


def test_servers_that_are_away_for_a_while_are_waited_for(
    rng: random.Random,
    private: Stack,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
) -> None:
    flow = generate(rng, 10_000)
    sender = send(flow, per_s=200)  # it lasts longer than both absences
    sampler = sample(sender)
    slot = make_slot()
    goes_on(ground, slot, 200)
    for server in ("postgres", "kafka"):
        with private.supervisor.client() as client:
            client.stop(server)
            time.sleep(AWAY_S)
            client.start(server)
        back = datetime.now(UTC)
        goes_on(ground, slot, 1)
        wait_for(lambda back=back: beats(ground, back), BACK_WITHIN_S, slot.said)  # type: ignore[misc]
        print(f"{server}: works and beats {(datetime.now(UTC) - back).total_seconds():.1f} s after it was started")
        assert sender.is_alive(), f"events no longer flow: {sender.failure!r}"
    sender.hurry()
    sender.finish()
    drained(ground, [sender], BACK_WITHIN_S, slot.said)
    sampler.close()
    assert slot.codes == [], slot.said()
    check(ground, flow)
    assert audit(ground.database.streams).ok


def test_a_worker_ends_within_five_seconds_with_everything_away(
    rng: random.Random,
    private: Stack,
    ground: Ground,
    send: Callable[..., Sender],
) -> None:
    sender = send(generate(rng, 300))
    slot = Slot(ground, respawn=False)
    sender.finish()
    try:
        drained(ground, [sender], BACK_WITHIN_S, slot.said)
        with private.supervisor.client() as client:
            client.stop("kafka")
            client.stop("postgres")
            time.sleep(2)
            assert slot.alive, slot.said()
            began = time.monotonic()
            slot.signal(signal.SIGTERM)
            code = slot.ended(SIGTERM_S)
            print(f"ended {time.monotonic() - began:.2f} s after SIGTERM")
            assert code == 0, slot.said()
            client.start("postgres")
            client.start("kafka")
    finally:
        slot.close()


def test_a_database_that_recovers_for_longer_than_a_start_may_take_is_waited_for(private: Stack) -> None:
    """Reading its log back from an archive that is slow looks like a long recovery after a crash: it answers nobody."""
    home = private.home
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as db:
        db.execute("ALTER SYSTEM SET restore_command = 'sleep 2; false'")
    private.down()
    (home.postgres / "data" / "recovery.signal").touch()
    said: list[str] = []
    began = time.monotonic()
    assert replace(private, ready_s=1.0).up(said.append, owner="stack")
    assert time.monotonic() - began > 3, "it did not recover"
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as db:
        db.execute("ALTER SYSTEM RESET restore_command")
