"""When something is a finding. Chosen on seeds 101 to 110 of benchmarks/guard_scenarios.py and judged on others.

Two conditions everywhere: so unlikely that it is no chance (``unlikely``, shared among all accounts that are active, so
that more accounts make no more false findings), and so many that it matters. None of these is a quota of anybody's.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GuardThresholds:
    false_a_day: float = 0.1  # findings by mere chance that each rule may make in the province
    # look-ups in so many minutes: at least so many, and so many times the usual
    surge: tuple[tuple[int, int, float], ...] = ((1, 10, 6.0), (2, 14, 6.0), (10, 30, 5.0), (60, 100, 4.0))
    surge_of_day: tuple[int, float] = (300, 3.0)
    many: tuple[tuple[int, int, float], ...] = ((10, 150, 3.0), (60, 500, 2.5))  # of unit, application, province
    again: int = 20  # the same request, half of them errors
    without_case: tuple[int, float] = (30, 0.6)  # in an hour, share
    persons_of_case: int = 20
    same_person: int = 30
    streak: int = 10  # not found, one after the other
    not_found: tuple[int, float] = (30, 0.4)
    outside: tuple[tuple[int, int], ...] = ((10, 8), (60, 15))  # minutes, look-ups
    switches: int = 6  # between two addresses, in ten minutes
    silent_days: int = 60
    wakes: int = 30  # in an hour
    known_days: int = 20  # of the past, before which everybody is new
    new_share: float = 0.2  # more new accounts on a day are a change of the province's, no finding
    creep_times: float = 1.5
    creep_more: int = 15  # look-ups a day
    creep_days: int = 5  # since it began to rise
    creep_sum: float = 6.0
    creep_slack: float = 0.6
    quiet_minutes: int = 30  # after which an episode is over
