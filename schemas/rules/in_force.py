"""Which rules are in force on a day, and all that a case is judged by as one value. Pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from schemas.province import as_date
from schemas.reference.names import Names
from schemas.reference.reading import Reference
from schemas.reference.rows import Procedure, RuleRow
from schemas.reference.spelling import composed
from schemas.rules.worktime import WorkTime, edges

_MOST_FOUND = 20_000  # procedures × days


class RuleSet(NamedTuple):
    """The rules in force on a day; ``None`` where none is, and then nothing is judged by it. Each is described in
    docs/rules.md with its article; ``next_day_after`` in minutes since midnight."""

    supplement_requests_allowed: int | None = None
    supplement_restarts_deadline: int | None = None
    extensions_allowed: int | None = None
    apology_days_before: int | None = None
    refusal_needs_reason: int | None = None
    next_day_after: int | None = None
    online_acceptance_hours: int | None = None
    supplement_requests_before_overdue: int | None = None
    waiting_is_subtracted: int | None = None
    open_request_is_the_end: int | None = None
    open_request_stops_deadline: int | None = None
    extension_after_expiry_moves: int | None = None
    apology_in_working_days: int | None = None
    day_off_counts_from_next_day: int | None = None
    due_on_day_off_moves: int | None = None
    supplement_stops_acceptance: int | None = None
    supplement_notice_days: int | None = None


class RuleSets:
    """The versions of the rules, by day."""

    def __init__(self, rows: Iterable[RuleRow] = ()) -> None:
        dated = list(rows)
        self._days = sorted(edges(dated))
        self._sets = [RuleSet(), *(_in_force(dated, day) for day in self._days)]
        self._turned: dict[str, RuleSets] = {}

    def turned(self, rule: str) -> "RuleSets":
        """The same with a rule of yes and no the other way round, where it is in force."""
        found = self._turned.get(rule)
        if found is None:
            found = RuleSets()
            found._days = self._days
            for one in self._sets[1:]:
                value = getattr(one, rule)
                found._sets.append(one if value is None else one._replace(**{rule: 1 - value}))
            self._turned[rule] = found
        return found

    def on(self, day: int) -> RuleSet:
        """Those in force on the day (since 1970-01-01 in the province)."""
        return self._sets[bisect_right(self._days, day)]


class Limits:
    """What the catalogue says of procedures, by any way to name one: the maximum time (thời hạn giải quyết) in working
    days, and whether it has a fee (phí, lệ phí)."""

    def __init__(self, named: Iterable[tuple[str, Procedure]] = ()) -> None:
        """``named``: a name and a procedure that it means, within the row's days; a name may mean several."""
        self._rows: defaultdict[str, list[Procedure]] = defaultdict(list)
        self._found: dict[tuple[str, int], Procedure | None] = {}  # asked before: a fold asks of each case
        for name, row in named:
            self._rows[name].append(row)

    @classmethod
    def of(cls, rows: Iterable[Procedure]) -> "Limits":
        return cls((name, row) for row in rows for name in row.aliases)

    def on(self, procedure: str, day: int) -> int | None:
        """The maximum time; ``None`` where it is not known."""
        row = self._row(procedure, day)
        return None if row is None else row.max_working_days

    def fee(self, procedure: str, day: int) -> bool | None:
        """``None`` where it is not known."""
        row = self._row(procedure, day)
        return None if row is None else row.fee

    def _row(self, procedure: str, day: int) -> Procedure | None:
        asked = (procedure, day)
        if asked not in self._found:
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[asked] = self._valid(procedure, day)
        return self._found[asked]

    def _valid(self, procedure: str, day: int) -> Procedure | None:
        """``None`` where the name means no procedure on that day, or more than one."""
        rows = self._rows.get(composed(procedure))
        if not rows:
            return None
        on = as_date(day)
        valid = [row for row in rows if row.valid_on(on)]
        return valid[0] if len({row.code for row in valid}) == 1 else None


@dataclass(frozen=True)
class Rules:
    """All that a case is judged by. ``edition`` names it: the last load of reference data that changed any of it; 0 is
    without reference data, where nothing is judged. ``names``: what units and procedures are called."""

    edition: int = 0
    work: WorkTime = field(default_factory=WorkTime)
    sets: RuleSets = field(default_factory=RuleSets)
    limits: Limits = field(default_factory=Limits)
    names: Names = field(default_factory=Names)

    @classmethod
    def of(cls, reference: Reference) -> "Rules":
        """Those of files instead of tables."""
        return cls(
            edition=1,
            work=WorkTime([p.row for p in reference.calendar], [p.row for p in reference.working_hours]),
            sets=RuleSets(p.row for p in reference.rules),
            limits=Limits.of(p.row for p in reference.procedures),
            names=Names.of(reference),
        )


def _in_force(rows: list[RuleRow], day: int) -> RuleSet:
    on = as_date(day)
    return RuleSet(**{row.rule: row.number for row in rows if row.valid_on(on)})


@cache
def no_rules() -> Rules:
    """Those of a database without reference data."""
    return Rules()
