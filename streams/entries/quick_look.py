"""The quick way to read a look-up: what is accepted here, the contract accepts with the same values, and what is not
goes the contract's own way. Twice as fast, because most values of a look-up have been seen before.

Held to the contract by ``tests/unit/test_quick_look.py``. So: no unknown fields (what is skipped is not looked at), no
backslashes, moments in one spelling, free texts in printable ASCII, and names that the contract's own check has passed;
and no identity number, for which names are looked through when they are learned.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

import msgspec
from pydantic import TypeAdapter, ValidationError

from schemas.envelope import Key, Source
from schemas.lookups import LookupChannel, Result, written_day
from schemas.province import day_of, moment
from streams.entries.lookups import Look, LookData
from streams.intake.gateway.scrub import holds
from streams.intake.identity_numbers import may_hold_plain, may_hold_run

_MOST_KNOWN = 50_000  # names; a source that sends a new one each time is read the slower way
_MOST_FIELDS = 60
_CHANNELS = frozenset(channel.value for channel in LookupChannel)
_RESULTS = frozenset(result.value for result in Result)
_SECONDS = {f"{second:02d}": second * 1_000_000 for second in range(60)}
_KEY, _SOURCE = (TypeAdapter[str](kind).validate_python for kind in (Key, Source))
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?(?:Z|[+-][0-9]{2}:[0-9]{2})")
_ADDRESS = re.compile(r"[0-9a-fA-F.:]{2,45}")
_PERSON = re.compile(r"[a-z0-9-]{1,16}:[0-9a-f]{32,64}")


def _clean(name: str, text: str) -> bool:
    """Whether a field's text holds no identity number."""
    return not may_hold_plain(text) or not holds(text, name)


def _all_clean(id: str, case: str | None, client: str | None) -> bool:
    """The same of three fields; looked at as one text, because to look costs by the call."""
    if not may_hold_plain(f"{id}\n{case}\n{client}"):
        return True
    return not (holds(id, "id") or holds(case or "", "case") or holds(client or "", "client"))


class _Event(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    type: Literal["lookup.performed.v1"]
    id: str
    source: str
    subject: str
    time: str
    data: LookData
    specversion: Literal["1.0"] = "1.0"


class QuickLook:
    """Not to be shared between threads."""

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Event).decode
        # What the contract has taken as it is; of subjects the day; beginnings of minutes, as written.
        self._sources: set[str] = set()
        self._places: set[tuple[str, str, str | None]] = set()  # unit, application, purpose
        self._fields: set[tuple[str, ...]] = set()
        self._subjects: dict[str, str] = {}
        self._minutes: dict[str, tuple[int, str]] = {}

    def read(self, value: bytes) -> tuple[str, Look] | None:
        """Subject and entry, or ``None`` where the contract has to be asked."""
        if b"\\" in value:
            return None
        try:
            event = self._decode(value)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        id, subject, data = event.id, event.subject, event.data
        time, day = self._moment(event.time)
        if day is None or self._day_of(subject) != day:
            return None
        case, person, latency = data.case, data.person, data.latency_ms
        if (
            0 < len(id) <= 64
            and id.isascii()
            and id.isprintable()
            and data.channel in _CHANNELS
            and data.result in _RESULTS
            and (case is None or (0 < len(case) <= 64 and case.isascii() and case.isprintable() and " " not in case))
            and (person is None or _PERSON.fullmatch(person) is not None)
            and (latency is None or 0 <= latency <= 3_600_000)
            and self._names_known(event.source, data)
            and (person is None or not may_hold_run(person) or not holds(person, "person"))
            and _all_clean(id, case, data.client)
        ):
            return subject, Look(time, event.source, id, data)
        return None

    def _moment(self, written: str) -> tuple[int, str | None]:
        """In microseconds, and its day; no day where the spelling is not the usual one."""
        second, zone = _SECONDS.get(written[17:19], -1), written[19:]
        if written[19:20] == ".":
            fraction, zone = written[20:26], written[26:]
            if len(fraction) != 6 or not (fraction.isascii() and fraction.isdigit()):
                return 0, None
            second += int(fraction)
        minute = self._minutes.get(written[:17] + zone)
        if minute is not None and second >= 0:
            return minute[0] + second, minute[1]
        if second < 0 or _TIME.fullmatch(written) is None:
            return 0, None
        try:
            at = datetime.fromisoformat(written)
        except ValueError:
            return 0, None
        if not 1976 < at.year < 9000:
            return 0, None
        time = moment(at)
        day = written_day(day_of(time))
        if len(self._minutes) >= _MOST_KNOWN:
            self._minutes.clear()
        self._minutes[written[:17] + zone] = (time - second, day)
        return time, day

    def _day_of(self, subject: str) -> str | None:
        day = self._subjects.get(subject)
        if day is not None:
            return day
        if not (11 < len(subject) <= 160 and subject.isascii() and subject.isprintable() and subject[0] != " "):
            return None
        if subject[-11] != "/" or not _clean("subject", subject):
            return None
        if len(self._subjects) >= _MOST_KNOWN:
            self._subjects.clear()
        day = self._subjects[subject] = subject[-10:]
        return day

    def _names_known(self, source: str, data: LookData) -> bool:
        place = (data.unit, data.application, data.purpose)
        return (
            (data.client is None or _ADDRESS.fullmatch(data.client) is not None)
            and (source in self._sources or self._learn(self._sources, source, _SOURCE, source))
            and (place in self._places or self._learn(self._places, place, _KEY, *place))
            and (data.fields in self._fields or self._learn(self._fields, data.fields, _KEY, *data.fields))
        )

    @staticmethod
    def _learn(known: set[Any], what: Any, check: Callable[[str], str], *names: str | None) -> bool:
        """Asks the contract whether it takes the names as they are, and keeps the answer yes."""
        try:
            if len(names) > _MOST_FIELDS:
                return False
            if any(check(name) != name or not _clean("", name) for name in names if name is not None):
                return False
        except ValidationError:
            return False
        if len(known) >= _MOST_KNOWN:
            known.clear()
        known.add(what)
        return True
