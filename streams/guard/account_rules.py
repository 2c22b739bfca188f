"""The rules about one account: what of its last minutes is a finding. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, log
from typing import NamedTuple

from schemas.lookup_findings import FindingRule, LookupFinding
from schemas.lookups import Scope, Window
from streams.guard.accounts import MINUTE_US, Watched
from streams.guard.announced import Campaigns
from streams.guard.rings import (
    DAY_MINUTES,
    ERRORS,
    HOUR,
    NOT_FOUND,
    PROVINCE_MINUTES,
    TEN,
    WITHOUT_CASE,
    day_of_minute,
)
from streams.guard.tails import discoveries, poisson_tail, share_tail
from streams.guard.thresholds import GuardThresholds
from streams.guard.usual import Usual

VISIT = 3  # look-ups that one case brings at once: so many are one surprise, not three
DAY_STEP = 1.25  # the whole day is looked at again when it has grown by so much
TOLD_STEP = 2.0
LimitsSet = Mapping[tuple[Scope, str, Window], int]  # key "": all of the scope


@dataclass(frozen=True, slots=True)
class GuardGround:
    """By what is judged. ``peak``: how many times the usual the whole province makes just now, where that is much;
    ``among``: accounts that are active today."""

    usual: Usual
    limits: LimitsSet
    campaigns: Campaigns
    thresholds: GuardThresholds
    peak: float = 1.0
    among: int = 1
    many_new: bool = False

    @property
    def smallest_limit(self) -> float:
        """Of an account."""
        return min((limit for (scope, _, _), limit in self.limits.items() if scope is Scope.ACCOUNT), default=inf)


class Suspected(NamedTuple):
    tail: float
    finding: LookupFinding


def judge(touched: Mapping[str, Watched], ground: GuardGround) -> list[LookupFinding]:
    """What these accounts' last look-ups come to."""
    suspected: dict[int, list[Suspected]] = {}
    found: list[LookupFinding] = []
    least, smallest = min(count for _, count in ground.thresholds.outside), ground.smallest_limit
    for account, one in touched.items():
        ring = one.ring
        few = ring.ten < least and ring.hour < 2 * least and one.streak < ground.thresholds.streak
        if few and max(ring.hour, ring.day) < smallest:
            continue
        for minutes, suspect in _surges(account, one, ground):
            suspected.setdefault(minutes, []).append(suspect)
        found += _others(account, one, ground)
    surges: dict[str, LookupFinding] = {}
    for minutes in sorted(suspected, key=_telling):
        suspects = sorted(suspected[minutes], key=lambda suspect: suspect.tail)
        share = ground.thresholds.false_a_day * minutes / DAY_MINUTES
        number = discoveries([suspect.tail for suspect in suspects], max(ground.among, 1), share)
        for finding in (suspect.finding for suspect in suspects[:number]):
            told = touched[finding.key]  # the day as a whole is no news while what is in it has been told
            told.next_day_check = max(told.next_day_check, round(TOLD_STEP * told.ring.day))
            surges[finding.key] = finding
    return [*surges.values(), *found]


def _telling(minutes: int) -> int:
    """Ten minutes say most to a person; of the others the shorter ones."""
    return 0 if minutes == TEN else -minutes


def surprise(count: int, mean: float, spread: float) -> float:
    """How unlikely so many look-ups are, as a logarithm; they come by visits of a few."""
    return poisson_tail(count // VISIT, max(mean, 1e-3) / VISIT, spread)


def limit_of(limits: LimitsSet, scope: Scope, key: str, window: Window) -> int | None:
    """The one of this very key, else that of all of the scope."""
    own = limits.get((scope, key, window))
    return own if own is not None else limits.get((scope, "", window))


def _surges(account: str, one: Watched, ground: GuardGround) -> Iterator[tuple[int, Suspected]]:
    ring, now = one.ring, one.ring.minute
    for minutes, least, times in ground.thresholds.surge:
        count = ring.ten if minutes == TEN else ring.hour if minutes == HOUR else ring.sum(minutes)
        if count < least:
            continue
        mean, spread = _expected(account, one, ground, now - minutes + 1)
        if count >= times * mean:
            tail = surprise(count, mean, spread)
            yield minutes, Suspected(tail, _finding(FindingRule.SURGE, account, one, minutes, count, mean))
    least, times = ground.thresholds.surge_of_day
    if ring.day >= max(least, one.next_day_check):
        one.next_day_check = round(ring.day * DAY_STEP)
        begin = ring.today * DAY_MINUTES - PROVINCE_MINUTES
        mean, spread = _expected(account, one, ground, begin)
        if ring.day >= times * mean:
            minutes = now - begin + 1
            tail = surprise(ring.day, mean, spread)
            yield DAY_MINUTES, Suspected(tail, _finding(FindingRule.SURGE, account, one, minutes, ring.day, mean))


def _expected(account: str, one: Watched, ground: GuardGround, first: int) -> tuple[float, float]:
    end = one.ring.minute + 1
    usual, application = ground.usual, one.application
    mean, spread = usual.between(Scope.ACCOUNT, account, first, end, application, one.unit)
    more = ground.campaigns.between(usual, (Scope.ACCOUNT, account, one.unit, application), first, end)
    return mean * ground.peak + more, spread


def _others(account: str, one: Watched, ground: GuardGround) -> Iterator[LookupFinding]:
    ring, limits = one.ring, ground.thresholds
    chance = log(limits.false_a_day / (max(ground.among, 1) * 24))
    hour = ring.hour
    yield from _limits(account, one, ground)
    if one.screen:
        yield from _outside(account, one, ground, chance)
    least, share = limits.without_case
    if hour >= least and (count := ring.sum(HOUR, WITHOUT_CASE)) >= share * hour:
        own = ground.usual.without_case(account)
        if share_tail(count, hour, own) < chance and count >= 3 * own * hour:
            yield _finding(FindingRule.WITHOUT_CASE, account, one, HOUR, hour, None)
    least, share = limits.not_found
    if one.streak >= limits.streak:
        yield _finding(FindingRule.GUESSING, account, one, HOUR, hour, None, persons=one.streak)
    elif (
        hour >= least
        and (count := ring.sum(HOUR, NOT_FOUND)) >= share * hour
        and share_tail(count, hour, ground.usual.not_found) < chance
    ):
        yield _finding(FindingRule.GUESSING, account, one, HOUR, hour, None)
    if one.screen and one.switches >= limits.switches and ring.minute - one.switched <= TEN:
        yield _finding(FindingRule.TWO_ADDRESSES, account, one, TEN, ring.ten, None)
    if hour >= limits.wakes and not ground.many_new and ground.usual.days_learned >= limits.known_days:
        yield from _woken(account, one, ground)
    yield from _requests(account, one, limits)


def _outside(account: str, one: Watched, ground: GuardGround, chance: float) -> Iterator[LookupFinding]:
    ring = one.ring
    if not one.screen or ground.usual.worked(ring.minute):
        return
    for minutes, least in ground.thresholds.outside:
        count = ring.ten if minutes == TEN else ring.hour
        if count >= least:
            mean, spread = _expected(account, one, ground, ring.minute - minutes + 1)
            if surprise(count, mean, spread) < chance:
                yield _finding(FindingRule.OUTSIDE_HOURS, account, one, minutes, count, mean)
                return


def _woken(account: str, one: Watched, ground: GuardGround) -> Iterator[LookupFinding]:
    last = ground.usual.last_day(account)
    silent = None if last is None else day_of_minute(one.ring.minute) - last
    if silent is None or silent >= ground.thresholds.silent_days:
        yield _finding(FindingRule.WAKES, account, one, HOUR, one.ring.hour, None, days=silent)


def _limits(account: str, one: Watched, ground: GuardGround) -> Iterator[LookupFinding]:
    if not ground.limits:
        return
    ring = one.ring
    for window, count in ((Window.MINUTE, ring.sum(1)), (Window.HOUR, ring.hour), (Window.DAY, ring.day)):
        limit = limit_of(ground.limits, Scope.ACCOUNT, account, window)
        if limit is not None and count >= limit:
            minutes = {Window.MINUTE: 1, Window.HOUR: HOUR, Window.DAY: DAY_MINUTES}[window]
            yield _finding(FindingRule.LIMIT_REACHED, account, one, minutes, count, None, limit=limit)


def _requests(account: str, one: Watched, limits: GuardThresholds) -> Iterator[LookupFinding]:
    asked = one.requests
    if asked is None:
        return
    times, errors, person = asked.again
    if times >= limits.again and 2 * errors >= times:
        yield _finding(FindingRule.RETRY_STORM, account, one, HOUR, times, None, errors=errors, person=person or None)
    times, person = asked.same
    if times >= limits.same_person:
        yield _finding(FindingRule.SAME_PERSON, account, one, HOUR, times, None, person=person)
    persons, case = asked.many
    if persons >= limits.persons_of_case:
        yield _finding(FindingRule.MANY_PERSONS, account, one, HOUR, one.ring.hour, None, persons=persons, case=case)


def _finding(
    rule: FindingRule,
    account: str,
    one: Watched,
    minutes: int,
    lookups: int,
    usual: float | None,
    *,
    errors: int | None = None,
    persons: int | None = None,
    days: int | None = None,
    limit: int | None = None,
    case: str | None = None,
    person: str | None = None,
) -> LookupFinding:
    ring, within = one.ring, min(minutes, HOUR)
    return LookupFinding(
        rule=rule,
        scope=Scope.ACCOUNT,
        key=account,
        unit=one.unit,
        application=one.application,
        began=ring.begin(within, 0) * MINUTE_US,
        seen=one.time,
        minutes=minutes,
        lookups=lookups,
        usual=usual,
        without_case=ring.sum(within, WITHOUT_CASE),
        not_found=ring.sum(within, NOT_FOUND),
        errors=ring.sum(within, ERRORS) if errors is None else errors,
        persons=persons,
        days=days,
        limit=limit,
        case=case,
        person=person,
        examples=tuple(one.examples or ()),
    )
