"""Look-ups as entries. A look-up is taken apart into columns; corrections and voidings are entries as every domain's
are (:mod:`streams.entries.subjects`), and a look-up's digest is the same as that entry's would be, byte for byte."""

from datetime import date
from hashlib import sha256
from typing import Any

import msgspec

from schemas.lookups import LOOKUP
from schemas.province import moment

PERFORMED = LOOKUP.type_of("performed")

_encode = msgspec.json.Encoder().encode


class LookData(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """The contract's ``LookUp`` in the order of its fields, so that its JSON is the canonical one."""

    unit: str
    application: str
    purpose: str | None = None
    case: str | None = None
    channel: str = ""
    person: str | None = None
    fields: tuple[str, ...] = ()
    result: str = ""
    latency_ms: int | None = None
    client: str | None = None


class Look(msgspec.Struct, frozen=True, gc=False):
    """One version of one look-up. ``time`` in microseconds since the epoch."""

    time: int
    source: str
    id: str
    data: LookData
    kind: str = "performed"

    @property
    def text(self) -> str:
        """Its data as JSON."""
        return _encode(self.data).decode()

    def digest(self, subject: str) -> bytes:
        """SHA-256 of the event's canonical form, 32 bytes."""
        return sha256(_encode((subject, "performed", self.time, self.source, self.id, self.data))).digest()


class _Amended(msgspec.Struct, frozen=True):
    replaces: tuple[str, str] | None = None


_amended = msgspec.json.Decoder(_Amended)


def look_of(event: Any) -> Look:
    """The entry of a ``lookup.performed.v1``."""
    said = event.data
    data = LookData(
        said.unit,
        said.application,
        said.purpose,
        said.case,
        said.channel.value,
        said.person,
        said.fields,
        said.result.value,
        said.latency_ms,
        said.client,
    )
    return Look(moment(event.time), event.source, event.id, data)


def replaces_of(data: str) -> tuple[str, str] | None:
    """The ``(source, id)`` that a correction or a voiding names."""
    return _amended.decode(data).replaces


def day_of_subject(subject: str) -> date | None:
    """The day of ``account/YYYY-MM-DD``; none of a subject that is no account's day (a voiding may name anything)."""
    account, _, written = subject.rpartition("/")
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if account and day.isoformat() == written else None
