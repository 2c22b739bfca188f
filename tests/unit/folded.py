"""Short ways to fold a few entries, for the unit tests of the fold."""

from itertools import permutations
from typing import Any

from schemas.counters import COUNTER
from schemas.history import Entry, EntryData
from schemas.state import CaseState
from streams.folds.cases import contribution, fold, merge
from tests.unit.judging import packaged
from tests.unit.told import SOURCE, SUBJECT, at, entry

DUE = at("2024-02-06T00:00")  # due on 5 February
ACCEPTED = entry("accepted", "2024-01-31T08:00", unit="Trấn Biên", channel="online", procedure="1.1", due=DUE)


def state(*entries: Entry) -> CaseState:
    """Of these events in whatever order they came: all give the same, or this fails."""
    ways = [list(entries), list(entries[::-1])] if len(entries) > 4 else [list(way) for way in permutations(entries)]
    found = set()
    for way in ways:
        history: list[Entry] = []
        for one in way:
            history, added = merge(SUBJECT, history, [one])
            assert added == 1
        found.add(fold(SUBJECT, history, packaged()))
    (only,) = found
    return only


def counts(*entries: Entry) -> dict[str, int]:
    """Counter → amount, over all units and days, of what the events alone say."""
    return {
        counter: amount
        for counter, amount in all_counts(*entries).items()
        if not (COUNTER[counter].judged or COUNTER[counter].scored)
    }


def all_counts(*entries: Entry) -> dict[str, int]:
    """Those that rules and calendar judge too."""
    sums: dict[str, int] = {}
    for _, _, counter, amount in contribution(state(*entries)).rows:
        sums[counter] = sums.get(counter, 0) + amount
    return sums


def corrected(time: str, id: str, replaces: str, kind: str, fact_time: str, **data: Any) -> Entry:
    return entry(
        "corrected", time, id, replaces=(SOURCE, replaces), kind=kind, time=at(fact_time), event=EntryData(**data)
    )


def voided(time: str, id: str, replaces: str | None = None) -> Entry:
    return entry("voided", time, id, replaces=(SOURCE, replaces) if replaces else None)
