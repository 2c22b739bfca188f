"""The accounts that look up, each by what it did in the last hour and today: bounded memory for each. Pure.

Look-ups of one span are taken in the order of their moments, so what is found does not depend on their order within it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from streams.guard.requests import SPAN, Requests
from streams.guard.rings import DAY_MINUTES, ERRORS, NOT_FOUND, TEN, Ring

MINUTE_US = 60_000_000
BUSY = 6  # look-ups in ten minutes, from which on one looks at what is asked for
EXAMPLES = 3
KINDS = {"found": 0, "not_found": NOT_FOUND, "mismatch": 0, "error": ERRORS}
SWEPT_EVERY = 60  # minutes


class SeenLook(NamedTuple):
    """A look-up, as far as the guard looks at it. ``time`` in microseconds; ``screen``: a person made it."""

    time: int
    source: str
    id: str
    account: str
    unit: str
    application: str
    case: str | None
    person: str | None
    result: str
    screen: bool
    client: str | None


class Watched:
    """One account. ``streak``: how many in a row found nobody; ``switches``: between the last two addresses."""

    __slots__ = (
        "application", "client", "examples", "next_day_check", "other", "requests", "ring", "screen", "streak",
        "switched", "switches", "time", "today", "unit",
    )  # fmt: skip

    def __init__(self, minute: int) -> None:
        self.ring = Ring(minute)
        self.unit = self.application = ""
        self.screen = True
        self.streak = 0
        self.client: str | None = None
        self.other: str | None = None
        self.switches, self.switched = 0, minute
        self.requests: Requests | None = None
        self.examples: list[tuple[str, str]] | None = None
        self.next_day_check = 0
        self.today = 0
        self.time = 0

    def take(self, seen: SeenLook, minute: int) -> bool:
        """False where it is too late to be judged by windows."""
        result = seen.result
        ring = self.ring
        if not ring.add(minute, KINDS[result], seen.case is None):
            return False
        self.unit, self.application, self.screen = seen.unit, seen.application, seen.screen
        self.time = max(self.time, seen.time)
        if result == "not_found":
            self.streak += 1
        elif result != "error":
            self.streak = 0
        client = seen.client
        if client is not None and client != self.client:
            self._switch(client, minute)
        if ring.ten >= BUSY or ring.hour >= 3 * BUSY:
            self._look_closer(seen, minute, result == "error")
        return True

    def _switch(self, client: str, minute: int) -> None:
        if client == self.other:
            if minute - self.switched > TEN:
                self.switches = 0
            if not self.switches:
                self.switched = minute
            self.switches += 1
        else:
            self.switches = 0
        self.other, self.client = self.client, client

    def _look_closer(self, seen: SeenLook, minute: int, error: bool) -> None:
        if self.requests is None or minute - self.requests.began >= SPAN:
            self.requests = Requests(minute)
        self.requests.add(seen.case, seen.person, error)
        if self.examples is None:
            self.examples = []
        elif len(self.examples) >= EXAMPLES:
            del self.examples[0]
        self.examples.append((seen.source, seen.id))


class Accounts:
    """At most ``most`` of them: those that were quiet for longest are forgotten first, and begin anew."""

    def __init__(self, most: int = 200_000) -> None:
        self._most = most
        self._watched: dict[str, Watched] = {}
        self._swept = 0
        self.active = 0  # accounts of today
        self._today = 0
        self._first: list[str] = []
        self.late = 0  # look-ups that came too late to be judged by windows

    def __len__(self) -> int:
        return len(self._watched)

    def get(self, account: str) -> Watched | None:
        return self._watched.get(account)

    def take(self, looks: Iterable[SeenLook]) -> dict[str, Watched]:
        """The accounts of these look-ups, which come in order of time."""
        touched: dict[str, Watched] = {}
        watched = self._watched
        minute = 0
        for seen in looks:
            minute = seen.time // MINUTE_US
            account = seen.account
            one = watched.get(account)
            if one is None:
                one = watched[account] = Watched(minute)
            if one.take(seen, minute):
                touched[account] = one
                if one.today != one.ring.today:
                    self._first_today(account, one)
            else:
                self.late += 1
        if minute - self._swept >= SWEPT_EVERY or len(watched) > self._most:
            self._sweep(minute)
        return touched

    def _first_today(self, account: str, one: Watched) -> None:
        one.today, one.next_day_check = one.ring.today, 0
        if one.today > self._today:
            self._today, self.active = one.today, 0
        self.active += one.today == self._today
        self._first.append(account)

    def drain_first(self) -> list[str]:
        """The accounts that were there for the first time today since this was last asked."""
        first, self._first = self._first, []
        return first

    def _sweep(self, minute: int) -> None:
        self._swept = max(self._swept, minute)
        kept = {key: one for key, one in self._watched.items() if minute - one.ring.minute < DAY_MINUTES}
        if len(kept) > self._most:
            latest = sorted(kept, key=lambda key: -kept[key].ring.minute)[: self._most * 3 // 4]
            kept = {key: kept[key] for key in latest}
        self._watched = kept
        for one in kept.values():
            if minute - one.ring.minute >= SPAN:
                one.requests = one.examples = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._watched)
