"""Where the law is silent: rules with two lawful readings, and which cases the other one would judge otherwise. Pure.

Each is a rule of yes and no (docs/rules.md), so an operator may turn it. A case is judged once more only by those that
it met (``Deadlines.silent``), which few cases do.
"""

from collections.abc import Sequence
from dataclasses import replace

from schemas.history import Entry
from schemas.rules.deadline_moves import is_day
from schemas.rules.deadlines import judge
from schemas.rules.in_force import Rules
from schemas.rules.verdicts import Deadlines, Life
from schemas.state import DONE_KINDS

READINGS = (
    "open_request_stops_deadline",
    "extension_after_expiry_moves",
    "apology_in_working_days",
    "day_off_counts_from_next_day",
    "due_on_day_off_moves",
    "supplement_stops_acceptance",
)
MIDNIGHT = "ended_at_midnight"  # no rule: the end counts on the day that begins then; it is 24:00 of the day before


def otherwise(told: Sequence[Entry], life: Life, rules: Rules, found: Deadlines) -> tuple[tuple[str, ...], int | None]:
    """Which readings, taken the other way, would change a verdict, a breach or the deadline of an open case; sorted.
    With the latest moment that was looked at for it."""
    midnight = life.ended_at is not None and is_day(life.ended_at)
    if not found.silent:
        return (MIDNIGHT,) if midnight else (), found.last
    last, names = found.last, [MIDNIGHT] if midnight else []
    for rule in found.silent:
        other = judge(told, life, replace(rules, sets=rules.sets.turned(rule)))
        if _verdict(other, life) != _verdict(found, life):
            names.append(rule)
        if other.last is not None and (last is None or other.last > last):
            last = other.last
    return tuple(sorted(names)), last


def _verdict(found: Deadlines, life: Life) -> tuple[object, ...]:
    late_61 = None
    if life.end_kind in DONE_KINDS and life.ended_at is not None and found.due_61 is not None:
        late_61 = life.ended_at > found.due_61
    runs = (found.due_61, found.due_766) if life.ended_at is None else None
    return late_61, found.late_766, found.ended_766, found.breaches, runs
