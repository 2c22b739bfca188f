"""Slow creep: a little more every day, so that no day stands out. Pure.

A cumulative sum over an account's working days of how far each lies above what was usual weeks ago, after the whole
province's ups and downs of the day are taken out; it falls back to nothing as long as the days are as they were.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from streams.guard.tails import robust, standing_out
from streams.guard.thresholds import GuardThresholds

BEFORE, FEWEST = 20, 8  # working days that say what was usual; days judged are those after them
JUDGED = 15
LAST = 3
MOST = 3.0  # that one day may add to the sum
PEERS = 5.0  # look-ups a day that the rest of a unit makes, to be compared with
FEW_CREEP, MANY_CREEP = 3, 0.01
SEASON = 1.5  # times the usual: a day on which the whole province is busy says nothing about one account
RISES = 1.2  # the second half of the days over the first
JUMP, LITTLE = 5.0, 10.0  # times the usual; fewer a day than these are as good as these


def _rises(days: Sequence[float]) -> bool:
    """Whether it goes on rising: a season that lifts an account once is none."""
    half = len(days) // 2
    first, second = sum(days[:half]) / half, sum(days[-half:]) / half
    return second >= RISES * max(first, 1.0)


class AccountDays(NamedTuple):
    """Of working days, the earliest first; 0 where it looked nothing up."""

    unit: str
    days: Sequence[int]


class Crept(NamedTuple):
    """``days``: for how many working days it has been rising; ``usual`` and ``now`` a day."""

    days: int
    usual: float
    now: float


def crept(days: Sequence[int], factors: Sequence[float], thresholds: GuardThresholds) -> Crept | None:
    """``days``: an account's counts on working days, the earliest first, at least :data:`FEWEST` before those judged;
    ``factors``: how the whole province did on each, 1 as usual."""
    judged = min(JUDGED, len(days) - FEWEST)
    if judged < LAST:
        return None
    even = [count / max(factor, 0.2) for count, factor in zip(days, factors, strict=True)]
    before = even[-judged - BEFORE : -judged]
    usual, deviation = robust(before)
    noise = max(1.0, deviation / max(usual, 1.0) ** 0.5)  # of a Poisson count it is 1
    total, rising, steps = 0.0, 0, list[float]()
    for count in even[-judged:]:
        if count > JUMP * max(usual, LITTLE):
            continue  # a day that stands out by itself is a surge's or a campaign's
        total = max(0.0, total + min(standing_out(count, usual) / noise, MOST) - thresholds.creep_slack)
        rising = rising + 1 if total else 0
        steps.append(count)
    if rising < thresholds.creep_days or not _rises(steps[-rising:]):
        return None
    now = robust(steps[-LAST:])[0]
    if total < thresholds.creep_sum or now < thresholds.creep_times * usual or now - usual < thresholds.creep_more:
        return None
    return Crept(rising, usual, now)


def of_all(
    by_account: Mapping[str, AccountDays], totals: Sequence[int], thresholds: GuardThresholds
) -> dict[str, Crept]:
    """Those that have crept. Every account's and the province's counts are of the same working days. Where many seem
    to, the province's work has changed, and none is named."""
    kept = [place for place, factor in enumerate(compared(totals)) if factor < SEASON]
    by_account = {key: AccountDays(one.unit, [one.days[n] for n in kept]) for key, one in by_account.items()}
    totals = [totals[place] for place in kept]
    whole, found = compared(totals), dict[str, Crept]()
    units: dict[str, list[int]] = {}
    for one in by_account.values():
        of_unit = units.setdefault(one.unit, [0] * len(totals))
        for place, count in enumerate(one.days):
            of_unit[place] += count
    for account, one in by_account.items():
        if not one.days or one.days[-1] < thresholds.creep_more:
            continue
        others = [whole_ - own for whole_, own in zip(units[one.unit], one.days, strict=True)]
        beside = compared(others) if robust(others)[0] >= PEERS else whole
        crept_ = crept(one.days, [max(pair) for pair in zip(whole, beside, strict=True)], thresholds)
        if crept_ is not None:
            found[account] = crept_
    return found if len(found) <= max(FEW_CREEP, MANY_CREEP * len(by_account)) else {}


def compared(totals: Sequence[int]) -> list[float]:
    """How each day's total compares with the median of all."""
    middle = robust(totals)[0] if totals else 0.0
    return [total / middle if middle else 1.0 for total in totals]
