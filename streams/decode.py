"""From a Kafka record to an entry of a history, or to a dead letter.

Records are decoded one by one: joined into one list they would be a little faster, but three broken records can decode
as three valid ones with shifted borders.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

import msgspec

from schemas import history
from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.granted_units import NOT_GRANTED
from schemas.history import Entry
from schemas.identity_numbers import may_hold
from schemas.lookups import LOOKUP
from schemas.reference.names import Names
from schemas.topics import Topic
from streams.entries.cases import entry_of
from streams.entries.limited_alone import Beyond, check_alone
from streams.entries.lookups import PERFORMED, look_of
from streams.entries.quick_case import QuickCase
from streams.entries.quick_look import QuickLook
from streams.entries.subjects import Said, said_of
from streams.errors import Reject
from streams.folds.belonging import reaches
from streams.intake.gateway.scrub import planted_in
from streams.time_bounds import Timely

CASE = "case"


class KafkaRecord(Protocol):
    """What is read of a Kafka record. ``timestamp`` in milliseconds, Kafka's own clock (LogAppendTime)."""

    offset: int
    timestamp: int
    value: bytes | None


class Accepted(msgspec.Struct, frozen=True, gc=False):  # a dataclass takes five times as long to make
    """``domain`` is ``case`` or the name of a :class:`schemas.domain.Domain`; its entries are :class:`Said`, but of a
    look-up :class:`streams.entries.lookups.Look`."""

    subject: str
    entry: Any
    digest: bytes
    data: str  # JSON, as the event table holds it; empty of a look-up, which has columns instead
    offset: int
    received: int  # microseconds, Kafka's clock
    domain: str = CASE
    beyond: Beyond | None = None  # see Batch.within


@dataclass(frozen=True, slots=True)
class Rejected:
    offset: int
    received: int
    source: str | None
    field: str
    rule: str
    hash: bytes


@dataclass(slots=True)
class Batch:
    """A decoded span."""

    accepted: list[Accepted] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def behind(self, offset: int) -> "Batch":
        """What lies at ``offset`` and after it."""
        return Batch([a for a in self.accepted if a.offset >= offset], [r for r in self.rejected if r.offset >= offset])

    def within(self, names: Names) -> "Batch":
        """Itself, or where look-ups or digests name units that are their sources' by no name: without these."""
        strange = {
            a.offset: Rejected(a.offset, a.received, a.entry.source, b.field, NOT_GRANTED, b.hash)
            for a in self.accepted
            if (b := a.beyond) is not None and not reaches(b.granted, b.unit, b.day, names)
        }
        if not strange:
            return self
        rejected = sorted([*self.rejected, *strange.values()], key=lambda one: one.offset)
        return Batch([a for a in self.accepted if a.offset not in strange], rejected)


class _Envelope(msgspec.Struct):
    source: str = ""


def _said_source(value: bytes) -> str | None:
    """The source that a rejected record names, if so much can be read."""
    try:
        return msgspec.json.decode(value, type=_Envelope).source or None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # nested deeper than Python's stack allows
        return None


class Decoder:
    """Decodes the records of one topic. Not to be shared between threads."""

    def __init__(self, topic: Topic) -> None:
        self._max_bytes = topic.max_event_bytes
        self._timely = Timely(topic)
        self._contract = CONTRACTS[topic.contract]
        self._quick_look = QuickLook() if PERFORMED in self._contract.types else None
        self._quick_case = QuickCase() if self._contract is CONTRACTS["cases"] else None

    def decode(self, record: KafkaRecord) -> Accepted:
        """One record; raises :class:`Reject`."""
        value = record.value
        if value is None:
            raise Reject("event", "missing")
        if len(value) > self._max_bytes:
            raise Reject("event", "too_large")
        if self._quick_look is not None and (read := self._quick_look.read(value)) is not None:
            subject, look = read
            received = record.timestamp * 1000
            self._check_time("time", look.time, received, look.source)
            return Accepted(subject, look, look.digest(subject), "", record.offset, received, LOOKUP.name)
        if self._quick_case is not None and (told := self._quick_case.read(value)) is not None:
            subject, fact = told
            received = record.timestamp * 1000
            self._check_time("time", fact.time, received, fact.source)
            digest, data = history.digest_and_data(subject, fact)
            return Accepted(subject, fact, digest, data, record.offset, received)
        try:
            event = self._contract.parse(value)
        except Breach as breach:
            raise Reject(breach.field, breach.rule, _said_source(value)) from None
        if may_hold(value) and (planted := planted_in(event.model_dump())) is not None:
            raise Reject(planted, "identity_number", event.source)
        beyond = None if event.granted is None else check_alone(event, value)
        received = record.timestamp * 1000
        subject, domain = event.subject, self._contract.domain_of.get(event.type)
        if domain is None:
            entry: Entry = entry_of(event)
            inner = entry.data.time
            digest, data = history.digest_and_data(subject, entry)
            accepted = Accepted(subject, entry, digest, data, record.offset, received)
        elif event.type == PERFORMED:
            look, inner = look_of(event), None
            accepted = Accepted(subject, look, look.digest(subject), "", record.offset, received, domain.name, beyond)
        else:
            said: Said
            said, inner = said_of(domain, event)
            digest, data = said.digest(subject), said.text
            accepted = Accepted(subject, said, digest, data, record.offset, received, domain.name, beyond)
        self._check_time("time", accepted.entry.time, received, event.source)
        if inner is not None:
            self._check_time("data.event.time", inner, received, event.source)
        return accepted

    def batch(self, records: Iterable[KafkaRecord]) -> Batch:
        batch = Batch()
        accept, reject, decode = batch.accepted.append, batch.rejected.append, self.decode
        for record in records:
            try:
                accept(decode(record))
            except Reject as exc:
                value = record.value or b""
                received = record.timestamp * 1000
                digest = sha256(value).digest()
                reject(Rejected(record.offset, received, exc.source, exc.field, exc.rule, digest))
        return batch

    def _check_time(self, where: str, time: int, received: int, source: str) -> None:
        rule = self._timely.breach(time, received)
        if rule is not None:
            raise Reject(where, rule, source)
