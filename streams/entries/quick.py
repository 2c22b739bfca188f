"""What the quick ways of reading share. What is accepted by one, the contract accepts with the same values, and what is
not goes the contract's own way: so moments are read in one spelling, and names that the contract's own check has passed
are remembered. Names are looked through for identity numbers when they are learned."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from schemas.envelope import Key, Text
from schemas.identity_numbers import may_hold_plain
from schemas.lookups import written_day
from schemas.province import day_of, moment
from schemas.source_name import Source
from schemas.unseen import UNSEEN
from streams.intake.gateway.scrub import holds

Check = Callable[[str], str]

KEY: Check = TypeAdapter[str](Key).validate_python
SOURCE: Check = TypeAdapter[str](Source).validate_python
TEXT: Check = TypeAdapter[str](Text).validate_python
MOST_KNOWN = 50_000  # names; a source that sends a new one each time is read the slower way
_SECONDS = {f"{second:02d}": second * 1_000_000 for second in range(60)}
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?(?:Z|[+-][0-9]{2}:[0-5][0-9])")


def clean(name: str, text: str) -> bool:
    """Whether a field's text, which is plain ASCII, holds no identity number."""
    return not may_hold_plain(text) or not holds(text, name)


class Learned:
    """Values of some fields that the contract has taken as they are: ask ``what in known or learn(what, …)``."""

    __slots__ = ("_check", "known")

    def __init__(self, check: Check) -> None:
        self._check = check
        self.known: set[Any] = set()

    def learn(self, what: Any, *names: str | None) -> bool:
        """Whether the contract takes all ``names`` as they are; ``what`` is known from then on."""
        try:
            for name in names:
                if name is not None and (self._check(name) != name or UNSEEN.search(name) or holds(name, "")):
                    return False
        except ValidationError:
            return False
        if len(self.known) >= MOST_KNOWN:
            self.known.clear()
        self.known.add(what)
        return True


class Moments:
    """Reads moments of the usual spelling; whole minutes are remembered as they are written."""

    __slots__ = ("_minutes",)

    def __init__(self) -> None:
        self._minutes: dict[str, tuple[int, str]] = {}

    def read(self, written: str) -> tuple[int, str | None]:
        """In microseconds, and its day in the province; no day where the spelling is not the usual one."""
        second, zone = _SECONDS.get(written[17:19]), written[19:]
        if second is None:
            return 0, None
        if written[19:20] == ".":
            fraction, zone = written[20:26], written[26:]
            if len(fraction) != 6 or not (fraction.isascii() and fraction.isdigit()):
                return 0, None
            second += int(fraction)
        minute = self._minutes.get(written[:17] + zone)
        if minute is not None:
            return minute[0] + second, minute[1]
        if _TIME.fullmatch(written) is None:
            return 0, None
        try:
            at = datetime.fromisoformat(written)
        except ValueError:
            return 0, None
        if not 1976 < at.year < 9000:
            return 0, None
        time = moment(at)
        day = written_day(day_of(time))
        if len(self._minutes) >= MOST_KNOWN:
            self._minutes.clear()
        self._minutes[written[:17] + zone] = (time - second, day)
        return time, day
