"""Finds the columns that are wanted in a file's header."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from schemas.reference.spelling import same as same
from streams.intake.errors import IntakeError

Wanted = Mapping[str, str | None]  # place in the mapping (columns.case) -> heading in the file, or none
Picker = Callable[[Sequence[str]], tuple[str, ...]]


def picker(header: Sequence[str], wanted: Wanted, hint_if_one: str = "") -> tuple[Picker, int]:
    """What takes the wanted columns, in their order, out of a record that has one empty cell more than the header; and
    the header's width. Raises :class:`IntakeError` that names every column that is missing or there twice."""
    names = [same(name.lstrip("\ufeff")) for name in header]
    while names and not names[-1]:
        names.pop()
    faults = []
    for place, column in wanted.items():
        if column is not None and (times := names.count(same(column))) != 1:
            faults.append(f"  {place} = {column!r}: " + ("there twice" if times else "not there"))
    if faults:
        text = "\n".join(["the header does not have the mapping's columns:", *faults])
        raise IntakeError(text + (hint_if_one if len(names) == 1 else ""))
    places: list[Any] = [names.index(same(column)) if column is not None else len(names) for column in wanted.values()]
    get = itemgetter(*places, len(names), len(names))  # at least two, or it would not give a tuple

    def pick(record: Sequence[str]) -> tuple[str, ...]:
        return get(record)[:-2]  # type: ignore[no-any-return]

    return pick, len(names)
