"""Units, applications and the whole province by the minute: is there more than usual, and is it only everybody's peak?

A school year's beginning lifts all units at once: the median of the units' ratios says so, and no single script moves
it. Pure.
"""

from collections.abc import Iterable, Iterator
from math import log

from schemas.lookup_findings import FindingRule, LookupFinding
from schemas.lookups import Scope, Window
from streams.guard.account_rules import GuardGround, limit_of, surprise
from streams.guard.accounts import MINUTE_US
from streams.guard.rings import DAY_MINUTES, ERRORS, HOUR, NOT_FOUND, PROVINCE_MINUTES, TEN, WITHOUT_CASE, Ring
from streams.guard.tails import median, share_tail
from streams.guard.usual import Usual

LEAST_EXPECTED = 4.0  # of an hour: a unit with fewer says nothing about a peak
FEWEST_UNITS = 8
MOST_PEAK = 6.0
CASELESS = 0.5  # more than usual, and at least so much of it without a case
Minute = tuple[int, str, str, int, int, int, int]  # minute, unit, application; lookups, without case, not found, errors


class Sums:
    """A ring for every unit and application, and one of the province. Bounded by what the reference knows."""

    def __init__(self) -> None:
        self.rings: dict[tuple[Scope, str], Ring] = {}

    def add(self, minute: int, unit: str, application: str, kind: int, without_case: bool) -> None:
        for key in ((Scope.UNIT, unit), (Scope.APPLICATION, application), (Scope.PROVINCE, "")):
            ring = self.rings.get(key)
            if ring is None:
                ring = self.rings[key] = Ring(minute)
            ring.add(minute, kind, without_case)

    @classmethod
    def of(cls, minute: int, rows: Iterable[Minute], days: Iterable[tuple[str, str, int]]) -> "Sums":
        """Of stored minutes up to this one, and of what today has come to by unit and application."""
        sums, today = cls(), dict[tuple[Scope, str], int]()
        by_key: dict[tuple[Scope, str], list[tuple[int, int, int, int, int]]] = {}
        for at, unit, application, *counts in rows:
            for key in ((Scope.UNIT, unit), (Scope.APPLICATION, application), (Scope.PROVINCE, "")):
                by_key.setdefault(key, []).append((at, *counts))  # type: ignore[arg-type]
        for unit, application, count in days:
            for key in ((Scope.UNIT, unit), (Scope.APPLICATION, application), (Scope.PROVINCE, "")):
                today[key] = today.get(key, 0) + count
        for key in by_key.keys() | today.keys():
            sums.rings[key] = Ring.of(minute, by_key.get(key, ()), today.get(key, 0))
        return sums

    def advance(self, minute: int) -> None:
        for ring in self.rings.values():
            ring.advance(minute)

    def peak(self, usual: Usual, minute: int) -> float:
        """How many times the usual most units make in this hour; at least 1."""
        ratios = []
        for (scope, key), ring in self.rings.items():
            if scope is Scope.UNIT:
                mean = usual.between(Scope.UNIT, key, minute - HOUR + 1, minute + 1).mean
                if mean >= LEAST_EXPECTED:
                    ratios.append(ring.hour / mean)
        if len(ratios) < FEWEST_UNITS:
            return 1.0
        return min(max(median(ratios), 1.0), MOST_PEAK)


def judge_sums(sums: Sums, minute: int, ground: GuardGround) -> Iterator[LookupFinding]:
    """Surges and limits of units, applications and the province at this minute."""
    chance = log(ground.thresholds.false_a_day / (max(len(sums.rings), 1) * DAY_MINUTES))
    for (scope, key), ring in sums.rings.items():
        if ring.minute < minute:
            continue  # it has not grown
        if ground.limits:
            yield from _limits(scope, key, ring, ground)
        for minutes, least, times in ground.thresholds.many:
            count = ring.ten if minutes == TEN else ring.hour
            if count < least:
                continue
            unit, application = (key, "") if scope is Scope.UNIT else ("", key)
            first, about = minute - minutes + 1, (scope, key, unit, application)
            mean, spread = ground.usual.between(scope, key, first, minute + 1, application)
            if mean <= 0.0 and not ground.usual.days_learned:
                continue  # nothing is known yet of units and applications
            mean = mean * ground.peak + ground.campaigns.between(ground.usual, about, first, minute + 1)
            if count < times * mean or surprise(count, mean, spread) >= chance:
                continue
            if _with_cases(ring, minutes, count, ground):
                continue  # many people with cases of their own: a peak, which is no attack
            yield _finding(FindingRule.SURGE, scope, key, ring, minutes, count, mean)
            break


def _with_cases(ring: Ring, minutes: int, count: int, ground: GuardGround) -> bool:
    """Whether what is more than usual names its cases, finds its persons and ends without errors, as work does."""
    without, lost = ring.sum(minutes, WITHOUT_CASE), ring.sum(minutes, NOT_FOUND) + ring.sum(minutes, ERRORS)
    return without < CASELESS * count and share_tail(lost, count, 3 * ground.usual.not_found) > -10.0


def _limits(scope: Scope, key: str, ring: Ring, ground: GuardGround) -> Iterator[LookupFinding]:
    for window, minutes, count in (
        (Window.MINUTE, 1, ring.sum(1)),
        (Window.HOUR, HOUR, ring.hour),
        (Window.DAY, DAY_MINUTES, ring.day),
    ):
        limit = limit_of(ground.limits, scope, key, window)
        if limit is not None and count >= limit:
            yield _finding(FindingRule.LIMIT_REACHED, scope, key, ring, minutes, count, None, limit)


def _finding(
    rule: FindingRule, scope: Scope, key: str, ring: Ring, minutes: int, count: int, usual: float | None,
    limit: int | None = None,
) -> LookupFinding:  # fmt: skip
    within = min(minutes, HOUR)
    begin = ring.today * DAY_MINUTES - PROVINCE_MINUTES if minutes == DAY_MINUTES else ring.begin(within, 0)
    return LookupFinding(
        rule=rule,
        scope=scope,
        key=key,
        unit=key if scope is Scope.UNIT else "",
        application=key if scope is Scope.APPLICATION else "",
        began=begin * MINUTE_US,
        seen=ring.minute * MINUTE_US,
        minutes=minutes,
        lookups=count,
        usual=usual,
        without_case=ring.sum(within, WITHOUT_CASE),
        not_found=ring.sum(within, NOT_FOUND),
        errors=ring.sum(within, ERRORS),
        limit=limit,
    )
