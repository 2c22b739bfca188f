"""When a partition that does not move has stood still too long."""

from streams.partition_lanes import LaneHealth
from streams.watchdog import Stall

TP = ("ioc.cases", 0)
OTHER = ("ioc.cases", 1)


def test_a_partition_that_has_work_and_does_not_move_is_stalled_after_its_time_and_not_before() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 5, 9)
    assert not stall.stalled(60.0, TP, 5, 12)
    assert stall.stalled(60.1, TP, 5, 12)


def test_any_movement_begins_the_time_anew() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 5, 9)
    assert not stall.stalled(59.0, TP, 6, 9)
    assert not stall.stalled(118.0, TP, 6, 9)
    assert stall.stalled(119.1, TP, 6, 9)


def test_a_partition_without_work_never_stalls_and_its_time_begins_with_the_work() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 9, 9)
    assert not stall.stalled(1000.0, TP, 9, 9)
    assert not stall.stalled(1001.0, TP, 9, 10)
    assert stall.stalled(1062.0, TP, 9, 10)


def test_going_back_is_movement_too() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 5, 9)
    assert not stall.stalled(50.0, TP, 3, 9)
    assert not stall.stalled(100.0, TP, 3, 9)


def test_a_work_that_was_done_in_between_is_no_stall() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 5, 9)
    assert not stall.stalled(30.0, TP, 9, 9)
    assert not stall.stalled(70.0, TP, 9, 12)
    assert not stall.stalled(129.0, TP, 9, 12)


def test_partitions_are_judged_apart() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 5, 9)
    assert not stall.stalled(50.0, OTHER, 5, 9)
    assert stall.stalled(61.0, TP, 5, 9)
    assert not stall.stalled(61.0, OTHER, 5, 9)


def test_after_a_dependency_was_away_the_time_begins_anew() -> None:
    stall = Stall(60.0)

    assert not stall.stalled(0.0, TP, 5, 9)
    stall.forgive()
    assert not stall.stalled(100.0, TP, 5, 9)
    assert not stall.stalled(160.0, TP, 5, 9)
    assert stall.stalled(161.0, TP, 5, 9)


def test_a_partition_may_stand_still_while_its_own_span_or_all_wait_or_it_has_nothing_in_hand() -> None:
    health = LaneHealth()
    assert not health.excuses("ioc.cases/0", busy=True, within_s=60)
    assert not health.excuses("ioc.cases/0", busy=False, within_s=60)
    health.fail("ioc.cases/1", "database: OperationalError")
    assert health.excuses("ioc.cases/1", busy=True, within_s=60)
    assert health.excuses("ioc.cases/0", busy=False, within_s=60)
    health.waiting["Kafka"] = "away"
    assert health.excuses("ioc.cases/0", busy=True, within_s=60)


def test_a_partition_that_hangs_beside_others_that_wait_is_not_excused() -> None:
    """It may hold the locks that they wait for."""
    health = LaneHealth()
    health.fail("ioc.cases/1", "database: LockNotAvailable")
    assert not health.excuses("ioc.cases/0", busy=True, within_s=60)
    stall = Stall(60.0)
    for at in (0.0, 5.0):
        stall.stalled(at, ("ioc.cases", 0), 10, 20)
        stall.stalled(at, ("ioc.cases", 1), 10, 20)
    stall.forgive(("ioc.cases", 1))
    assert stall.stalled(70.0, ("ioc.cases", 0), 10, 20)
    assert not stall.stalled(70.0, ("ioc.cases", 1), 10, 20)


def test_a_try_that_hangs_is_excused_only_for_a_while_after_the_one_that_failed() -> None:
    health = LaneHealth()
    health.fail("ioc.cases/1", "database: DeadlockDetected")
    assert health.excuses("ioc.cases/1", busy=True, within_s=60)
    health.failed_at["ioc.cases/1"] -= 61
    assert not health.excuses("ioc.cases/1", busy=True, within_s=60)
