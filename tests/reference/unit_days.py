"""Whose a unit's key was on a day, read from the mapping file row by row: slow, and on its own."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

Amounts = Mapping[tuple[str, date, str], int]  # unit, day, counter


def changes(folder: Path) -> dict[str, list[date]]:
    """The days from which a key is another unit's: others went into it, and it had been one itself."""
    olds: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for path in sorted(folder.glob("unit_mapping*.csv")):
        for row in csv.DictReader(path.read_text("utf-8").splitlines()):
            olds[row["new_code"], date.fromisoformat(row["valid_from"])].add(row["old_code"])
    found: defaultdict[str, list[date]] = defaultdict(list)
    for (key, day), codes in sorted(olds.items()):
        if key in codes and len(codes) > 1:
            found[key].append(day)
    return found


def named(unit: str, day: date, last: date, days: Mapping[str, Iterable[date]]) -> str:
    """The unit of that day, in a row of a period that ends on ``last``."""
    later = [change for change in days.get(unit, ()) if day < change <= last]
    return f"{unit}/{min(later) - timedelta(days=1)}" if later else unit


def by_unit(amounts: Amounts, first: date, last: date, days: Mapping[str, Iterable[date]]) -> dict[str, dict[str, int]]:
    """What was counted in the period, by unit; only what is not zero."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (unit, day, counter), amount in amounts.items():
        if first <= day <= last and amount:
            found[named(unit, day, last, days)][counter] += amount
    return {unit: dict(counts) for unit, counts in found.items()}
