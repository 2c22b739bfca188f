"""How good forecasts are on mornings that they have not seen: the WABO log, a simulated span, or any log.

Every forecast is made with what had arrived by its morning, from a model that was fitted with what had arrived by its
cut: the first cut is where a third of the cases have ended, the next ones follow every ``--every`` working days (the
product fits every night). Of a cut nothing later is used, neither for the model nor for the threshold. Prints one JSON
line a value: the error of days against the median of each step; the squared error of the chances, by each reading of
the deadline, against the better of the share of each step and the share of all, and against gradient boosting on the
same mornings; by how many points the chances lie above what came true, with its 95 % interval (forecasts of one case
drawn together); and of the cases open 2 working days before their deadline how many late ones were named, how many of
those named were late, and how many of all.

    python -m benchmarks.forecast [--wabo ../shared/data/wabo_receipt.csv] [--days 92] [--scale 0.1] [--every 5]
    python -m benchmarks.forecast --log FILE.csv --mapping FILE.toml [--promise WORKING_DAYS]
"""

import argparse
from collections import Counter
from itertools import pairwise
from pathlib import Path

from benchmarks import boosting
from benchmarks.case_path import report, say
from benchmarks.forecast_past import SEED, Past, of_log, reference_rules, simulated
from schemas.province import as_date, day_of
from streams.forecast.choose import told
from streams.forecast.readings import ByReading, learn_by
from streams.forecast.score import NamedCases, ToldForecast, named, score
from streams.forecast.seen import AHEAD_DAYS, DueBy, Example, days_before, morning_of
from streams.intake.mapping import load, parse

WABO = Path(__file__).parents[2] / "shared" / "data" / "wabo_receipt.csv"


def cuts(past: Past, every: int) -> list[int]:
    """The days on which a model is fitted: the first where a third of the cases have ended."""
    ends = sorted(state.ended_at for state in past.final.values() if state.ended_at is not None)
    first, last = day_of(ends[len(ends) // 3]) + 1, day_of(past.end)
    days = [day for day in range(first, last + 1) if past.rules.work.is_working(day)]
    return [*days[::every], last + 1]


class Played:
    """What was told on the mornings, and what became of it."""

    def __init__(self) -> None:
        self.told: dict[DueBy, list[ToldForecast]] = {by: [] for by in DueBy}
        self.boosted: dict[DueBy, dict[str, list[float]]] = {by: {of: [] for of in boosting.SETTINGS} for by in DueBy}
        self.ahead: list[NamedCases] = []  # a cut each
        self.shapes: Counter[str] = Counter()
        self.gates: list[tuple[bool, bool, list[ToldForecast]]] = []  # of chances and days, and what they let through

    def play(self, past: Past, day: int, following: int, *, boosted: bool) -> str:
        """From one cut to the next; says what was chosen."""
        at, work = morning_of(day), past.rules.work
        learned = past.mornings(at)
        by_reading = learn_by(learned, at, work)
        if by_reading is None:
            return "too few cases"
        fitted = by_reading.fitted
        self.shapes[str(fitted.trial.shape)] += 1
        mornings = list(past.open_on(day, following))
        for by in DueBy:
            asked = [(subject, one[by]) for subject, one in mornings if by in one and _judged(one[by], past.end)]
            self._tell(by_reading, by, asked)
            if boosted and by_reading.of(by) is not None:
                known = [one[by] for _, one in learned if by in one]
                found = boosting.chances(known, [one for _, one in asked], at)
                for name, chances in found.items():
                    self.boosted[by][name] += chances
        of = [one[DueBy.APPOINTMENT] for _, one in mornings if DueBy.APPOINTMENT in one]
        on_the_day = [one for one in of if day_of(one.at) == days_before(one.seen.due, AHEAD_DAYS, work)]
        listed = ((fitted.model.chance(one.seen), bool(one.late)) for one in on_the_day if _judged(one, past.end))
        self.ahead.append(named(listed, fitted.at_risk))
        return f"{fitted.trial.shape}, at risk from {fitted.at_risk}, late of all {fitted.trial.ahead.base}"

    def _tell(self, by_reading: ByReading, by: DueBy, asked: list[tuple[str, Example]]) -> None:
        fitted = by_reading.of(by)
        if fitted is None:
            return
        here = [told(fitted.model, fitted.baseline, subject, one) for subject, one in asked]
        self.told[by] += here
        if by is DueBy.APPOINTMENT and fitted.tried is not None:
            self.gates.append((fitted.tried.chances_beat, fitted.tried.days_beat, here))


def _judged(one: Example, end: int) -> bool:
    return one.late is not None and one.seen.due <= end


def play_through(name: str, past: Past, every: int, *, boosted: bool = True) -> None:
    days, played = cuts(past, every), Played()
    for day, following in pairwise(days):
        said = played.play(past, day, following, boosted=boosted)
        say(f"{name}: {as_date(day)} {said}")
    result = score(played.told[DueBy.APPOINTMENT])
    if result is None:
        raise SystemExit(f"{name}: nothing to judge")
    report(f"forecast_{name}_cases", result.cases, "cases")
    report(f"forecast_{name}_forecasts", result.forecasts, "forecasts")
    report(f"forecast_{name}_error", result.error, "of the baseline")
    report(f"forecast_{name}_late", 100 * result.late, "%")
    report(f"forecast_{name}_over", result.over, "points")
    report(f"forecast_{name}_over_low", result.low, "points")
    report(f"forecast_{name}_over_high", result.high, "points")
    for by in DueBy:
        _chances(name, by, played)
    bands(name, played.told[DueBy.APPOINTMENT])
    _list(name, past, played, morning_of(days[0]))
    _gates(name, played)
    for shape, times in played.shapes.items():
        say(f"{name}: {times} times {shape}")


def _chances(name: str, by: DueBy, played: Played) -> None:
    found = score(played.told[by])
    if found is None:
        return say(f"{name}: no chances by {by}")
    report(f"forecast_{name}_brier_{by}", found.brier / found.simple_brier, "of the baseline")
    say(f"{name}: by {by}: own {found.brier:.4f}, step {found.by_step:.4f}, share {found.by_share:.4f}")
    for of, chances in played.boosted[by].items():
        if len(chances) == len(played.told[by]):
            squared = sum((chance - one.late) ** 2 for chance, one in zip(chances, played.told[by], strict=True))
            report(f"forecast_{name}_brier_{by}_of_{of}", found.brier * len(chances) / squared, f"of {of}'s")
    return None


def _list(name: str, past: Past, played: Played, first: int) -> None:
    """Whom the list named of those open 2 working days before their deadline, and of all that were late."""
    cuts_with_list = [one for one in played.ahead if one.named]
    whole = (
        NamedCases(*(sum(values) for values in zip(*cuts_with_list, strict=True)))
        if cuts_with_list
        else NamedCases(0, 0, 0, 0)
    )
    say(f"{name}: a list after {len(cuts_with_list)} of {len(played.ahead)} cuts: {whole}")
    late, work = 0, past.rules.work
    for subject in past.subjects:
        state = past.final[subject]
        due, missed = state.due_at, state.due_at is not None and (state.ended_at or past.end) > state.due_at
        late += bool(due and missed and due <= past.end and morning_of(days_before(due, AHEAD_DAYS, work)) >= first)
    report(f"forecast_{name}_late_cases", late, "cases")
    report(f"forecast_{name}_named", 100 * whole.both / late if late else 0.0, "% of the late cases")
    for what, share in (("named_of_open", whole.recall), ("precision", whole.precision), ("base", whole.base)):
        if share is not None:
            report(
                f"forecast_{name}_{what}", 100 * share, "% of those open 2 working days before, while there was a list"
            )


def _gates(name: str, played: Played) -> None:
    """How often a gate was right: it let through what then beat the baseline, and nothing else."""
    right = [0, 0]
    judged = [(chances, days, found) for chances, days, here in played.gates if (found := score(here)) is not None]
    for chances, days, found in judged:
        right[0] += chances == found.chances_beat
        right[1] += days == found.days_beat
    say(f"{name}: the gate of chances right {right[0]} times of {len(judged)}, of days {right[1]}")


def bands(name: str, found: list[ToldForecast]) -> None:
    """Chance and what came true by fifths of the forecasts."""
    ordered = sorted(found, key=lambda one: one.chance)
    size = -(-len(ordered) // 5)
    for number in range(0, len(ordered), size):
        part = ordered[number : number + size]
        chance = 100 * sum(one.chance for one in part) / len(part)
        say(f"{name}: {chance:5.1f} % said, {100 * sum(one.late for one in part) / len(part):5.1f} % late")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wabo", type=Path, default=WABO)
    parser.add_argument("--days", type=int, default=92)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--only", choices=("wabo", "simulated"))
    parser.add_argument("--log", type=Path)
    parser.add_argument("--mapping", default="wabo", help="of --log: one that is shipped, or a file")
    parser.add_argument("--promise", type=int, help="of --log: working days in which every case is promised")
    parser.add_argument("--without-boosting", action="store_true")
    asked = parser.parse_args()
    rules, boosted = reference_rules(), not asked.without_boosting
    if asked.log is not None:
        file = Path(asked.mapping)
        mapping = parse(file.read_text("utf-8"), file.name) if file.exists() else load(asked.mapping)
        past = Past(of_log(asked.log, mapping, asked.promise, rules.work), rules)
        play_through(asked.log.stem, past, asked.every, boosted=boosted)
        return
    if asked.only != "simulated":
        past = Past(of_log(asked.wabo, load("wabo"), None, rules.work), rules)
        play_through("wabo", past, asked.every, boosted=boosted)
    if asked.only != "wabo":
        past = Past(simulated(asked.days, asked.scale, asked.seed), rules)
        play_through("simulated", past, asked.every, boosted=boosted)


if __name__ == "__main__":
    main()
