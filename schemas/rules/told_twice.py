"""What is told twice happened once: a request, suspension, extension or hand-over that came by two ways in. Pure.

Two readings of no article (inference, docs/rules.md). *Still so*: a request while one is open, a suspension while the
case rests for the same, an extension to the appointment that the last one gave, a hand-over of a step to where it is.
*The same day by another source*: of one thing a day has as many as the source that tells the most of it.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from schemas.case_data import Status
from schemas.history import Entry, EntryData
from schemas.province import DAY_US, OFFSET_US, day_of
from schemas.state import END_KINDS

ANSWERS = frozenset(("supplement_received", "resumed"))
RETOLD = ANSWERS | {"supplement_requested", "suspended", "extended", "chain_step"}

Key = tuple[object, ...]


def once(told: Sequence[Entry]) -> list[Entry]:
    """The facts that stand, in order, without retellings. Of a retelling stay what the first telling did not say, and
    the appointment, which is always the last one said."""
    case, found = _Standing(), list[Entry]()
    for entry in told:
        place = case.hear(entry, len(found))
        if place is None:
            found.append(entry)
        elif not case.ended:
            case.add(entry.data, place)
            found[place] = replace(found[place], data=_filled(found[place].data, entry.data))
    return found


class _Standing:
    """What is so while the facts are told; places are those in the list without retellings."""

    def __init__(self) -> None:
        self.ended = self._accepted = False
        self._asked: int | None = None
        self._rests: tuple[int, int | None] | None = None  # place, status
        self._paid = -1  # place of the last payment
        self._extended: tuple[int, int] | None = None  # place, appointment
        self._steps: dict[str | None, tuple[int, Key]] = {}
        self._kept: dict[tuple[Key, int], list[int]] = {}  # thing and day → the places of its tellings
        self._said: dict[tuple[Key, int, str], int] = {}  # and source → how often it has told it

    def hear(self, entry: Entry, place: int) -> int | None:
        """The place of what the entry tells again; ``None`` of something new, which will stand at ``place``."""
        kind = entry.kind
        if kind not in RETOLD:
            self.ended = self.ended or kind in END_KINDS
            if kind == "accepted":
                if entry.data.due is not None:
                    self._extended = None
                if not self._accepted:  # only a complete file is accepted: what was asked before is over
                    self._accepted, self._asked = True, None
            elif kind == "paid":
                self._paid = place
                if self._rests is not None and self._rests[1] == Status.PAYMENT:
                    self._rests = None
            return None
        still = self._still(entry)
        day = self._that_day(entry, still)
        if day is None:
            self._now(entry, place)
        return day

    def add(self, again: EntryData, place: int) -> None:
        """What a retelling of what stands at the place says more."""
        if self._rests is not None and self._rests[0] == place and self._rests[1] is None:
            waits_for_paid = again.status == Status.PAYMENT and self._paid > place
            self._rests = None if waits_for_paid else (place, again.status)
        if self._extended is not None and again.due is not None:
            if self._extended[0] == place:
                self._extended = (place, again.due)
            elif self._extended[0] < place:
                self._extended = None

    def _still(self, entry: Entry) -> int | None:
        data = entry.data
        match entry.kind:
            case "supplement_requested":
                return self._asked
            case "suspended" if self._rests is not None:
                place, status = self._rests
                return place if data.status is None or status is None or data.status == status else None
            case "extended" if self._extended is not None and data.due is not None:
                place, due = self._extended
                return place if _one_appointment(due, data.due) else None
            case "chain_step" if data.step in self._steps:
                place, where = self._steps[data.step]
                return place if where == _thing(entry) else None
        return None

    def _that_day(self, entry: Entry, still: int | None) -> int | None:
        thing, day = _thing(entry), day_of(entry.time)
        said = self._said[thing, day, entry.source] = self._said.get((thing, day, entry.source), 0) + 1
        if still is not None:
            return still
        kept = self._kept.setdefault((thing, day), [])
        if entry.kind in ANSWERS:
            if self.ended and entry.data.due is not None:
                return None
            if kept and self._asked is None and self._rests is None:  # nothing is left that it could answer
                return kept[-1]
            return None
        return kept[said - 1] if said <= len(kept) else None

    def _now(self, entry: Entry, place: int) -> None:
        data, thing = entry.data, _thing(entry)
        self._kept.setdefault((thing, day_of(entry.time)), []).append(place)
        match entry.kind:
            case "supplement_requested":
                self._asked = place
            case "suspended":
                self._rests = (place, data.status)
            case "extended" if data.due is not None:
                self._extended = (place, data.due)
            case "chain_step":
                self._steps[data.step] = (place, thing)
            case "supplement_received" | "resumed":
                self._asked = self._rests = None
                if data.due is not None:
                    self._extended = None


def _thing(entry: Entry) -> Key:
    """What two tellings of one thing have in common."""
    kind, data = entry.kind, entry.data
    if kind == "chain_step":
        return (kind, data.step, data.state, data.agency, data.to)
    if kind == "extended":
        return (kind, None if data.due is None else day_of(data.due - 1))
    return (kind, data.status) if kind == "suspended" else (kind,)


def _one_appointment(one: int, other: int) -> bool:
    """The same moment, or a day and an hour of it."""
    if one == other:
        return True
    whole = (one + OFFSET_US) % DAY_US == 0 or (other + OFFSET_US) % DAY_US == 0
    return whole and day_of(one - 1) == day_of(other - 1)


def _filled(first: EntryData, again: EntryData) -> EntryData:
    return replace(
        first,
        due=first.due if again.due is None else again.due,
        status=first.status if first.status is not None else again.status,
        apology=first.apology if first.apology is not None else again.apology,
        apology_at=first.apology_at if first.apology_at is not None else again.apology_at,
    )
