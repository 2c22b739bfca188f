"""Targets of the online share (tỷ lệ nộp trực tuyến) and the straight paths to them. Pure; shares are exact, 0 to 1."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class ServiceTarget:
    """What is to be reached by ``due``, on a straight path from ``start`` on ``first``. ``start`` is ``None`` where it
    is neither set nor measured: then there is no path, only the target."""

    number: int  # of the service; 0: each without a target of its own
    unit: str | None
    start: Fraction | None
    goal: Fraction
    first: date
    due: date
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Where a share stands against its target on a day. ``expected`` is the path's; the rest is ``None`` without a path
    or without a case. ``missing``: how many of the cases received would have had to come online besides.
    ``to_come``: how many cases to come must all be online until the path is reached; ``None`` where no number is
    enough, since the path asks for every case."""

    target: ServiceTarget
    expected: Fraction | None
    behind: bool | None
    missing: int | None
    to_come: int | None


def expected(target: ServiceTarget, day: date) -> Fraction | None:
    """The path's share on this day: ``start`` until it begins, the goal from ``due`` on. From a start above the goal no
    path falls: the goal is to be kept."""
    if target.start is None:
        return None
    if target.start >= target.goal or day >= target.due:
        return target.goal
    gone = max((day - target.first).days, 0)
    return target.start + (target.goal - target.start) * gone / (target.due - target.first).days


def standing(target: ServiceTarget, received: int, online: int, day: date) -> TargetStanding:
    """How ``online`` of ``received`` cases stand on this day."""
    share = expected(target, day)
    if share is None or received == 0:
        return TargetStanding(target, share, None, None, None)
    short = share * received - online
    if short <= 0:
        return TargetStanding(target, share, behind=False, missing=0, to_come=0)
    to_come = ceil(short / (1 - share)) if share < 1 else None
    return TargetStanding(target, share, behind=True, missing=ceil(short), to_come=to_come)


def chosen(targets: Iterable[ServiceTarget], number: int, unit: str | None = None) -> ServiceTarget | None:
    """The nearest: the service's for this unit, the service's, that of every service for this unit, that of every."""
    known = {(target.number, target.unit): target for target in targets}
    places = [(number, unit), (number, None), (0, unit), (0, None)]
    return next((known[place] for place in places if place in known), None)
