"""Which events of a subject its sources had the right to say. Pure: whatever order they came in, the same are outside.

A source of some units only (``granted``, see :mod:`schemas.granted`) touches what belongs to one of them. Whose a
subject is, its *claims* say: the facts that name its unit (a case's acceptance, a task's assignment). A claim without
a limit goes before every limited one. Of limited claims whose grants exclude each other the unit counts that stands in
the subject's own name, else the one that today's fold would *not* take (``contested``): so nobody takes over by saying
it earlier, or later, than the owner did.

Outside is, of an event with a limit: one that names a unit outside it; one that corrects or voids what another source
said, or the whole subject; and one of a subject that belongs to a unit outside it. While a subject has no claim at all,
it is nobody's, and whoever speaks of it is inside.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from schemas.case_code import parse
from schemas.granted import compared, covers
from streams.versions import Entry

E = TypeVar("E", bound=Entry)


class Claim(NamedTuple):
    """A fact that says whose the subject is: ``unit`` is ``None`` where it names none."""

    unit: str | None
    granted: str | None


class Speech(NamedTuple):
    """What an event says, as far as it matters here. ``own``: it amends nothing but what its own source said."""

    granted: str | None
    units: tuple[str, ...]
    own: bool = True


class Apart(NamedTuple, Generic[E]):
    """The events of a subject, in order: those that count, and those outside. ``unit`` is whose the subject is."""

    within: Sequence[E]
    outside: Sequence[E]
    unit: str | None = None


class Keeper(NamedTuple, Generic[E]):
    """What a kind of subjects knows of its entries. ``claims`` are told of the facts that stand of these entries, in
    order; ``plain`` is the entry without its limit."""

    speech: Callable[[E], Speech]
    claims: Callable[[str, Sequence[E]], list[Claim]]
    plain: Callable[[E], E]
    contested: Literal["first", "last"]


def apart(subject: str, entries: Sequence[E], keeper: "Keeper[E]") -> "Apart[E]":
    said = [(entry, keeper.speech(entry)) for entry in entries]
    if all(speech.granted is None for _, speech in said):
        return Apart(entries, ())
    sound = [(entry, speech) for entry, speech in said if _sound(speech)]
    unit = _owner(subject, keeper.claims(subject, [entry for entry, speech in sound if speech.granted is None]), keeper)
    if unit is None:
        unit = _owner(subject, keeper.claims(subject, [entry for entry, _ in sound]), keeper)
    inside = {id(entry) for entry, speech in sound if _inside(speech, unit)}
    within: list[E] = []
    outside: list[E] = []
    named: dict[tuple[str, str], list[E]] = {}
    for entry, speech in said:
        if id(entry) not in inside:
            outside.append(entry)
            continue
        plain = entry if speech.granted is None else keeper.plain(entry)
        versions = named.setdefault((entry.source, entry.id), [])
        if plain not in versions:  # what differs only in its limit is one event
            versions.append(plain)
            within.append(plain)
    return Apart(within, outside, unit)


def _sound(speech: Speech) -> bool:
    granted = speech.granted
    return granted is None or (speech.own and all(covers(granted, unit) for unit in speech.units))


def _inside(speech: Speech, unit: str | None) -> bool:
    return speech.granted is None or unit is None or covers(speech.granted, unit)


def _owner(subject: str, claims: Sequence[Claim], keeper: "Keeper[Any]") -> str | None:
    """The unit; ``""`` where it is said to belong to none, ``None`` where nothing is said."""
    free = [claim.unit or "" for claim in claims if claim.granted is None]
    if free:
        return free[0] if keeper.contested == "last" else free[-1]
    limited = [(claim.unit, claim.granted) for claim in claims if claim.unit and claim.granted]
    if not limited:
        return None
    named = named_in(subject)
    chosen = [one for one in limited if compared(one[0]) in named] or limited
    unit, _ = chosen[-1] if keeper.contested == "last" else chosen[0]
    if keeper.contested == "first":
        return unit
    # Of those that may speak for that unit the first is the one that the fold takes.
    return next(first for first, granted in limited if covers(granted, unit))


def named_in(subject: str) -> frozenset[str]:
    """The units that stand in a subject's own name, to be compared: those of a case's code, the parts of a path."""
    code = parse(subject)
    names = subject.split("/") if code is None else (code.unit, *_other_way(code.unit))
    return frozenset(map(compared, names))


def _other_way(unit: str) -> Iterable[str]:
    """Identifiers run the other way since Quyết định 20/2020/QĐ-TTg: 000.00.19.H19 is H19.19."""
    parts = [part for part in reversed(unit.split(".")) if part.strip("0")]
    return (".".join(parts),)
