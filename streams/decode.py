"""From a Kafka record to an entry of a history, or to a dead letter.

Records are decoded one by one: joined into one list they would be a little faster, but three broken records can decode
as three valid ones with shifted borders.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

import msgspec
from pydantic import ValidationError

from schemas import history
from schemas.cases import (
    CASE_EVENT,
    AcceptedFact,
    CaseCorrected,
    CaseEvent,
    CaseFact,
    CaseVoided,
    DigitisedFact,
    DueData,
    PaidFact,
    RatedFact,
    StepFact,
    SubmittedFact,
    UnitData,
)
from schemas.history import Data, Entry
from schemas.province import end_of, moment
from schemas.topics import Topic
from streams.errors import Reject


class Record(Protocol):
    """What is read of a Kafka record. ``timestamp`` in milliseconds, Kafka's own clock (LogAppendTime)."""

    offset: int
    timestamp: int
    value: bytes | None


@dataclass(frozen=True, slots=True)
class Accepted:
    subject: str
    entry: Entry
    digest: bytes
    data: str  # JSON, as case_event.data holds it
    offset: int
    received: int  # microseconds, Kafka's clock


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


def _due(data: DueData) -> int | None:
    if data.due_at is not None:
        return moment(data.due_at)
    return end_of(data.due_on) if data.due_on is not None else None


def _submission(fact: SubmittedFact) -> Data:
    d = fact.data
    return Data(unit=d.unit, channel=d.channel, procedure=d.procedure, status=d.status, status_raw=d.status_raw)


def _acceptance(fact: AcceptedFact) -> Data:
    d = fact.data
    return Data(
        unit=d.unit,
        channel=d.channel,
        procedure=d.procedure,
        due=_due(d),
        status=d.status,
        status_raw=d.status_raw,
    )


def _step(fact: StepFact) -> Data:
    d = fact.data
    return Data(unit=d.unit, name=d.name, status=d.status, status_raw=d.status_raw)


def _payment(fact: PaidFact) -> Data:
    d = fact.data
    return Data(unit=d.unit, online=d.online, amount_vnd=d.amount_vnd, status=d.status, status_raw=d.status_raw)


def _digitisation(fact: DigitisedFact) -> Data:
    d = fact.data
    return Data(
        unit=d.unit, papers=d.papers, reused=d.reused, result=d.result, status=d.status, status_raw=d.status_raw
    )


def _rating(fact: RatedFact) -> Data:
    d = fact.data
    return Data(unit=d.unit, score=d.score, status=d.status, status_raw=d.status_raw)


def _plain(fact: Any) -> Data:
    d: UnitData = fact.data
    due = _due(d) if isinstance(d, DueData) else None
    return Data(unit=d.unit, due=due, status=d.status, status_raw=d.status_raw)


_DATA: dict[str, Callable[[Any], Data]] = {
    "submitted": _submission,
    "accepted": _acceptance,
    "step": _step,
    "paid": _payment,
    "digitised": _digitisation,
    "rated": _rating,
}
_KIND = {f"case.{kind}.v1": kind for kind in history.RANK}


def _fact_data(fact: CaseFact) -> Data:
    return _DATA.get(_KIND[fact.type], _plain)(fact)


def entry_of(event: CaseEvent) -> Entry:
    """The event as its case's history holds it: compact, in UTC, a day's deadline turned into its moment."""
    kind = _KIND[event.type]
    if isinstance(event, CaseCorrected):
        d = event.data
        fact = d.event
        data = Data(
            replaces=(d.replaces.source, d.replaces.id),
            kind=_KIND[fact.type],
            time=moment(fact.time),
            event=_fact_data(fact),
            status=d.status,
            status_raw=d.status_raw,
        )
    elif isinstance(event, CaseVoided):
        ref = event.data.replaces
        data = Data(
            replaces=(ref.source, ref.id) if ref is not None else None,
            status=event.data.status,
            status_raw=event.data.status_raw,
        )
    else:
        data = _DATA.get(kind, _plain)(event)
    return Entry(kind, moment(event.time), event.source, event.id, data)


class _Envelope(msgspec.Struct):
    source: str = ""


def _said_source(value: bytes) -> str | None:
    """The source that a rejected record names, if so much can be read. Stored only if it is one we know."""
    try:
        return msgspec.json.decode(value, type=_Envelope).source or None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # nested deeper than Python's stack allows
        return None


def reason(exc: ValidationError, source: str | None = None) -> Reject:
    """The first thing that is wrong, as field and rule. The union's tag is not part of the field's name."""
    first = exc.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"] if str(part) not in _KIND)
    rule = first["type"]
    if rule in ("union_tag_invalid", "union_tag_not_found"):
        where = f"{where}.type" if where else "type"
    return Reject(where or "event", rule, source)


class Decoder:
    """Decodes the records of one topic. Not to be shared between threads."""

    def __init__(self, topic: Topic) -> None:
        self._max_bytes = topic.max_event_bytes
        self._earliest = moment(topic.earliest)
        self._ahead = int(topic.max_ahead.total_seconds() * 1_000_000)
        self._validate = CASE_EVENT.validate_json

    def decode(self, record: Record) -> Accepted:
        """One record; raises :class:`Reject`."""
        value = record.value
        if value is None:
            raise Reject("event", "missing")
        if len(value) > self._max_bytes:
            raise Reject("event", "too_large")
        try:
            event = self._validate(value)
        except ValidationError as exc:
            raise reason(exc, _said_source(value)) from None
        received = record.timestamp * 1000
        entry = entry_of(event)
        self._check_time("time", entry.time, received, entry.source)
        if entry.data.time is not None:
            self._check_time("data.event.time", entry.data.time, received, entry.source)
        subject = event.subject
        return Accepted(
            subject,
            entry,
            history.digest(subject, entry),
            history.data_json(entry.data),
            record.offset,
            received,
        )

    def batch(self, records: Iterable[Record]) -> Batch:
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
        if time < self._earliest:
            raise Reject(where, "before_earliest", source)
        if time > received + self._ahead:
            raise Reject(where, "too_far_ahead", source)
