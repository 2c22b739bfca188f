"""What a drill of the look-ups plays, as attempts in order of time: attacks, and what looks like one and is none. Pure.

Each is a function of its own chance; who draws the unit, the account and the moment decides where it happens. Numbers
are made up but for those of 23/01/2024, of which only the day is known (domain.md 0).
"""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

MINUTE_S = 60


class Attempt(NamedTuple):
    """``at`` in seconds, ``person`` a number below 2**124; ``client`` an address."""

    at: float
    account: str
    unit: str
    application: str
    case: str | None
    person: int
    result: str
    screen: bool
    client: str


class Attacker(NamedTuple):
    account: str
    unit: str
    application: str
    client: str
    screen: bool = True


def surge(random: Random, who: Attacker, begins: float, minutes: int, a_minute: float) -> Iterator[Attempt]:
    """A script on one account: without cases, and nearly half of the numbers are nobody's."""
    for at in _moments(random, begins, minutes, a_minute):
        result = "not_found" if random.random() < 0.45 else "found"
        yield _attempt(at, who, None, random.getrandbits(124), result)


def retry_storm(random: Random, who: Attacker, begins: float, minutes: int, a_minute: float) -> Iterator[Attempt]:
    """A program that asks again what was not answered."""
    person, case = random.getrandbits(124), f"thu-lai-{random.randrange(10_000)}"
    for at in _moments(random, begins, minutes, a_minute):
        yield _attempt(at, who, case, person, "error" if random.random() < 0.95 else "found")


def leaked_at_night(random: Random, who: Attacker, begins: float, minutes: int, a_minute: float) -> Iterator[Attempt]:
    """Somebody else uses an account while its owner sleeps: slowly, with few mistakes."""
    for at in _moments(random, begins, minutes, a_minute):
        case = f"{who.unit}-{random.randrange(500)}" if random.random() < 0.4 else None
        yield _attempt(at, who, case, random.getrandbits(124), "found" if random.random() < 0.93 else "not_found")


def creep(
    random: Random, who: Attacker, opens: float, working_day: int, a_day: int, growth: float
) -> Iterator[Attempt]:
    """Of one working day since it began: what an account does beside its work, more every day. ``growth`` of its usual
    ``a_day`` comes on top each day."""
    extra = round(a_day * growth * (working_day + 1))
    for _ in range(extra):
        at = opens + random.random() * 9 * 60 * MINUTE_S
        yield _attempt(at, who, f"{who.unit}-{random.randrange(9_000)}", random.getrandbits(124), "found")


def with_cases(random: Random, accounts: list[Attacker], opens: float, lookups: int) -> Iterator[Attempt]:
    """Of one working day: many people at work on cases of their own, as in a campaign or at a school year's beginning;
    in any order."""
    for _ in range(lookups):
        who = accounts[int(random.random() * len(accounts))]
        at = opens + random.random() * 9.5 * 60 * MINUTE_S
        case = None if random.random() < 0.08 else f"{who.unit}-{random.randrange(100_000)}"
        yield _attempt(at, who, case, random.getrandbits(124), "found" if random.random() < 0.95 else "not_found")


def _moments(random: Random, begins: float, minutes: int, a_minute: float) -> Iterator[float]:
    at, ends = begins, begins + minutes * MINUTE_S
    while (at := at + random.expovariate(a_minute / MINUTE_S)) < ends:
        yield at


def _attempt(at: float, who: Attacker, case: str | None, person: int, result: str) -> Attempt:
    return Attempt(at, who.account, who.unit, who.application, case, person, result, who.screen, who.client)
