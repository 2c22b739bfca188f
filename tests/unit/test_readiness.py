"""How long a server that starts is waited for."""

from infra.stack.readiness import Patience


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_database_that_recovers_is_waited_for_however_long_it_takes() -> None:
    clock = Clock()
    patience = Patience(90.0, clock)

    for clock.now in range(0, 3_600, 10):
        assert not patience.ended(recovers=True, log_size=7)


def test_a_broker_that_still_writes_its_log_is_at_work() -> None:
    clock = Clock()
    patience = Patience(90.0, clock)

    for clock.now in range(0, 600, 60):
        assert not patience.ended(recovers=False, log_size=clock.now)


def test_a_server_that_is_silent_is_given_up_after_its_time_and_not_before() -> None:
    clock = Clock()
    patience = Patience(90.0, clock)

    assert not patience.ended(recovers=False, log_size=7)
    clock.now = 90.0
    assert not patience.ended(recovers=False, log_size=7)
    clock.now = 90.1
    assert patience.ended(recovers=False, log_size=7)


def test_whoever_waits_is_told_now_and_then() -> None:
    clock = Clock()
    patience = Patience(90.0, clock)

    said = []
    for clock.now in range(40):
        said.append(patience.due())
    assert [waited for waited in said if waited is not None] == [15, 30]
