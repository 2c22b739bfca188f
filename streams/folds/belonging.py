"""Which events of a subject its sources had the right to say. Pure: whatever order they came in, the same are outside.

A source of some units only (``granted``, see :mod:`schemas.granted_units`) touches what belongs to one of them. Whose a
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
from schemas.granted_units import compared, covers, globs_of
from schemas.reference.names import NO_NAMES, UNIT, Names
from streams.conflicting_versions import Versioned

E = TypeVar("E", bound=Versioned)


class Claim(NamedTuple):
    """A fact that says whose the subject is: ``unit`` is ``None`` where it names none."""

    unit: str | None
    granted: str | None
    day: int


class Speech(NamedTuple):
    """What an event says, as far as it matters here. ``own``: it amends nothing but what its own source said."""

    granted: str | None
    units: tuple[str, ...]
    own: bool = True
    day: int = 0


class Apart(NamedTuple, Generic[E]):
    """The events of a subject, in order: those that count, and those outside. ``unit`` is whose the subject is."""

    within: Sequence[E]
    outside: Sequence[E]
    unit: str | None = None


class Keeper(NamedTuple, Generic[E]):
    """What a kind of subjects knows of its entries. ``free``: no entry has a limit; ``claims`` are told of the facts
    that stand of these entries, in order; ``plain`` is the entry without its limit."""

    free: Callable[[Sequence[E]], bool]
    speech: Callable[[E], Speech]
    claims: Callable[[str, Sequence[E]], list[Claim]]
    plain: Callable[[E], E]
    contested: Literal["first", "last"]


def apart(subject: str, entries: Sequence[E], keeper: "Keeper[E]", names: Names = NO_NAMES) -> "Apart[E]":
    """``names`` say which unit is meant, however its name was written."""
    if keeper.free(entries):  # as nearly always
        return Apart(entries, ())
    said = [(entry, keeper.speech(entry)) for entry in entries]
    sound = [(entry, speech) for entry, speech in said if _sound(speech, names)]
    unit = _owner(
        subject, keeper.claims(subject, [entry for entry, speech in sound if speech.granted is None]), keeper, names
    )
    if unit is None:
        unit = _owner(subject, keeper.claims(subject, [entry for entry, _ in sound]), keeper, names)
    inside = {id(entry) for entry, speech in sound if _inside(speech, unit, names)}
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


def reaches(granted: str, written: str, day: int, names: Names) -> bool:
    """Whether a grant covers a unit by whatever name on that day: by its key, or by a key that the grant names."""
    if covers(granted, written) or covers(granted, names.unit(written, day)):
        return True
    key = names.unit(written, day)
    return any(names.key(UNIT, glob, day) == key for glob in globs_of(granted))


def _sound(speech: Speech, names: Names) -> bool:
    granted = speech.granted
    if granted is None:
        return True
    return speech.own and all(reaches(granted, unit, speech.day, names) for unit in speech.units)


def _inside(speech: Speech, unit: str | None, names: Names) -> bool:
    if speech.granted is None or unit is None:
        return True
    return bool(unit) and reaches(speech.granted, unit, speech.day, names)


def _owner(subject: str, claims: Sequence[Claim], keeper: "Keeper[Any]", names: Names) -> str | None:
    """The unit's key; ``""`` where it is said to belong to none, ``None`` where nothing is said."""
    claims = [claim._replace(unit=names.unit(claim.unit, claim.day)) if claim.unit else claim for claim in claims]
    free = [claim.unit or "" for claim in claims if claim.granted is None]
    if free:
        return free[0] if keeper.contested == "last" else free[-1]
    limited = [(claim.unit, claim.granted, claim.day) for claim in claims if claim.unit and claim.granted]
    if not limited:
        return None
    chosen = [one for one in limited if compared(one[0]) in named_in(subject, one[2], names)] or limited
    unit, *_ = chosen[-1] if keeper.contested == "last" else chosen[0]
    if keeper.contested == "first":
        return unit
    # Of those that may speak for that unit the first is the one that the fold takes.
    return next((first for first, granted, day in limited if reaches(granted, unit, day, names)), unit)


def named_in(subject: str, day: int, names: Names) -> frozenset[str]:
    """The keys of units that stand in a subject's own name, by whatever names, to be compared: those of a case's code,
    the parts of a path."""
    code = parse(subject)
    written = subject.split("/") if code is None else (code.unit, *_other_way(code.unit))
    return frozenset(compared(names.unit(one, day)) for one in written)


def _other_way(unit: str) -> Iterable[str]:
    """Identifiers run the other way since Quyết định 20/2020/QĐ-TTg: 000.00.19.H19 is H19.19."""
    parts = [part for part in reversed(unit.split(".")) if part.strip("0")]
    return (".".join(parts),)
