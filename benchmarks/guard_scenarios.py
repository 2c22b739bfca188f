"""What the look-up guard finds, how soon, and what it finds that is nothing: simulated months by seed.

Thresholds were chosen on seeds 101 to 110; 1 to 20 judge them (``python -m benchmarks.guard_scenarios [FIRST LAST]``).
Each month is thirty days behind thirty of ordinary work that the guard has learned from: eight surges, three retry
storms, three leaked accounts at night, a slow creep, an announced campaign and a peak of the whole province. Delays
count from the first look-up of an attack; a finding that is about none is false. Prints a table, then one JSON line a
value.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from statistics import median

from benchmarks.case_path import report
from benchmarks.guard_play import Plan, Planned, ordinary
from infra.simulate.attacks import Attempt
from infra.simulate.calendar import office, reference
from schemas.lookup_findings import FindingRule, LookupFinding
from schemas.lookups import Scope
from schemas.province import day_number
from schemas.rules.worktime import WorkTime
from streams.guard.account_rules import GuardGround
from streams.guard.accounts import SeenLook
from streams.guard.announced import Campaigns
from streams.guard.creep import BEFORE, JUDGED, AccountDays, of_all
from streams.guard.guard import WholeGuard
from streams.guard.thresholds import GuardThresholds
from streams.guard.usual import DayCounts, Usual

JUDGED_SEEDS = range(1, 21)
LEARNED, DAYS = 45, 30
BATCH_S = 5
AFTER_S = 3_600  # what is found so long after an attack is still about it
SOON_S = 120
CREEP_DAYS = 14


@dataclass
class Score:
    delays: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    days: int = 0
    harmless: Counter[str] = field(default_factory=Counter)  # false findings about a campaign or a peak
    told: list[str] = field(default_factory=list)


def month(seed: int, thresholds: GuardThresholds, score: Score, scale: float = 1.0) -> None:
    """One seed's month, into the score."""
    work = WorkTime(placed.row for placed in reference().calendar)
    first = _first_day(seed)
    plan = Plan(seed, first, DAYS)
    usual, history = Usual(work), _History()
    for day in range(first - LEARNED, first):
        history.learn(day, ordinary(seed, day, scale), usual)
    campaigns = Campaigns(plan.campaigns)
    guard = WholeGuard(GuardGround(usual, {}, campaigns, thresholds))
    found: list[LookupFinding] = []
    for day in range(first, first + DAYS):
        looks = sorted([*ordinary(seed, day, scale), *plan.of(day)])
        found += _play(guard, looks)
        history.learn(day, looks, usual)
        found += history.crept(day, thresholds)
    _judge(plan.planned, found, score, seed)
    score.days += DAYS


def _first_day(seed: int) -> int:
    """Months of 2024 and 2026, by seed: all kinds of months, with Tết and without."""
    year_day = day_number(date(2024 if seed % 2 else 2026, 1, 10))
    return year_day + (seed * 37) % 280


def _play(guard: WholeGuard, looks: list[Attempt]) -> Iterator[LookupFinding]:
    number, last_peak = 0, 0
    for slot, batch in groupby(looks, key=lambda one: int(one.at) // BATCH_S):
        seen = []
        for at, account, unit, application, case, person, result, screen, client in batch:
            number += 1
            asked = (account, unit, application, case, f"{person:x}", result, screen, client)
            seen.append(SeenLook(int(at * 1e6), "p", str(number), *asked))
        told = guard.observe(seen)
        yield from (one.finding for one in told if one.fresh)
        if slot * BATCH_S // 300 != last_peak:
            last_peak = slot * BATCH_S // 300
            guard.set_peak()


class _History:
    """Days as the guard learns them, and accounts by working day for the creep."""

    def __init__(self) -> None:
        self._by_account: dict[str, list[int]] = {}
        self._totals: list[int] = []
        self._units: dict[str, str] = {}

    def learn(self, day: int, looks: list[Attempt], usual: Usual) -> None:
        accounts: dict[str, tuple[str, int, int]] = {}
        units, applications, hours = Counter[str](), Counter[str](), Counter[tuple[str, int]]()
        for one in looks:
            _, count, without = accounts.get(one.account, ("", 0, 0))
            self._units[one.account] = one.unit if one.screen else ""
            accounts[one.account] = (one.unit, count + 1, without + (one.case is None))
            units[one.unit] += 1
            applications[one.application] += 1
            hours[one.application, int((one.at + 7 * 3_600) % 86_400) // 3_600] += 1
        without = sum(without for _, _, without in accounts.values())
        lost = sum(one.result == "not_found" for one in looks)
        usual.learn(DayCounts(day, accounts, units, applications, hours, without, lost))
        if office().is_working(day):
            for account in accounts.keys() - self._by_account.keys():
                self._by_account[account] = [0] * len(self._totals)
            for account, days in self._by_account.items():
                days.append(accounts.get(account, ("", 0, 0))[1])
            self._totals.append(len(looks))

    def crept(self, day: int, thresholds: GuardThresholds) -> Iterator[LookupFinding]:
        if not office().is_working(day):
            return
        kept = BEFORE + JUDGED
        recent = {key: AccountDays(self._units[key], days[-kept:]) for key, days in self._by_account.items()}
        for account, crept in of_all(recent, self._totals[-kept:], thresholds).items():
            at = (day + 1) * 86_400_000_000 - 7 * 3_600_000_000
            yield LookupFinding(rule=FindingRule.CREEP, scope=Scope.ACCOUNT, key=account, unit="", application="",
                                began=at, seen=at, minutes=1_440, lookups=round(crept.now),
                                usual=crept.usual)  # fmt: skip


def _judge(planned: list[Planned], found: list[LookupFinding], score: Score, seed: int) -> None:
    first: dict[int, float] = {}
    about: set[tuple[str, str, str, int]] = set()
    for finding in found:
        at = finding.seen / 1e6 + (
            BATCH_S if finding.scope is Scope.ACCOUNT else 60
        )  # a minute is judged when it is over
        places = [
            place
            for place, plan in enumerate(planned)
            if plan.is_attack and plan.begins - 120 <= at <= plan.ends + AFTER_S and finding.key in plan.keys
        ]
        for place in places:
            first[place] = min(first.get(place, at), at)
        if places or (finding.rule is FindingRule.CREEP and _of_creeper(planned, finding)):
            continue
        day = int(at) // 86_400
        if (finding.rule, finding.scope, finding.key, day) in about:
            continue
        about.add((finding.rule, finding.scope, finding.key, day))
        score.false[str(finding.rule)] += 1
        score.told.append(f"{seed} {finding.rule} {finding.scope} {finding.key} {finding.lookups}/{finding.minutes}"
                          f" usual {finding.usual}")  # fmt: skip
        for plan in planned:
            if not plan.is_attack and plan.begins <= at <= plan.ends and (not plan.keys or finding.key in plan.keys):
                score.harmless[plan.name] += 1
    for place, plan in enumerate(planned):
        if not plan.is_attack:
            continue
        if place in first:
            score.delays[plan.name].append(max(first[place] - plan.begins, 0.0))
        else:
            score.missed[plan.name] += 1


def _of_creeper(planned: list[Planned], finding: LookupFinding) -> bool:
    return any(plan.name == "slow-creep" and finding.key in plan.keys for plan in planned)


def main() -> None:
    seeds = range(int(sys.argv[1]), int(sys.argv[2]) + 1) if len(sys.argv) > 2 else JUDGED_SEEDS
    score = Score()
    for seed in seeds:
        month(seed, GuardThresholds(), score)
        print(f"seed {seed} played", file=sys.stderr, flush=True)
    print(f"{'scenario':<18}{'played':>8}{'missed':>8}{'median':>10}{'longest':>10}  in time")
    in_time = whole = 0
    for name in ("surge", "retry-storm", "leaked-at-night", "slow-creep"):
        delays, missed = score.delays[name], score.missed[name]
        unit, most = (86_400, CREEP_DAYS * 86_400) if name == "slow-creep" else (1, SOON_S)
        soon = sum(delay <= most for delay in delays)
        word = "days" if unit > 1 else "s"
        print(f"{name:<18}{len(delays) + missed:>8}{missed:>8}{median(delays) / unit:>8.0f} {word:<4}"
              f"{max(delays) / unit:>5.0f} {word:<4} {soon} of {len(delays) + missed}")  # fmt: skip
        in_time, whole = in_time + soon, whole + len(delays) + missed
    for line in score.told:
        print("false:", line, file=sys.stderr)
    report("guard_found_in_time", in_time / whole, "share")
    report("guard_missed", sum(score.missed.values()), "attacks")
    report("guard_false_a_day", sum(score.false.values()) / score.days, "findings/day")
    report("guard_flagged_campaigns_and_peaks", sum(score.harmless.values()), "findings")


if __name__ == "__main__":
    main()
