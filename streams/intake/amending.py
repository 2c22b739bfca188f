"""What an import sends of an event whose name is held already: pure.

A name is ``(source, id)`` within one subject. What a name has stood for is a *line*: the event itself and every
correction that names it, or that names one of these.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from schemas import history
from schemas.domain import Domain
from schemas.history import Entry
from streams import conflicting_versions
from streams.conflicting_versions import Amendment, Name
from streams.entries import subjects
from streams.entries.subjects import Said
from streams.folds.belonging import Keeper, apart
from streams.folds.case_claims import CASES
from streams.folds.case_claims import amendment as of_case
from streams.folds.subject_claims import keeper

E = TypeVar("E", bound=conflicting_versions.Versioned)


class HistoryKind(NamedTuple, Generic[E]):
    """How the histories of one domain are read. ``says``: what an event without a limit says, whatever its name."""

    decode: Callable[[str], list[E]]
    order: "conflicting_versions.Order[E]"
    digest: Callable[[str, E], bytes]
    amendment: Callable[[E], Amendment | None]
    keeper: Keeper[E]
    says: Callable[[E], tuple[Any, ...]]
    unit: Callable[[E], str]


class Sending(StrEnum):
    AS_IT_IS = "as it is"
    NOT = "not"  # a correction has said it
    AS_CORRECTION = "as a correction"


class Dispatch(NamedTuple):
    """``replaces`` is what a correction has to name; its time must be later than ``after`` (microseconds). ``root``:
    under which name the tables hold the event of which this is the last word."""

    sending: Sending
    root: Name = ("", "")
    replaces: Name = ("", "")
    after: int = 0


class SubjectPast(Generic[E]):
    """The history of one subject as an import finds it."""

    def __init__(self, kind: HistoryKind[E], subject: str, entries: Sequence[E]) -> None:
        self._kind, self._subject, self._all = kind, subject, entries
        self._within = apart(subject, entries, kind.keeper).within
        self._of: dict[Name, list[E]] = {}
        for entry in self._within:
            self._of.setdefault((entry.source, entry.id), []).append(entry)

    def versions(self, name: Name) -> Sequence[E]:
        """What is held under the name."""
        return self._of.get(name, ())

    def units(self, source: str, kinds: Collection[str]) -> set[str]:
        """Those that the source's own events of these kinds name."""
        return {self._kind.unit(e) for e in self._within if e.source == source and e.kind in kinds}

    def witnesses(self, entry: E, *, once: bool = False) -> list[E]:
        """Whatever the dispatch of this event may depend on."""
        roots = self._roots(entry, once=once)
        return [e for e in self._all if (e.source, e.id) in roots or self._kind.amendment(e) is not None]

    def without(self, digests: Collection[bytes]) -> "SubjectPast[E]":
        kind, subject = self._kind, self._subject
        return SubjectPast(kind, subject, [entry for entry in self._all if kind.digest(subject, entry) not in digests])

    def dispatch(self, entry: E, *, once: bool = False) -> Dispatch:
        """An event that is not held, or is held as it is, goes as it is; so does one of a name of which nothing stands
        any more, because somebody has voided it. What a correction in its line has said is not said again, so that an
        older file changes nothing; anything else corrects what stands.

        ``once``: its source says one of its kind of a subject. Then one under a new name (another day makes another)
        is the last word on the one that stands; where several stand, nobody knows on which."""
        says, held = self._kind.says(entry), self.versions((entry.source, entry.id))
        roots = self._roots(entry, once=once)
        if not roots or any(self._kind.says(version) == says for version in held):
            return Dispatch(Sending.AS_IT_IS)
        replaced = self._replaced(roots)
        for amended, stands in replaced.values():
            if stands is not None and self._kind.says(stands) == says:
                return Dispatch(Sending.NOT, self._root(replaced, amended))
        winners, _ = conflicting_versions.standing(self._within, self._kind.order, self._digest)
        standing, voided_at = conflicting_versions.amended(winners, self._kind.order, self._kind.amendment)
        heads = [fact for fact in standing if (name := (fact.source, fact.id)) in roots or name in replaced]
        if voided_at is not None or not heads or (len(heads) > 1 and not held):
            return Dispatch(Sending.AS_IT_IS)
        head = (heads[-1].source, heads[-1].id)
        root = self._root(replaced, head)
        if head not in replaced:
            return Dispatch(Sending.AS_CORRECTION, root, head)
        last = next(winner for winner in winners if (winner.source, winner.id) == head)
        return Dispatch(Sending.AS_CORRECTION, root, replaced[head][0], last.time)

    def _roots(self, entry: E, *, once: bool) -> set[Name]:
        name = (entry.source, entry.id)
        if name in self._of:
            return {name}
        if not once:
            return set()
        return {(e.source, e.id) for e in self._within if (e.source, e.kind) == (entry.source, entry.kind)}

    def _replaced(self, roots: set[Name]) -> dict[Name, tuple[Name, E | None]]:
        """Of every correction and voiding in the lines of these: what it names, and the fact that it says."""
        amends = [(entry, what) for entry in self._within if (what := self._kind.amendment(entry)) is not None]
        found: dict[Name, tuple[Name, E | None]] = {}
        grown = -1
        while len(found) > grown:
            grown = len(found)
            for entry, what in amends:
                if what.replaces is not None and (what.replaces in roots or what.replaces in found):
                    found.setdefault((entry.source, entry.id), (what.replaces, what.stands))
        return found

    def _root(self, replaced: Mapping[Name, tuple[Name, E | None]], name: Name) -> Name:
        passed = set[Name]()  # corrections may name each other in a circle
        while name in replaced and name not in passed:
            passed.add(name)
            name = replaced[name][0]
        return name

    def _digest(self, entry: E) -> bytes:
        return self._kind.digest(self._subject, entry)


class _Unit(msgspec.Struct, frozen=True):
    unit: str | None = None


_unit = msgspec.json.Decoder(_Unit)

OF_CASES: HistoryKind[Entry] = HistoryKind(
    history.decode,
    history.order,
    history.digest,
    of_case,
    CASES,
    lambda entry: (entry.kind, entry.time, entry.data),
    lambda entry: entry.data.unit or "",
)


@cache
def of_domain(domain: Domain) -> HistoryKind[Said]:
    return HistoryKind(
        subjects.decode,
        subjects.order_of(domain),
        lambda subject, entry: entry.digest(subject),
        subjects.amendment,
        keeper(domain),
        lambda entry: (entry.kind, entry.time, bytes(entry.data)),
        lambda entry: _unit.decode(entry.data).unit or "",
    )
