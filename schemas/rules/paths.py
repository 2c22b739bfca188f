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
    """``steps`` in order, from the acceptance to the end. The times are only of a case that has ended, in whole seconds
    worked: of each step, and of the end behind the last. ``since`` (microseconds) is only of an open one: its last
    step, or the acceptance.

    ``loops``: how often it turned back. ``reason``: why it first did.
    """

    steps: tuple[str, ...] | None = None
    office: tuple[int, ...] = ()
    waited: tuple[int, ...] = ()
    since: int | None = None
    loops: int = 0
    reason: str | None = None


NO_PATH = Path()
_HEARD = frozenset(("step", "supplement_requested", "suspended", "chain_step"))


def path(
    told: Sequence[Entry], accepted_at: int | None, ended_at: int | None, held: Sequence[Held], work: WorkTime
) -> Path:
    """From the facts that stand, in order, and from who had the case (:func:`schemas.rules.waiting.holders`). What was
    done before the acceptance took no time.

    A case turns back by a request for supplements, by a step of its chain that comes back or fails, and by a step that
    is done once more where none of these was since.
    """
    if accepted_at is None:
        return NO_PATH
    names, moments = list[str](), [accepted_at]
    done: dict[str, int] = {}  # step → how often the case had turned back by then
    loops, reason = 0, None
    for entry in told:
        kind = entry.kind
        if kind not in _HEARD:
            continue
        if ended_at is not None and entry.time > ended_at:
            break
        why = None
        if kind == "step":
            name = entry.data.name or ""
            names.append(name)
            moments.append(entry.time if entry.time > accepted_at else accepted_at)
            if done.get(name) == loops:
                why = REPEATED
        else:
            why = _turn(entry)
        if why is not None:
            loops += 1
            reason = reason or why
        if kind == "step":
            done[name] = loops
    if ended_at is None:
        return Path(tuple(names), (), (), moments[-1], loops, reason)
    moments.append(ended_at if ended_at > accepted_at else accepted_at)
    office, waited = _times(moments, held, work)
    return Path(tuple(names), office, waited, None, loops, reason)


def _turn(entry: Entry) -> str | None:
    """Why a case turns back by this fact, which is no step."""
    kind, data = entry.kind, entry.data
    if kind == "chain_step":
        return CHAIN if data.state in TURNED else None
    return SUPPLEMENT if kind == "supplement_requested" or data.status == Status.SUPPLEMENT else None


def _times(moments: Sequence[int], held: Sequence[Held], work: WorkTime) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Seconds with the office and with others between each two moments."""
    worked = [work.worked_before(at) for at in moments]
    away = [one for one in held if one.holder != OFFICE]
    if not away:
        office = tuple([(end - start) // SECOND_US for start, end in pairwise(worked)])
        return office, (0,) * len(office)
    others = []
    for start, end in pairwise(moments):
        others.append(
            sum(
                work.time_between(max(start, since), end if until is None else min(end, until))
                for _, since, until in away
            )
        )
    return (
        tuple(
            [(end - start - other) // SECOND_US for (start, end), other in zip(pairwise(worked), others, strict=True)]
        ),
        tuple([other // SECOND_US for other in others]),
    )
