"""How true the forecast of the moment at which a limit is reached is, on simulated surges: ``python -m
benchmarks.guard_forecast [FIRST LAST]`` (seeds; 1 to 400 judge, 1001 to 1400 were looked at when it was built).

Each is a working day with its usual curve and one surge: steady, rising, in bursts, or ending and coming again. The
limit lies where the surge reaches it. From half-way between the surge's begin and the moment at which the limit was
reached, every minute's forecast is held against that moment: the error as a share of that time, and whether the
interval holds it.
"""

import sys
from math import exp
from random import Random
from statistics import mean, median

from benchmarks.case_path import report
from infra.simulate.chance import chance
from schemas.rules.worktime import WorkTime
from streams.guard.reach import reach
from streams.guard.usual import DayCounts, Usual

JUDGED_SEEDS = range(1, 401)
DAY = 20_000
HOURS = {8: 14, 9: 17, 10: 15, 11: 6, 13: 12, 14: 14, 15: 12, 16: 8, 19: 1, 20: 1}  # a day's shape, in parts of 100
KINDS = ("steady", "rising", "bursts", "pauses")


def usual_shares(seed: int) -> list[float]:
    known = Usual(WorkTime())
    for day in range(19_700, 19_740):
        hours = {("mot-cua", hour): round(DAY * part / 100) for hour, part in HOURS.items()}
        known.learn(DayCounts(day, {}, {"u": DAY}, {"mot-cua": DAY}, hours))
    return known.shares("", 0)


def poisson(random: Random, mean_: float) -> int:
    """A draw, by a normal one where it is large."""
    if mean_ > 50:
        return max(0, round(random.gauss(mean_, mean_**0.5)))
    below, count, term = random.random(), 0, exp(-mean_)
    while below > term and count < 1_000:
        below -= term
        count += 1
        term *= mean_ / count
    return count


def surge_of(random: Random, kind: str, rate: float, minute: int) -> float:
    if kind == "rising":
        return rate * min(1.0, 0.4 + minute / 60)
    if kind == "bursts":
        return rate * random.choice((0.4, 0.8, 1.2, 1.6))
    if kind == "pauses":
        return rate * (0.3 if minute % 20 >= 16 else 1.15)
    return rate


def forecasts(seed: int, shares: list[float]) -> list[tuple[float, bool]]:
    """Error and whether the interval held, of every minute from half-way on."""
    random = chance(seed, "reach")
    busy, begin = random.uniform(0.8, 1.25), random.randrange(8 * 60 + 15, 15 * 60)
    rate, lasts = random.uniform(25, 150), random.randrange(30, 150)
    kind = KINDS[seed % len(KINDS)]
    counts = []
    for minute in range(1_440):
        usual = DAY * busy * (shares[minute + 1] - shares[minute]) * random.gammavariate(25, 1 / 25)
        extra = surge_of(random, kind, rate, minute - begin) if minute >= begin else 0.0
        counts.append(poisson(random, usual + extra))
    limit = sum(counts[: begin + lasts])
    actual = begin + lasts
    found = []
    for now in range(begin + lasts // 2, actual - 2):
        said = reach(sum(counts[: now + 1]), limit, now, counts[max(now - 59, 0) : now + 1], shares, DAY)
        error = 1.0 if said.at is None else abs(said.at - actual) / lasts
        held = said.soonest is not None and said.soonest <= actual and (said.latest is None or actual <= said.latest)
        found.append((error, held))
    return found


def main() -> None:
    seeds = range(int(sys.argv[1]), int(sys.argv[2]) + 1) if len(sys.argv) > 2 else JUDGED_SEEDS
    shares = usual_shares(0)
    errors: dict[str, list[float]] = {kind: [] for kind in KINDS}
    held: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for seed in seeds:
        for error, inside in forecasts(seed, shares):
            errors[KINDS[seed % len(KINDS)]].append(error)
            held[KINDS[seed % len(KINDS)]].append(inside)
    print(f"{'surge':<10}{'forecasts':>10}{'median':>9}{'within 20 %':>13}{'interval held':>15}")
    for kind in KINDS:
        within = mean(error <= 0.2 for error in errors[kind])
        print(f"{kind:<10}{len(errors[kind]):>10}{median(errors[kind]):>9.1%}{within:>13.1%}{mean(held[kind]):>15.1%}")
    all_errors = [error for found in errors.values() for error in found]
    all_held = [inside for found in held.values() for inside in found]
    report("guard_reach_within_a_fifth", mean(error <= 0.2 for error in all_errors), "share")
    report("guard_reach_interval_held", mean(all_held), "share")


if __name__ == "__main__":
    main()
