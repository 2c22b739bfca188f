"""From the rows of an event log to events of the contract.

Every row is a step of its case. A step whose name the mapping gives a meaning is that event too. What a log repeats on
every row of a case (its start, its end) becomes an event once a case; where rows of one case disagree, each version is
one, and the contract's rule for several versions decides, whatever the order of the rows. Where neither a column nor a
step says when a case was accepted, its earliest row in time does, once the whole file has been read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from pydantic import TypeAdapter, ValidationError

from schemas.case_code import CaseCode
from schemas.contracts import CONTRACTS, breach_of
from schemas.domain import Breach
from schemas.topics import Topic
from streams.intake import bare_day
from streams.intake.headers import same
from streams.intake.identity import event_id, fingerprint, numbered
from streams.intake.identity_hashing import Hasher
from streams.intake.log_cells import LogCells
from streams.intake.mapping import Mapping
from streams.intake.memory import Memory
from streams.intake.moments import Moment
from streams.intake.outgoing import Outgoing, RowRefused, told
from streams.intake.pairing import UNMAPPED, paired
from streams.intake.rows import LogRow, Rejection
from streams.intake.tables.fields import fields_of

# Behind the id of an acceptance whose deadline could not be read: a corrected file then adds the whole one, which sets
# the deadline, in place of a version of the same event that might or might not count.
UNDATED = "-undated"
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
OF_CASE_FROM, OF_CASE_TO = LogRow._fields.index("unit"), LogRow._fields.index("begun")
OF_CASE = frozenset(("accepted", "submitted"))
MOVES_DUE = frozenset(("extended", "supplement_received", "resumed"))


class Translator:
    """Translates one file. Nothing can have happened later than ``now`` and the topic's allowance. What looks like an
    identity number in a text becomes its keyed hash, before anything is made of it.

    A fault costs only what needs the field: an event without a field that it must have is not made, any other is made
    without it. Methods that make an event raise :class:`RowRefused` for the former and note the latter in ``faults``.
    """

    def __init__(self, mapping: Mapping, topic: Topic, memory: Memory, now: datetime, hasher: Hasher) -> None:
        self._mapping = mapping
        self._memory = memory
        self._cells = LogCells(mapping.file, topic, now, hasher)
        self._most_bytes = topic.max_event_bytes
        self._recent: set[tuple[object, ...]] = set()
        self._starts = mapping.columns.step is not None and mapping.columns.start is not None
        self._case = lru_cache(1_000)(self._case_code)

    def events(self, rows: Iterable[LogRow | Rejection]) -> Iterator[Outgoing | Rejection]:
        """What the rows say, and what could not be taken from them."""
        file = self._mapping.file
        if self._mapping.columns.transition is not None and file.format != "xes":
            rows = paired(rows, file.transitions, self._memory)
        for row in rows:
            if isinstance(row, Rejection):
                if row.rule != UNMAPPED or "transitions" not in file.model_fields_set:  # which says what to do
                    yield row
                continue
            try:
                case = self._case(row.case)
            except RowRefused as refused:
                yield refused.at(row)
                continue
            said = False
            if self._mapping.columns.step is not None:
                for one in self._of_step(case, row):
                    said = said or isinstance(one, Outgoing)
                    yield one
            yield from self._of_case(case, row, said)
        for case, value in self._memory.earliest():
            yield Outgoing("accepted", case.encode(), value)
        for line in self._memory.never_started():
            yield Rejection(line, "start", "missing")

    def _of_step(self, case: str, row: LogRow) -> Iterator[Outgoing | Rejection]:
        faults: list[RowRefused] = []
        try:
            yield from self._step(case, row, faults)
        except RowRefused as refused:
            faults.append(refused)
        for fault in faults:
            yield fault.at(row)

    def _step(self, case: str, row: LogRow, faults: list[RowRefused]) -> Iterator[Outgoing]:
        name = self._cells.text(row.step, "step")
        if not name:
            raise RowRefused("step", "missing")
        at = self._cells.moment(row.time, "time")
        unit = told(faults, self._cells.text, row.step_unit, "step_unit") or ""
        own = (name, at.us, unit, told(faults, self._cells.text, row.id, "id") or "")
        step = event_id("step", case, *own)
        ordinal = self._memory.times(fingerprint(case, step.encode()))
        data = told(faults, self._status, row) or {}
        if unit:
            data["unit"] = self._unit(unit)
        begun = told(faults, self._cells.moment, row.begun, "time") if row.begun else None
        since = {"begun_at": begun.text} if begun is not None else {}
        yield self._event("step", case, numbered(step, ordinal), at, {"name": name, **data, **since}, faults)
        meaning = self._mapping.events.get(same(name))
        if meaning is not None:
            meant = self._meaning(meaning, row, data, faults)
            yield self._event(meaning, case, numbered(event_id(meaning, case, *own), ordinal), at, meant, faults)
        if begun is not None and begun.us < at.us:
            at = begun
        if self._mapping.accepts_by_first_row and self._memory.may_be_earliest(case, at.us, step):
            acceptance = self._acceptance(row, faults)
            first = self._event("accepted", case, event_id("accepted", case, at.us), at, acceptance, faults)
            self._memory.keep_earliest(case, at.us, step, first.value)

    def _of_case(self, case: str, row: LogRow, said: bool) -> Iterator[Outgoing | Rejection]:
        """What the row repeats of its case, unless just this has been said already. ``said``: its step was taken."""
        if self._starts:  # steps say nothing of the acceptance then; a case without any would stay unaccepted
            unread = list[RowRefused]()
            start = told(unread, self._cells.date, row.start, "start")
            if said or start or unread:
                self._memory.start_told(case, row.line, told=bool(start or unread))
        repeated = (case, row.status if self._mapping.ends else "", *row[OF_CASE_FROM:OF_CASE_TO])
        if repeated in self._recent:
            return
        if not (row.submitted or row.start or row.end or self._mapping.columns.step is None):
            return
        faults: list[RowRefused] = []
        for make in (self._submitted, self._started, self._ended):
            event = told(faults, make, case, row, faults)
            if event is not None and self._memory.times(fingerprint(case, event.value)) == 1:
                yield event
        told(faults, self._compare, row)
        for fault in dict.fromkeys((fault.field, fault.rule) for fault in faults):
            yield RowRefused(*fault).at(row)
        if not faults:
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._recent.add(repeated)

    def _submitted(self, case: str, row: LogRow, faults: list[RowRefused]) -> Outgoing | None:
        if not self._cells.date(row.submitted, "submitted"):
            return None
        at = self._cells.moment(row.submitted, "submitted")
        said = self._submission(row, faults)
        return self._event("submitted", case, event_id("submitted", case, at.us), at, said, faults)

    def _started(self, case: str, row: LogRow, faults: list[RowRefused]) -> Outgoing | None:
        if not self._cells.date(row.start, "start"):
            if self._mapping.columns.step is None:
                raise RowRefused("start", "missing")  # a row that is a whole case has to say when it began
            return None
        at = self._cells.moment(row.start, "start")
        own = event_id("accepted", case, at.us, told([], self._cells.text, row.unit, "unit") or "")
        return self._event("accepted", case, own, at, self._acceptance(row, faults), faults)

    def _ended(self, case: str, row: LogRow, faults: list[RowRefused]) -> Outgoing | None:
        if not self._cells.date(row.end, "end"):
            return None
        at, start = self._cells.moment(row.end, "end"), self._started_at(row)
        kind = self._mapping.ends.get(same(row.status), self._mapping.constants.end)
        if bare_day.too_early(at, f"case.{kind}.v1", start):
            faults.append(RowRefused("end", bare_day.TOO_EARLY))  # named; the contract takes it as it was said
        return self._event(kind, case, event_id(kind, case, at.us), at, {}, faults, start)

    def _started_at(self, row: LogRow) -> Moment | None:
        text = told([], self._cells.date, row.start, "start")
        return self._cells.read(text) if text else None

    def _compare(self, row: LogRow) -> None:
        """Holds the ledger's own word for on time or late against its dates, which are what counts."""
        word = self._cells.text(row.verdict, "verdict")
        late = self._mapping.verdict_of(word) if word else None
        if word and late is None:
            raise RowRefused("verdict", "not_in_list")
        end, due = (told([], self._cells.date, text, name) for text, name in ((row.end, "end"), (row.due, "due")))
        ended, limit = self._cells.read(end) if end else None, self._cells.read(due) if due else None
        if late is None or ended is None or limit is None:
            return
        kind = f"case.{self._mapping.constants.end}.v1"
        if late != (bare_day.happened(ended, kind, self._started_at(row)).us > bare_day.until(limit).us):
            raise RowRefused("verdict", "disagrees_with_dates")

    def _meaning(self, kind: str, row: LogRow, data: dict[str, Any], faults: list[RowRefused]) -> dict[str, Any]:
        """The data of what a step means beside being a step."""
        if kind == "accepted":
            return data | self._acceptance(row, faults)
        if kind == "submitted":
            return data | self._submission(row, faults)
        if kind == "extended":
            deadline = self._deadline(row.new_due, "new_due")
            if not deadline:
                raise RowRefused("new_due", "missing")
            return data | deadline
        if kind in MOVES_DUE:
            return data | (told(faults, self._deadline, row.new_due, "new_due") or {})
        return data

    def _submission(self, row: LogRow, faults: list[RowRefused]) -> dict[str, Any]:
        constants = self._mapping.constants
        unit = told(faults, self._cells.clean, row.unit, "unit")
        if not unit and self._mapping.columns.unit is None:
            unit = told(faults, self._cells.clean, row.step_unit, "step_unit")
        procedure = told(faults, self._cells.text, row.procedure, "procedure") or constants.procedure
        channel = self._mapping.channels.get(same(row.channel), constants.channel)
        said = {"unit": self._unit(unit) if unit else constants.unit, "procedure": procedure, "channel": channel}
        return {name: value for name, value in said.items() if value is not None}

    def _acceptance(self, row: LogRow, faults: list[RowRefused]) -> dict[str, Any]:
        data = self._submission(row, faults)
        if "unit" not in data:
            raise RowRefused("unit", "missing")
        return data | (told(faults, self._deadline, row.due, "due") or {})

    def _deadline(self, text: str, field: str) -> dict[str, str]:
        text = self._cells.date(text, field)
        due = self._cells.read(text) if text else None
        if text and due is None:
            raise RowRefused(field, "date_format")
        return bare_day.due(due)

    def _status(self, row: LogRow) -> dict[str, Any]:
        raw = self._cells.clean(row.status, "status")
        if not raw:
            return {}
        known, raw = self._mapping.statuses.get(same(raw)), self._cells.scrub(raw)
        return {"status_raw": raw} if known is None else {"status_raw": raw, "status": int(known)}

    def _unit(self, name: str) -> str:
        return self._mapping.units.get(same(name)) or self._cells.scrub(name)

    def _case_code(self, text: str) -> str:
        name = self._cells.clean(text, "case")
        if not name:
            raise RowRefused("case", "missing")
        settings = self._mapping.case
        if settings.spaces:
            name = settings.spaces.join(name.split())
        try:
            return CASE_CODE.validate_python(self._cells.scrub(settings.prefix + name))
        except ValidationError as exc:
            raise RowRefused("case", breach_of(exc).rule) from None

    def _event(
        self,
        kind: str,
        case: str,
        own: str,
        at: Moment,
        data: dict[str, Any],
        faults: list[RowRefused],
        since: Moment | None = None,
    ) -> Outgoing:
        """The event as it goes to Kafka, held against the contract in these very bytes; without a field of its data
        that the contract refuses, where it need not have it."""
        type_ = f"case.{kind}.v1"
        undated = kind == "accepted" and any(fault.field == "due" for fault in faults)
        value = _encode(
            {
                "specversion": "1.0",
                "type": type_,
                "source": self._mapping.constants.source,
                "id": own + UNDATED if undated else own,
                "subject": case,
                "time": bare_day.happened(at, type_, since).text,
                "data": data,
            }
        )
        if len(value) > self._most_bytes:
            raise RowRefused("event", "too_large")
        try:
            CONTRACT.parse(value)
        except Breach as breach:
            name = breach.field.removeprefix("data.")
            unit = "unit" if kind in OF_CASE else "step_unit"
            fault = RowRefused(unit if name == "unit" else FIELD_OF.get(breach.field, breach.field), breach.rule)
            known = fields_of(type_).get(name)
            if known is None or known.required or name not in data:
                raise fault from None
            faults.append(fault)
            rest = {field: value for field, value in data.items() if field != name}
            return self._event(kind, case, own, at, rest, faults, since)
        return Outgoing(kind, case.encode(), value)
