"""Workers, brokers and databases that are killed change no total: missing 0, counted twice 0."""

import random
import signal
import time
from collections.abc import Callable

import psycopg
import pytest

from tests.system.flow import Sender, generate
from tests.system.harness import Ground, Slot, wait_for
from tests.system.totals import Sampler, check, drained

KILLS = 30
EVENTS = 50_000
SPAN = 200  # small spans, so that the flow lasts for all kills


def lag(ground: Ground, db: psycopg.Connection, sender: Sender) -> int:
    """Records that Kafka has acknowledged and the table has not reached."""
    stands = ground.next_offsets(db)
    return sum(max(0, end - stands.get(partition, 0)) for partition, end in sender.acknowledged().items())


def kill_in_a_span(ground: Ground, db: psycopg.Connection, slot: Slot, sender: Sender) -> int:
    """Kills the slot's worker while a transaction of it is open and there is lag: frozen first, so that both still
    hold when it dies. The lag at that moment."""
    behind = 0

    def in_a_span(pid: int) -> object:
        nonlocal behind
        behind = lag(ground, db, sender)
        return behind > 0 and ground.open_spans(db, pid)

    wait_for(lambda: slot.kill_frozen(in_a_span), 30, slot.said, every=0.003)
    return behind


@pytest.mark.timeout(400)
def test_thirty_kills_of_a_worker_change_no_total(
    rng: random.Random,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
) -> None:
    flow = generate(rng, EVENTS)
    sender = send(flow, per_s=900)
    sampler = sample(sender)
    slot = make_slot(max_poll_records=SPAN)
    behind = []
    with ground.superuser() as db:
        for _ in range(KILLS):
            stood = sum(ground.next_offsets(db).values())
            enough = stood + rng.randrange(1, 8) * SPAN

            def moved(enough: int = enough) -> bool:
                return sum(ground.next_offsets(db).values()) >= enough

            wait_for(moved, 30, slot.said, every=0.005)
            time.sleep(rng.random() * 0.03)
            behind.append(kill_in_a_span(ground, db, slot, sender))
    sender.finish()
    drained(ground, [sender], 60, slot.said)
    sampler.close()
    print(f"lag at the kills {min(behind)}..{max(behind)}, longest silence {sampler.silence():.1f} s")
    check(ground, flow)
    assert slot.codes == [-signal.SIGKILL] * KILLS, slot.said()
