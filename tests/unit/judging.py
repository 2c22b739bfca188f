"""The packaged rules as a value, and short ways to judge a few entries, for the unit tests of the rules."""

from dataclasses import replace
from functools import cache

from schemas.history import Entry
from schemas.reference.reading import read
from schemas.rules.deadlines import judge
from schemas.rules.in_force import Rules, RuleSets
from schemas.rules.verdicts import Deadlines, Life

ENDS = ("finished", "returned", "stopped", "refused", "withdrawn")


@cache
def packaged() -> Rules:
    return Rules.of(read())


def reading(rule: str, value: str) -> Rules:
    """The packaged rules with one read otherwise."""
    rows = [placed.row for placed in read().rules]
    changed = [row.model_copy(update={"value": value}) if row.rule == rule else row for row in rows]
    return replace(packaged(), sets=RuleSets(changed))


def judged(*entries: Entry, channel: str = "direct", procedure: str = "", rules: Rules | None = None) -> Deadlines:
    """Entries as they stand, in order; the first end among them is the case's."""
    first = {kind: next((e.time for e in entries if e.kind == kind), None) for kind in ("submitted", "accepted")}
    end = next((e for e in entries if e.kind in ENDS), None)
    life = Life(
        procedure, channel, first["submitted"], first["accepted"], end.time if end else None, end.kind if end else None
    )
    return judge(entries, life, rules or packaged())
