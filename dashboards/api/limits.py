"""How much one asker may ask, and one address: 429 with the rule's name, and after how long it is asked again.

What is kept already costs next to nothing, so of that only the number of requests counts. What the database is asked
for counts by its time, so whoever asks the most expensive question without pause is soon where he takes no more of it
than his share.
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from time import monotonic

from fastapi import Response

from dashboards.access.asker import Asker, AskerKind
from dashboards.api.buckets import Buckets
from dashboards.api.problems import Violation, problem
from dashboards.api.settings import ApiSettings

_OF_ROWS = re.compile(r"/(?:cases|subjects)(?:/|$)")
_FROM, _TO = (re.compile(rf"(?:^|&){name}=(\d{{4}}-\d\d-\d\d)(?:&|$)") for name in ("from", "to"))
REST = 10.0  # seconds' worth of requests that may be had at once after a rest
DATABASE_REST = 10.0  # and of the database's time
PACED = 5.0  # seconds that a question waits for its asker's share to come in; who owes more is refused
SOON = 1.0  # seconds after which one of several questions at once may have ended


class LimitRule(StrEnum):
    """The rules, by the name that an answer and docs/api.md have."""

    REQUESTS = "requests"
    ROWS = "rows"
    TIME_RANGE = "time_range"
    DATABASE_TIME = "database_time"
    AT_ONCE = "at_once"


WORDS = {
    LimitRule.REQUESTS: "Too many requests a second.",
    LimitRule.ROWS: "Too many rows of cases and subjects a minute.",
    LimitRule.TIME_RANGE: "Too many questions of long times a minute.",
    LimitRule.DATABASE_TIME: "Its questions have taken more of the database's time than its share.",
    LimitRule.AT_ONCE: "Too many questions at once.",
}


class AskerLimits:
    """One for the process. An address has ``api_address_times`` what one key or user has: several ask from one."""

    def __init__(self, settings: ApiSettings) -> None:
        self._times, self._long_days = settings.api_address_times, settings.api_long_days
        self._at_once = settings.api_at_once
        per_s, rows, long = settings.api_requests_per_s, settings.api_rows_per_minute, settings.api_long_per_minute
        share = settings.api_database_share
        self._buckets = {
            LimitRule.REQUESTS: _pair(per_s, per_s * REST, self._times),
            LimitRule.ROWS: _pair(rows / 60, rows, self._times),
            LimitRule.TIME_RANGE: _pair(long / 60, long, self._times),
            LimitRule.DATABASE_TIME: _pair(share, share * DATABASE_REST, self._times),
        }
        self._asking: Counter[Hashable] = Counter()

    def request(self, asker: Asker, path: str) -> Response | None:
        """Counted, or why it is refused."""
        rows = _OF_ROWS.search(path) is not None
        if (found := self._wait(LimitRule.REQUESTS, asker, 1)) or (
            rows and (found := self._wait(LimitRule.ROWS, asker))
        ):
            return found
        self._take(LimitRule.REQUESTS, asker, 1)
        return None

    def handed(self, asker: Asker, rows: int) -> None:
        self._take(LimitRule.ROWS, asker, rows)

    def owed(self, asker: Asker) -> float:
        """Seconds until he owes the database no time."""
        return self._seconds(LimitRule.DATABASE_TIME, asker)

    def question(self, asker: Asker, query: str) -> Response | None:
        """Of the database; counted, or why it is refused."""
        long = is_longer(query, self._long_days)
        if long and (found := self._wait(LimitRule.TIME_RANGE, asker, 1)):
            return found
        most = (self._at_once, self._at_once * self._times)
        if any(self._asking[whose] >= n for whose, n in zip(_who(asker), most, strict=True)):
            return too_much(LimitRule.AT_ONCE, SOON)
        if long:
            self._take(LimitRule.TIME_RANGE, asker, 1)
        return None

    @contextmanager
    def asking(self, asker: Asker) -> Iterator[None]:
        """While a question of his waits or is asked."""
        self._asking.update(_who(asker))
        try:
            yield
        finally:
            self._asking.subtract(_who(asker))
            for whose in _who(asker):
                if self._asking[whose] <= 0:
                    del self._asking[whose]

    def took(self, asker: Asker, seconds: float) -> None:
        self._take(LimitRule.DATABASE_TIME, asker, seconds)

    def _wait(self, limit: LimitRule, asker: Asker, needed: float = 0.0) -> Response | None:
        wait = self._seconds(limit, asker, needed)
        return too_much(limit, wait) if wait else None

    def _seconds(self, limit: LimitRule, asker: Asker, needed: float = 0.0) -> float:
        now = monotonic()
        own, address = self._buckets[limit]
        who, where = _who(asker)
        return max(own.wait(who, now, needed), address.wait(where, now, needed))

    def _take(self, limit: LimitRule, asker: Asker, amount: float) -> None:
        now = monotonic()
        for bucket, whose in zip(self._buckets[limit], _who(asker), strict=True):
            bucket.take(whose, now, amount)


def too_much(limit: LimitRule, seconds: float) -> Response:
    headers = {"Retry-After": str(max(1, math.ceil(seconds)))}
    return problem(HTTPStatus.TOO_MANY_REQUESTS, WORDS[limit], [Violation(field="limit", rule=limit.value)], headers)


def is_longer(query: str, days: int) -> bool:
    """Whether a query asks by ``from`` and ``to`` for more days than these. A missing ``from`` is no bound."""
    first, last = _day(_FROM, query), _day(_TO, query)
    if first is None and last is None:
        return False
    return first is None or ((last or date.today()) - first).days >= days  # noqa: DTZ011  a day more or less is the same


def _day(name: "re.Pattern[str]", query: str) -> date | None:
    found = name.search(query)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:  # the route says what is wrong with it
        return None


def _pair(a_second: float, most: float, times: int) -> tuple[Buckets, Buckets]:
    return Buckets(a_second, most), Buckets(a_second * times, most * times)


def _who(asker: Asker) -> tuple[Hashable, Hashable]:
    """Key or user (of a demo's visitors each address), and address."""
    own = asker.address if asker.kind is AskerKind.DEMO else ""
    return (asker.kind, asker.id, own), asker.address
