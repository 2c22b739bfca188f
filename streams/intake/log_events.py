"""From the rows of an event log to events of the contract.

Every row is a step of its case. A step whose name the mapping gives a meaning is that event too. What a log repeats on
every row of a case (its start, its end) becomes an event once a case; where rows of one case disagree, each version is
one, and the contract's rule for several versions decides, whatever the order of the rows. Where neither a column nor a
step says when a case was accepted, its earliest row in time does, once the whole file has been read.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from pydantic import TypeAdapter, ValidationError

from schemas.case_code import CaseCode
from schemas.contracts import CONTRACTS, breach_of
from schemas.domain import Breach
from schemas.province import moment
from schemas.state import END_KINDS
from schemas.topics import Topic
from streams.intake.headers import same
from streams.intake.identity import event_id, fingerprint, numbered
from streams.intake.mapping import Mapping
from streams.intake.memory import Memory
from streams.intake.moments import Moment, reader
from streams.intake.persons import Hasher
from streams.intake.rows import Rejection, Row
from streams.intake.xlsx_cells import is_scientific
from streams.timely import Timely

BROKEN = "\ufffd"  # stands where bytes are not of the file's encoding
RECENT = 20_000  # combinations of a case's repeated columns that need not be looked at again
CASE_CODE: TypeAdapter[str] = TypeAdapter(CaseCode)
CONTRACT = CONTRACTS["cases"]
_encode = msgspec.json.Encoder().encode

# Which field of the mapping a field of an event comes from; a unit is the step's except in these two.
FIELD_OF = {
    "data.name": "step",
    "data.procedure": "procedure",
    "data.due_at": "due",
    "data.due_on": "due",
    "data.status_raw": "status",
}
OF_CASE_FROM = Row._fields.index("unit")
OF_CASE = frozenset(("accepted", "submitted"))
MOVES_DUE = frozenset(("extended", "supplement_received", "resumed"))
# 00:00 of a day is 24:00 of the one before, so an end of which only the day is known would still keep a deadline of the
# day before. It is taken a second later.
INTO_THE_DAY_US = 1_000_000


class Outgoing(NamedTuple):
    """An event on its way to Kafka."""

    kind: str
    key: bytes
    value: bytes


class Refused(Exception):
    """This event cannot be made of the row: the field and the rule, never the value."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(field, rule)
        self.field = field
        self.rule = rule

    def at(self, row: Row) -> Rejection:
        return Rejection(row.line, self.field, self.rule)


class Translator:
    """Translates one file. Nothing can have happened later than ``now`` and the topic's allowance. What looks like an
    identity number in a text becomes its keyed hash, before anything is made of it."""

    def __init__(self, mapping: Mapping, topic: Topic, memory: Memory, now: datetime, hasher: Hasher) -> None:
        self._mapping = mapping
        self._memory = memory
        self._read = reader(mapping.file.moments, ZoneInfo(mapping.file.zone))
        self._empty = frozenset(mapping.file.empty)
        self._timely, self._now = Timely(topic), moment(now)
        self._most_bytes = topic.max_event_bytes
        self._recent: set[tuple[str | int, ...]] = set()
        self._case = lru_cache(1_000)(self._case_code)
        self._scrub = lru_cache(20_000)(hasher.scrub)  # steps, units and procedures repeat

    def events(self, rows: Iterable[Row | Rejection]) -> Iterator[Outgoing | Rejection]:
        """What the rows say, and what could not be taken from them. A fault costs only the events that need the
        field."""
        for row in rows:
            if isinstance(row, Rejection):
                yield row
                continue
            try:
                case = self._case(row.case)
            except Refused as refused:
                yield refused.at(row)
                continue
            yield from self._of_step(case, row)
            yield from self._of_case(case, row)
        for case, value in self._memory.earliest():
            yield Outgoing("accepted", case.encode(), value)

    def _of_step(self, case: str, row: Row) -> Iterator[Outgoing | Rejection]:
        try:
            name = self._scrub(self._clean(row.step, "step"))
            unit = self._scrub(self._clean(row.step_unit, "step_unit"))
            if not name:
                raise Refused("step", "missing")
            at = self._moment(row.time, "time")
            own = (name, at.us, unit, self._scrub(self._clean(row.id, "id")))
            step = event_id("step", case, *own)
            ordinal = self._memory.times(fingerprint(case, step.encode()))
            data = self._status(row)
            if unit:
                data["unit"] = self._unit(unit)
            yield self._event("step", case, numbered(step, ordinal), at, {"name": name, **data})
            meaning = self._mapping.events.get(same(name))
            if meaning is not None:
                meant = self._meaning(meaning, row, data)
                yield self._event(meaning, case, numbered(event_id(meaning, case, *own), ordinal), at, meant)
            if self._mapping.accepts_by_first_row and self._memory.may_be_earliest(case, at.us, step):
                first = self._event("accepted", case, event_id("accepted", case, at.us), at, self._acceptance(row))
                self._memory.keep_earliest(case, at.us, step, first.value)
        except Refused as refused:
            yield refused.at(row)

    def _of_case(self, case: str, row: Row) -> Iterator[Outgoing | Rejection]:
        """What the row repeats of its case, unless just this has been said already."""
        repeated = (case, *row[OF_CASE_FROM:])
        if repeated in self._recent:
            return
        if not (row.submitted or row.start or row.end):
            return
        whole = True
        for make in (self._submitted, self._started, self._ended):
            try:
                event = make(case, row)
            except Refused as refused:
                whole = False
                yield refused.at(row)
                continue
            if event is not None and self._memory.times(fingerprint(case, event.value)) == 1:
                yield event
        if whole:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._recent.add(repeated)

    def _submitted(self, case: str, row: Row) -> Outgoing | None:
        if not self._clean(row.submitted, "submitted"):
            return None
        at = self._moment(row.submitted, "submitted")
        return self._event("submitted", case, event_id("submitted", case, at.us), at, self._submission(row))

    def _started(self, case: str, row: Row) -> Outgoing | None:
        if not self._clean(row.start, "start"):
            return None
        at = self._moment(row.start, "start")
        own = event_id("accepted", case, at.us, self._scrub(self._clean(row.unit, "unit")))
        return self._event("accepted", case, own, at, self._acceptance(row))

    def _ended(self, case: str, row: Row) -> Outgoing | None:
        if not self._clean(row.end, "end"):
            return None
        at, kind = self._moment(row.end, "end"), self._mapping.constants.end
        return self._event(kind, case, event_id(kind, case, at.us), at, {})

    def _meaning(self, kind: str, row: Row, data: dict[str, Any]) -> dict[str, Any]:
        """The data of what a step means beside being a step."""
        if kind == "accepted":
            return data | self._acceptance(row)
        if kind == "submitted":
            return data | self._submission(row)
        if kind in MOVES_DUE and self._clean(row.new_due, "new_due"):
            return data | self._deadline(row.new_due, "new_due")
        if kind == "extended":
            raise Refused("new_due", "missing")
        return data

    def _submission(self, row: Row) -> dict[str, Any]:
        constants = self._mapping.constants
        unit = self._clean(row.unit, "unit")
        if not unit and self._mapping.columns.unit is None:
            unit = self._clean(row.step_unit, "step_unit")
        procedure = self._scrub(self._clean(row.procedure, "procedure")) or constants.procedure
        channel = self._mapping.channels.get(same(row.channel), constants.channel)
        said = {"unit": self._unit(unit) if unit else constants.unit, "procedure": procedure, "channel": channel}
        return {name: value for name, value in said.items() if value is not None}

    def _acceptance(self, row: Row) -> dict[str, Any]:
        data = self._submission(row)
        if "unit" not in data:
            raise Refused("unit", "missing")
        return data | self._deadline(row.due, "due") if self._clean(row.due, "due") else data

    def _deadline(self, text: str, field: str) -> dict[str, str]:
        due = self._read(text.strip())
        if due is None:
            raise Refused(field, "date_format")
        return {"due_on": due.day.isoformat()} if due.day is not None else {"due_at": due.text}

    def _status(self, row: Row) -> dict[str, Any]:
        raw = self._clean(row.status, "status")
        if not raw:
            return {}
        known, raw = self._mapping.statuses.get(same(raw)), self._scrub(raw)
        return {"status_raw": raw} if known is None else {"status_raw": raw, "status": int(known)}

    def _unit(self, name: str) -> str:
        return self._mapping.units.get(same(name)) or self._scrub(name)

    def _case_code(self, text: str) -> str:
        name = self._clean(text, "case")
        if not name:
            raise Refused("case", "missing")
        settings = self._mapping.case
        if settings.spaces:
            name = settings.spaces.join(name.split())
        try:
            return CASE_CODE.validate_python(self._scrub(settings.prefix + name))
        except ValidationError as exc:
            raise Refused("case", breach_of(exc).rule) from None

    def _clean(self, text: str, field: str) -> str:
        """As it is kept: no spaces around, composed letters (Excel on a Mac writes them taken apart)."""
        text = str(text.strip())
        if not text.isascii():
            if BROKEN in text:
                raise Refused(field, "encoding")
            text = unicodedata.normalize("NFC", text)
        elif is_scientific(text):
            raise Refused(field, "scientific_notation")
        return "" if text in self._empty else text

    def _moment(self, text: str, field: str) -> Moment:
        text = self._clean(text, field)
        if not text:
            raise Refused(field, "missing")
        at = self._read(text)
        if at is None:
            raise Refused(field, "date_format")
        rule = self._timely.breach(at.us, self._now)
        if rule is not None:
            raise Refused(field, rule)
        return at

    def _event(self, kind: str, case: str, own: str, at: Moment, data: dict[str, Any]) -> Outgoing:
        """The event as it goes to Kafka, held against the contract in these very bytes."""
        if at.day is not None and kind in END_KINDS:
            at = Moment(at.us + INTO_THE_DAY_US)
        value = _encode(
            {
                "specversion": "1.0",
                "type": f"case.{kind}.v1",
                "source": self._mapping.constants.source,
                "id": own,
                "subject": case,
                "time": at.text,
                "data": data,
            }
        )
        if len(value) > self._most_bytes:
            raise Refused("event", "too_large")
        try:
            CONTRACT.parse(value)
        except Breach as fault:
            unit = "unit" if kind in OF_CASE else "step_unit"
            raise Refused(
                unit if fault.field == "data.unit" else FIELD_OF.get(fault.field, fault.field), fault.rule
            ) from None
        return Outgoing(kind, case.encode(), value)
