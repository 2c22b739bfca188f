"""The way of a case through its steps: what each of them took, and where it turned back. Pure.

A step is told when it is done, never when it was begun. So what a step took is the time since the one before it (the
first: since the acceptance), and what comes after the last is the end's. Of that, *office* is the time with the unit
itself and *waited* the time with the citizen, another agency or a payment (:mod:`schemas.rules.waiting`); how long a
paper lay before somebody began is not said by any source, and is within *office*.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from schemas.case_data import Status
from schemas.history import Entry
from schemas.rules.waiting import OFFICE, Held
from schemas.rules.worktime import SECOND_US, WorkTime

SUPPLEMENT, CHAIN, REPEATED = "supplement", "chain", "repeated"  # why a case turned back
TURNED = frozenset(("returned", "failed"))


class Path(NamedTuple):
    """``steps`` in order, from the acceptance to the end. The times, in whole seconds worked, have one more where the
    case has ended: of the end. ``since`` (microseconds): the last step, or the acceptance; ``None`` of an ended case.

    ``loops``: how often it turned back. ``reason``: why it first did.
    """

    steps: tuple[str, ...] | None = None
    office: tuple[int, ...] = ()
    waited: tuple[int, ...] = ()
    since: int | None = None
    loops: int = 0
    reason: str | None = None


NO_PATH = Path()


def path(
    told: Sequence[Entry], accepted_at: int | None, ended_at: int | None, held: Sequence[Held], work: WorkTime
) -> Path:
    """From the facts that stand, in order, and from who had the case (:func:`schemas.rules.waiting.holders`)."""
    if accepted_at is None:
        return NO_PATH
    names, moments = list[str](), [accepted_at]
    turns = _Turns()
    for entry in told:
        if ended_at is not None and entry.time > ended_at:
            break
        if entry.kind == "step":
            names.append(entry.data.name or "")
            moments.append(max(entry.time, accepted_at))
        turns.hear(entry)
    since = moments[-1]
    if ended_at is not None:
        moments.append(max(ended_at, accepted_at))
    office, waited = _times(moments, held, work)
    return Path(tuple(names), office, waited, since if ended_at is None else None, turns.count, turns.reason)


class _Turns:
    """Where a case turns back: a request for supplements, a step of its chain that comes back or fails, and a step that
    is done once more where none of these was since."""

    def __init__(self) -> None:
        self.count = 0
        self.reason: str | None = None
        self._done: dict[str, int] = {}  # step → how often the case had turned back by then

    def hear(self, entry: Entry) -> None:
        kind, data = entry.kind, entry.data
        if kind == "supplement_requested" or (kind == "suspended" and data.status == Status.SUPPLEMENT):
            self._turn(SUPPLEMENT)
        elif kind == "chain_step" and data.state in TURNED:
            self._turn(CHAIN)
        elif kind == "step":
            name = data.name or ""
            if self._done.get(name) == self.count:
                self._turn(REPEATED)
            self._done[name] = self.count

    def _turn(self, reason: str) -> None:
        self.count += 1
        self.reason = self.reason or reason


def _times(moments: Sequence[int], held: Sequence[Held], work: WorkTime) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Seconds with the office and with others between each two moments."""
    away = [one for one in held if one.holder != OFFICE]
    office, waited = list[int](), list[int]()
    for start, end in pairwise(moments):
        elsewhere = 0
        for _, since, until in away:
            elsewhere += work.time_between(max(start, since), end if until is None else min(end, until))
        office.append((work.time_between(start, end) - elsewhere) // SECOND_US)
        waited.append(elsewhere // SECOND_US)
    return tuple(office), tuple(waited)
