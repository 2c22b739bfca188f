"""The quick way to read a look-up: what is accepted here, the contract accepts with the same values, and what is not
goes the contract's own way. Twice as fast, because most values of a look-up have been seen before.

Held to the contract by ``tests/unit/test_quick_look.py``. So: no unknown fields (what is skipped is not looked at), no
backslashes, moments in one spelling, free texts in printable ASCII, and names that the contract's own check has passed;
and no identity number, for which names are looked through when they are learned.
"""

import re
from typing import Literal

import msgspec

from schemas.identity_numbers import may_hold_plain, may_hold_run
from schemas.lookups import LookupChannel, Result
from streams.entries.lookups import Look, LookData
from streams.entries.quick import KEY, MOST_KNOWN, SOURCE, Learned, Moments, clean
from streams.intake.gateway.scrub import holds

_MOST_FIELDS = 60
_CHANNELS = frozenset(channel.value for channel in LookupChannel)
_RESULTS = frozenset(result.value for result in Result)
_ADDRESS = re.compile(r"[0-9a-fA-F.:]{2,45}")
_PERSON = re.compile(r"[a-z0-9-]{1,16}:[0-9a-f]{32,64}")


def _all_clean(id: str, case: str | None, client: str | None) -> bool:
    """Whether none of the three holds an identity number; looked at as one text, because to look costs by the call."""
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
        self._moments = Moments()
        self._sources, self._places, self._fields = Learned(SOURCE), Learned(KEY), Learned(KEY)
        self._subjects: dict[str, str] = {}  # their days

    def read(self, value: bytes) -> tuple[str, Look] | None:
        """Subject and entry, or ``None`` where the contract has to be asked."""
        if b"\\" in value:
            return None
        try:
            event = self._decode(value)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        id, subject, data = event.id, event.subject, event.data
        time, day = self._moments.read(event.time)
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

    def _day_of(self, subject: str) -> str | None:
        day = self._subjects.get(subject)
        if day is not None:
            return day
        if not (11 < len(subject) <= 160 and subject.isascii() and subject.isprintable() and subject[0] != " "):
            return None
        if subject[-11] != "/" or not clean("subject", subject):
            return None
        if len(self._subjects) >= MOST_KNOWN:
            self._subjects.clear()
        day = self._subjects[subject] = subject[-10:]
        return day

    def _names_known(self, source: str, data: LookData) -> bool:
        place, fields = (data.unit, data.application, data.purpose), data.fields
        return (
            (data.client is None or _ADDRESS.fullmatch(data.client) is not None)
            and (source in self._sources.known or self._sources.learn(source, source))
            and (place in self._places.known or self._places.learn(place, *place))
            and len(fields) <= _MOST_FIELDS
            and (fields in self._fields.known or self._fields.learn(fields, *fields))
        )
