"""What had arrived by any moment, of a log or a simulated span: for forecasts that may not know more."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from msgspec.structs import replace

from benchmarks.case_path import say
from infra.simulate.play import play
from infra.simulate.run import Plan
from schemas.contracts import CONTRACTS
from schemas.history import Entry
from schemas.province import day_number, day_of, day_start
from schemas.reference.reading import read
from schemas.rules.in_force import Limits, Rules, RuleSets
from schemas.rules.worktime import WorkTime
from schemas.state import CaseState
from schemas.topics import CASES_HISTORY
from streams.entries.cases import entry_of
from streams.folds.cases import fold, merge
from streams.forecast.readings import Mornings
from streams.forecast.seen import DueBy, Example, KnownHistory, examples_by, known, morning_of, seen_at, verdict
from streams.intake import csv_rows
from streams.intake.identity_hashing import Hasher
from streams.intake.log_events import Translator
from streams.intake.mapping import Mapping
from streams.intake.memory import Memory
from streams.intake.rows import Rejection

FIRST = date(2024, 1, 2)
SEED = 6
SECOND_US = 1_000_000
CASES = CONTRACTS["cases"]

Arrived = dict[str, list[tuple[int, Entry]]]  # by case: when it arrived, in microseconds, and what


def reference_rules() -> Rules:
    """Those that come with the project."""
    reference = read()
    work = WorkTime([one.row for one in reference.calendar], [one.row for one in reference.working_hours])
    limits = Limits.of(one.row for one in reference.procedures)
    return Rules(1, work, RuleSets(one.row for one in reference.rules), limits)


def of_log(path: Path, mapping: Mapping, promise: int | None, work: WorkTime) -> Arrived:
    """The log as the product imports it; every event arrives when it happens. ``promise``: the working days in which
    every case is promised, in place of what the log says."""
    found: Arrived = {}
    refused: Counter[str] = Counter()
    hasher = Hasher("none", b"nobody is named here")
    with Memory() as memory, path.open(newline="", encoding="utf-8-sig") as file:
        translator = Translator(mapping, CASES_HISTORY, memory, datetime.now(UTC), hasher)
        for one in translator.events(csv_rows.read(file, mapping)):
            if isinstance(one, Rejection):
                refused[f"{one.field} {one.rule}"] += 1
                continue
            event = CASES.parse(one.value)
            entry = entry_of(event)
            if promise is not None and entry.kind == "accepted":
                due = day_start(work.add_days(day_of(entry.time), promise) + 1)
                entry = replace(entry, data=replace(entry.data, due=due))
            found.setdefault(event.subject, []).append((entry.time, entry))
    for fault, times in refused.items():
        say(f"{path.name}: {times} times {fault}")
    return found


def simulated(days: int, scale: float, seed: int = SEED) -> Arrived:
    """A simulated span of cases with all mistakes, as it would arrive."""
    found: Arrived = {}
    first = day_number(FIRST)
    plan = Plan(seed, first, first + days, scale, topics=("cases",))
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
        self._learned: dict[str, tuple[int, list[Mornings]]] = {}
        self.end = max(times[-1] for times in self._times.values())
        everything = {subject: self.history(subject, self.end) for subject in self._events}
        self.final: dict[str, CaseState] = {subject: fold(subject, had, rules) for subject, had in everything.items()}
        self.subjects = [subject for subject, state in self.final.items() if state.accepted_at is not None]

    def history(self, subject: str, moment: int) -> list[Entry]:
        number = bisect_right(self._times[subject], moment)
        return merge(subject, [], [entry for _, entry in self._events[subject][:number]])[0]

    def mornings(self, until: int) -> list[tuple[str, Mornings]]:
        """All of every case, by what had arrived."""
        found: list[tuple[str, Mornings]] = []
        for subject in self._events:
            number = bisect_right(self._times[subject], until)
            if not number:
                continue
            held = self._learned.get(subject)
            if held is None or held[0] != number:
                made: list[Mornings] = list(examples_by(subject, self.history(subject, until), self.rules, until))
                if made and all(one.ended for one in made[0].values()):
                    self._learned[subject] = (number, made)
            else:
                made = held[1]
            found += [(subject, one) for one in made]
        return found

    def open_on(self, first: int, last: int) -> Iterator[tuple[str, Mornings]]:
        """Of the days from first to before last: what was known of every open case, and what became of it."""
        for subject in self.subjects:
            times = self._times[subject]
            case, had = None, -1
            for day in range(max(first, day_of(times[0])), last):
                at = morning_of(day)
                number = bisect_right(times, at)
                if not number or not self.rules.work.is_working(day):
                    continue
                if number != had:
                    case, had = known(subject, self.history(subject, at), self.rules), number
                if case is None and number == len(times):
                    break
                if case is not None and (found := self._seen(subject, case, at)):
                    yield subject, found

    def _seen(self, subject: str, case: KnownHistory, at: int) -> Mornings:
        final, work, found = self.final[subject], self.rules.work, dict[DueBy, Example]()
        for by in DueBy:
            seen = seen_at(case, at, work, by)
            end = final.ended_766 if by is DueBy.DECISION_766 else final.ended_at
            until = end if end is not None else self.end
            if seen is None or until < at:
                continue
            after, late = work.time_between(at, until), verdict(final, self.end, by)
            found[by] = Example(seen, at, after, until, end is not None, late)
        return found
