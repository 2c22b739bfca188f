"""How good forecasts are on mornings that they have not seen: the WABO log and a simulated span.

Every forecast is made with what had arrived by its morning, from a model that was fitted with what had arrived by its
cut: the first cut is where a third of the cases have ended, the next ones follow every ``--every`` working days (the
product fits every night). Of a cut nothing later is used, neither for the model nor for the threshold. Prints one JSON
line a value: the error against the mean-per-step baseline, by how many points the chances lie above what came true,
with its 95 % interval (forecasts of one case drawn together), and how many late cases were named 2 working days before.

    python -m benchmarks.forecast [--wabo ../shared/data/wabo_receipt.csv] [--days 92] [--scale 0.1] [--every 5]
"""

import argparse
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.case_path import report, say
from infra.simulate.play import play
from infra.simulate.run import Plan
from schemas.contracts import CONTRACTS
from schemas.history import Entry
from schemas.province import as_date, day_number, day_of
from schemas.reference.reading import read
from schemas.rules.sets import Limits, Rules, RuleSets
from schemas.rules.worktime import WorkTime
from schemas.state import CaseState
from schemas.topics import CASES_HISTORY
from streams.entries.cases import entry_of
from streams.folds.cases import fold, merge
from streams.forecast.choose import Fitted, learn, told
from streams.forecast.score import Named, Told, interval, score
from streams.forecast.seen import Example, days_before, examples, known, morning_of, seen_at, verdict
from streams.intake import csv_rows
from streams.intake.log_events import Translator
from streams.intake.mapping import load
from streams.intake.memory import Memory
from streams.intake.persons import Hasher
from streams.intake.rows import Rejection

FIRST = date(2024, 1, 2)
SEED = 6
SECOND_US = 1_000_000
CASES = CONTRACTS["cases"]
AHEAD = 2  # working days
WABO = Path(__file__).parents[2] / "shared" / "data" / "wabo_receipt.csv"

Arrived = dict[str, list[tuple[int, Entry]]]  # by case: when it arrived, in microseconds, and what


def reference_rules() -> Rules:
    """Those that come with the project."""
    reference = read()
    work = WorkTime([one.row for one in reference.calendar], [one.row for one in reference.working_hours])
    limits = Limits.of(one.row for one in reference.procedures)
    return Rules(1, work, RuleSets(one.row for one in reference.rules), limits)


def wabo(path: Path) -> Arrived:
    """The log as the product imports it; every event arrives when it happens."""
    found: Arrived = {}
    mapping, hasher = load("wabo"), Hasher("none", b"nobody is named here")
    with Memory() as memory, path.open(newline="", encoding="utf-8-sig") as file:
        translator = Translator(mapping, CASES_HISTORY, memory, datetime.now(UTC), hasher)
        for one in translator.events(csv_rows.read(file, mapping)):
            if isinstance(one, Rejection):
                raise SystemExit(f"line {one.line}: {one.field} {one.rule}")
            event = CASES.parse(one.value)
            entry = entry_of(event)
            found.setdefault(event.subject, []).append((entry.time, entry))
    return found


def simulated(days: int, scale: float) -> Arrived:
    """A simulated span of cases with all mistakes, as it would arrive."""
    found: Arrived = {}
    first = day_number(FIRST)
    plan = Plan(SEED, first, first + days, scale, topics=("cases",))
    for batch in play(plan.world(), plan.first, plan.last):
        for at, _, value in batch.records:
            event = CASES.parse(value)
            if event.type.startswith("case."):
                found.setdefault(event.subject, []).append((at * SECOND_US, entry_of(event)))
    return found


class Past:
    """What had arrived by any moment."""

    def __init__(self, arrived: Arrived, rules: Rules) -> None:
        self.rules = rules
        self._events = {subject: sorted(events, key=lambda one: one[0]) for subject, events in arrived.items()}
        self._times = {subject: [at for at, _ in events] for subject, events in self._events.items()}
        self._learned: dict[str, tuple[int, list[Example]]] = {}
        self.end = max(times[-1] for times in self._times.values())
        everything = {subject: self.history(subject, self.end) for subject in self._events}
        self.final: dict[str, CaseState] = {subject: fold(subject, had, rules) for subject, had in everything.items()}
        self.subjects = [subject for subject, state in self.final.items() if state.accepted_at is not None]

    def history(self, subject: str, moment: int) -> list[Entry]:
        number = bisect_right(self._times[subject], moment)
        return merge(subject, [], [entry for _, entry in self._events[subject][:number]])[0]

    def mornings(self, until: int) -> list[tuple[str, Example]]:
        """All of every case, by what had arrived."""
        found = []
        for subject in self._events:
            number = bisect_right(self._times[subject], until)
            if not number:
                continue
            held = self._learned.get(subject)
            if held is None or held[0] != number:
                made = list(examples(subject, self.history(subject, until), self.rules, until))
                if made and made[0].ended:
                    self._learned[subject] = (number, made)
            else:
                made = held[1]
            found += [(subject, one) for one in made]
        return found

    def open_on(self, first: int, last: int) -> Iterator[tuple[str, Example]]:
        """Of the days from first to before last: what was known of every open case, and what became of it."""
        work = self.rules.work
        for subject in self.subjects:
            times, final = self._times[subject], self.final[subject]
            case, had = None, -1
            for day in range(max(first, day_of(times[0])), last):
                at = morning_of(day)
                number = bisect_right(times, at)
                if not number or not work.is_working(day):
                    continue
                if number != had:
                    case, had = known(subject, self.history(subject, at), self.rules), number
                if case is None and number == len(times):
                    break
                seen = seen_at(case, at, work) if case is not None else None
                if seen is None:
                    continue
                until = final.ended_at if final.ended_at is not None else self.end
                after = work.time_between(at, until)
                yield subject, Example(seen, at, after, until, final.ended_at is not None, verdict(final, self.end))


def cuts(past: Past, every: int) -> list[int]:
    """The days on which a model is fitted: the first where a third of the cases have ended."""
    ends = sorted(state.ended_at for state in past.final.values() if state.ended_at is not None)
    first, last = day_of(ends[len(ends) // 3]) + 1, day_of(past.end)
    days = [day for day in range(first, last + 1) if past.rules.work.is_working(day)]
    return [*days[::every], last + 1]


def play_through(name: str, past: Past, every: int) -> None:
    days = cuts(past, every)
    work, found, listed = past.rules.work, list[Told](), dict[tuple[str, int], bool]()
    shapes = dict[str, int]()
    for day, following in pairwise(days):
        fitted = learn(past.mornings(morning_of(day)), morning_of(day), work)
        if fitted is None:
            continue
        shape = fitted.model.shape
        shapes[str(shape)] = shapes.get(str(shape), 0) + 1
        for subject, one in past.open_on(day, following):
            on = day_of(one.at)
            if on == days_before(one.seen.due, AHEAD, work):
                listed[subject, on] = at_risk(fitted, one)
            if one.late is not None and one.seen.due <= past.end:
                found.append(told(fitted.model, fitted.baseline, subject, one))
        say(f"{name}: {as_date(day)} {shape}, at risk from {fitted.at_risk}")
    _report(name, found, listed, past, morning_of(days[0]))
    for shape_of, times in shapes.items():
        say(f"{name}: {times} times {shape_of}")


def at_risk(fitted: Fitted, one: Example) -> bool:
    return fitted.at_risk is not None and fitted.model.chance(one.seen) >= fitted.at_risk


def _report(name: str, found: list[Told], listed: dict[tuple[str, int], bool], past: Past, first: int) -> None:
    result = score(found)
    if result is None:
        raise SystemExit(f"{name}: nothing to judge")
    report(f"forecast_{name}_cases", result.cases, "cases")
    report(f"forecast_{name}_forecasts", result.forecasts, "forecasts")
    report(f"forecast_{name}_error", result.error, "of the baseline")
    report(f"forecast_{name}_brier", result.brier / result.simple_brier, "of the baseline")
    report(f"forecast_{name}_late", 100 * result.late, "%")
    report(f"forecast_{name}_over", result.over, "points")
    report(f"forecast_{name}_over_low", result.low, "points")
    report(f"forecast_{name}_over_high", result.high, "points")
    bands(name, found)
    work = past.rules.work
    late, both, given, groups = 0, 0, 0, []
    for subject in past.subjects:
        state = past.final[subject]
        due = state.due_at
        if due is None or verdict(state, past.end) is None or due > past.end:
            continue
        day = days_before(due, AHEAD, work)
        if morning_of(day) < first:
            continue
        named = listed.get((subject, day))
        if verdict(state, past.end):
            late += 1
            given += named is not None
            both += bool(named)
            groups.append((float(bool(named)), 1.0))
    chosen = [subject for (subject, _), named in listed.items() if named]
    judged = [verdict(past.final[subject], past.end) for subject in chosen]
    known_ends = [bool(one) for one in judged if one is not None]
    counts = Named(len(known_ends), late, sum(known_ends))
    report(f"forecast_{name}_late_cases", late, "cases")
    report(f"forecast_{name}_named", 100 * both / late, "% of the late cases")
    low, high = interval(groups, 1)
    say(f"{name}: named {both} of {late} late cases ({100 * low:.0f} to {100 * high:.0f} %), {given} were open then")
    report(f"forecast_{name}_named_of_open", 100 * both / given, "% of those that were open 2 working days before")
    if counts.precision is not None:
        report(f"forecast_{name}_precision", 100 * counts.precision, "% of those named")


def bands(name: str, found: list[Told]) -> None:
    """Chance and what came true by fifths of the forecasts."""
    ordered = sorted(found, key=lambda one: one.chance)
    size = -(-len(ordered) // 5)
    for number in range(0, len(ordered), size):
        part = ordered[number : number + size]
        chance = 100 * sum(one.chance for one in part) / len(part)
        say(f"{name}: {chance:5.1f} % said, {100 * sum(one.late for one in part) / len(part):5.1f} % late")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wabo", type=Path, default=WABO)
    parser.add_argument("--days", type=int, default=92)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--only", choices=("wabo", "simulated"))
    asked = parser.parse_args()
    rules = reference_rules()
    if asked.only != "simulated":
        play_through("wabo", Past(wabo(asked.wabo), rules), asked.every)
    if asked.only != "wabo":
        play_through("simulated", Past(simulated(asked.days, asked.scale), rules), asked.every)


if __name__ == "__main__":
    main()
