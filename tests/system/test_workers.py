"""Workers that come, go, freeze, wake up again or die at a named point: exactly once all the same."""

import random
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from streams.crash import POINTS
from tests.system.flow import Sender, generate
from tests.system.harness import SESSION_S, Ground, Slot, wait_for
from tests.system.totals import Sampler, check, drained

SPAN = 200
SUPERSEDED_WITHIN_S = 20.0


@pytest.fixture
def moved(ground: Ground) -> Iterator[Callable[[int], Callable[[], bool]]]:
    """``moved(n)()``: whether the table has gone on by n records since it was called."""
    with ground.superuser() as db:

        def since_now(by: int) -> Callable[[], bool]:
            enough = sum(ground.next_offsets(db).values()) + by
            return lambda: sum(ground.next_offsets(db).values()) >= enough

        yield since_now


def test_workers_that_join_and_leave_change_no_total(
    rng: random.Random,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
    moved: Callable[[int], Callable[[], bool]],
) -> None:
    flow = generate(rng, 20_000)
    sender = send(flow, per_s=900)
    sampler = sample(sender)
    first = make_slot(max_poll_records=SPAN)
    wait_for(moved(1), 30, first.said)
    second = make_slot("worker-2", max_poll_records=SPAN)
    for _ in range(3):
        wait_for(moved(600), 40, second.said)
        time.sleep(rng.random())
        rng.choice((first, second)).signal(signal.SIGTERM)  # it leaves in order, and comes back
    wait_for(moved(600), 40, first.said)
    second.close()  # for good: after its session the first takes everything over
    sender.finish()
    drained(ground, [sender], 60, first.said)
    sampler.close()
    print(f"longest silence {sampler.silence():.1f} s")
    check(ground, flow)


def test_a_frozen_worker_that_wakes_up_when_another_has_taken_over_changes_no_total(
    rng: random.Random,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
    moved: Callable[[int], Callable[[], bool]],
) -> None:
    flow = generate(rng, 15_000)
    sender = send(flow, per_s=800)
    sampler = sample(sender)
    frozen = make_slot(max_poll_records=SPAN)
    wait_for(moved(400), 30, frozen.said)
    other = make_slot("worker-2", max_poll_records=SPAN)
    wait_for(moved(1500), 40, other.said)
    frozen.signal(signal.SIGSTOP)
    time.sleep(SESSION_S + 2)
    with ground.superuser() as db:
        before = ground.next_offsets(db)

        def all_move() -> bool:
            return all(end > before[partition] for partition, end in ground.next_offsets(db).items())

        wait_for(all_move, 30, other.said)
    frozen.signal(signal.SIGCONT)
    sender.finish()
    drained(ground, [sender], 60, other.said)
    sampler.close()
    check(ground, flow)


def test_a_frozen_worker_whose_place_was_taken_ends_when_it_wakes_up(
    rng: random.Random,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
    moved: Callable[[int], Callable[[], bool]],
) -> None:
    flow = generate(rng, 8_000)
    sender = send(flow, per_s=600)
    sampler = sample(sender)
    zombie = Slot(ground, settings={"IOC_MAX_POLL_RECORDS": SPAN}, respawn=False)
    try:
        wait_for(moved(400), 30, zombie.said)
        zombie.signal(signal.SIGSTOP)
        successor = make_slot(max_poll_records=SPAN)  # the same slot: the same id in the consumer group
        wait_for(moved(1000), 40, successor.said)
        zombie.signal(signal.SIGCONT)
        assert zombie.ended(SUPERSEDED_WITHIN_S) != 0
        sender.finish()
        drained(ground, [sender], 60, successor.said)
        assert successor.codes == [], successor.said()
    finally:
        zombie.close()
    sampler.close()
    check(ground, flow)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_at_a_named_point_changes_no_total(
    rng: random.Random,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    point: str,
) -> None:
    flow = generate(rng, 1_500)
    sender = send(flow)
    sender.finish()
    slot = make_slot(first={"IOC_CRASH_AT": f"{point}:2"}, max_poll_records=100)
    drained(ground, [sender], 60, slot.said)
    assert slot.codes == [-signal.SIGKILL], slot.said()
    check(ground, flow)
