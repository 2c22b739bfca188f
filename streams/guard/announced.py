"""Campaigns that were announced: what is expected on top while they run, so that they are no attack. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.lookups import Scope
from streams.guard.rings import DAY_MINUTES, day_of_minute, minute_of_day
from streams.guard.usual import Usual


class Announced(NamedTuple):
    """``unit`` or ``application`` is empty where it is for all of them; minutes since the epoch; ``lookups`` are
    expected a day."""

    name: str
    unit: str
    application: str
    first: int
    last: int
    lookups: int


class Campaigns:
    def __init__(self, rows: Iterable[Announced] = ()) -> None:
        self._rows = tuple(rows)

    def of(self, scope: Scope, key: str, unit: str, application: str, minute: int) -> list[Announced]:
        """Those that run at the minute and have to do with it."""
        return [
            one for one in self._rows if one.first <= minute < one.last and _meets(one, scope, key, unit, application)
        ]

    def between(self, usual: Usual, about: tuple[Scope, str, str, str], first: int, last: int) -> float:
        """Look-ups more than usual from the minute ``first`` up to and without ``last``: each campaign's day is spread
        over that part of the day in which it runs, as look-ups always are."""
        more = 0.0
        for one in self._rows:
            begin, end = max(first, one.first), min(last, one.last)
            if begin < end and _meets(one, *about):
                shares = usual.shares(one.application, usual.off(day_of_minute(begin)))
                at = minute_of_day(begin)
                share = shares[min(at + end - begin, DAY_MINUTES)] - shares[at]
                more += one.lookups * max(share, (end - begin) / DAY_MINUTES)
        return more


def _meets(one: Announced, scope: Scope, key: str, unit: str, application: str) -> bool:
    if scope is Scope.PROVINCE:
        return True
    if scope is Scope.UNIT:
        return one.unit in ("", key)
    if scope is Scope.APPLICATION:
        return one.application in ("", key)
    return one.unit in ("", unit) and one.application in ("", application)
