"""From all the events that came for one subject to the facts that stand: duplicates, versions, corrections. Pure.

The same for a case and for every other domain; a *book-keeper* says in which order entries stand, what names a version,
and what an entry says about another one.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

Name = tuple[str, str]  # (source, id)


class Versioned(Protocol):
    """What is read of an entry here: ``time`` in microseconds since the epoch."""

    @property
    def kind(self) -> str: ...
    @property
    def time(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Versioned)
Order = Callable[[E], tuple[Any, ...]]
Digest = Callable[[E], bytes]


class Amendment(NamedTuple):
    """What a correction or a voiding says: the event that it names, and the fact that stands instead, if one does."""

    replaces: Name | None
    stands: Any = None


def merge(held: list[E], new: Sequence[E], order: "Order[E]", digest: "Digest[E]") -> tuple[list[E], int]:
    """``held`` with what it did not hold yet, in order, and how many that were. ``held`` is left alone."""
    names = {(entry.source, entry.id) for entry in held}
    added: list[E] = []
    for entry in new:
        name = (entry.source, entry.id)
        if name not in names:
            names.add(name)
        elif entry in held or entry in added:
            continue
        added.append(entry)
    if not added:
        return held, 0
    merged = [*held, *added]
    if len(names) != len(merged):  # versions of one event may stand at the same place: the digest decides
        merged.sort(key=lambda entry: (order(entry), digest(entry)))
    elif len(added) > 1 or (held and order(added[0]) < order(held[-1])):
        merged.sort(key=order)
    return merged, len(added)


def standing(entries: Sequence[E], order: "Order[E]", digest: "Digest[E]") -> tuple[list[E], list[E]]:
    """One version of each event, the one with the greatest (time, digest), in order; and the ones that lost."""
    winners: dict[Name, E] = {}
    lost = []
    for entry in entries:
        name = (entry.source, entry.id)
        other = winners.get(name)
        if other is None:
            winners[name] = entry
            continue
        loser, winner = sorted((other, entry), key=lambda e: (e.time, digest(e)))
        winners[name] = winner
        lost.append(loser)
    return sorted(winners.values(), key=order), lost


def amended(
    entries: Sequence[E], order: "Order[E]", amendment: Callable[[E], Amendment | None]
) -> tuple[list[E], int | None]:
    """The facts that stand, in order, and when the whole subject was voided.

    An event that a correction or a voiding names is out, whatever becomes of that one (so voiding a correction does
    not bring back what it corrected; another correction does); the last one in order that names it decides: a
    correction stands in its place, unless it is itself named.
    """
    said = [(entry, amendment(entry)) for entry in entries]
    decides = {what.replaces: entry for entry, what in said if what is not None and what.replaces is not None}
    voided_at = None
    told: list[E] = []
    for entry, what in said:
        if (entry.source, entry.id) in decides:
            continue
        if what is None:
            told.append(entry)
        elif what.replaces is None:
            if voided_at is None and what.stands is None:
                voided_at = entry.time
        elif what.stands is not None and decides[what.replaces] is entry:
            told.append(what.stands)
    told.sort(key=order)
    return told, voided_at
