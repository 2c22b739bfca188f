"""The shapes of a case's entries: what of them says whether anything unusual must be looked for. Most entries of a case
share one of two or three, and most cases have the shapes of another one, so the questions are asked once of shapes
instead of each time of entries. Pure."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from schemas.history import Entry
from schemas.reference.spelling import forms
from schemas.rules.waiting import HANDS_OVER

Shape = tuple[str, str | None, str | None, str | None, str | None, int | None]


class Shapes(NamedTuple):
    """``rows``: kind, unit, name of the step, procedure, limit of the source, and status, as they are written; each
    together once. ``limited``: of some the source has a limit. ``stays``: none can take the case out of the office's
    hands (:func:`schemas.rules.waiting.holders`). ``names``: units and procedures, as
    :func:`schemas.reference.spelling.same` has them, sorted."""

    rows: frozenset[Shape]
    kinds: frozenset[str]
    limited: bool
    stays: bool
    names: tuple[str, ...]


def shapes(entries: Iterable[Entry]) -> Shapes:
    return _of(
        frozenset(
            [
                (entry.kind, data.unit, data.name, data.procedure, data.granted, data.status)
                for entry in entries
                for data in (entry.data,)
            ]
        )
    )


@lru_cache(20_000)
def _of(rows: frozenset[Shape]) -> Shapes:
    kinds = frozenset(kind for kind, *_ in rows)
    return Shapes(
        rows,
        kinds,
        any(limit for *_, limit, _ in rows),
        kinds.isdisjoint(HANDS_OVER) and all(status is None for *_, status in rows),
        forms(name for _, unit, _, procedure, _, _ in rows for name in (unit, procedure)),
    )
