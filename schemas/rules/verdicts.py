"""What both clocks say of a case, as values. Pure; how they come to it: :mod:`schemas.rules.deadlines`."""

from typing import NamedTuple

Breach = tuple[str, int]  # (counter, moment)


class Life(NamedTuple):
    """What the fold has found of the case so far. Moments in microseconds."""

    procedure: str
    channel: str
    submitted_at: int | None
    accepted_at: int | None
    ended_at: int | None
    end_kind: str | None


class Move(NamedTuple):
    """What moved a deadline (``why``: docs/rules.md), when, and both as they stood then. ``due_61`` is ``None`` while
    the file is back with the citizen and no deadline runs."""

    why: str
    at: int
    due_61: int | None
    due_766: int | None


class Deadlines(NamedTuple):
    """``due_61``, ``due_766``: the deadline by each reading; where no appointment was given, by the procedure's maximum
    time. ``ended_766``: the end by that reading. ``late_766``: its verdict on an ended case, ``None`` where there is
    none; of one that has not ended only ``True``, where it counts as overdue whatever comes. ``set_at``: when the
    appointment was given that the source gave last. ``last``: the latest moment that any of it looked at. ``silent``:
    rules of :mod:`schemas.rules.readings` that this case met."""

    due_61: int | None = None
    due_766: int | None = None
    ended_766: int | None = None
    late_766: bool | None = None
    requests: int = 0
    breaches: tuple[Breach, ...] = ()
    set_at: int | None = None
    last: int | None = None
    moves: tuple[Move, ...] = ()
    silent: frozenset[str] = frozenset()
