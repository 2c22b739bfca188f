"""From a row of a table to its events. Pure: the clock and the key of the hashes are arguments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import msgspec

from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.province import ZONE, as_datetime, moment
from schemas.source_name import Source
from schemas.topics import Topic
from streams.intake import bare_day
from streams.intake.gateway.scrub import scrub
from streams.intake.headers import same
from streams.intake.identity import event_id
from streams.intake.identity_hashing import Hasher
from streams.intake.moments import Moment
from streams.intake.outgoing import Outgoing, RowRefused, told
from streams.intake.rows import Rejection
from streams.intake.tables import subjects
from streams.intake.tables.cells import Cells
from streams.intake.tables.fields import Form, fields_of
from streams.intake.tables.hanging import RULE, Hanging
from streams.intake.tables.mapping import Statement, TableFile, contract_of
from streams.time_bounds import Timely

SECOND_US = 1_000_000
MOST_REVISIONS = 1_000
DATED = (Form.DAY, Form.MOMENT)
T = TypeVar("T")
_encode = msgspec.json.Encoder().encode


class TableRecord(NamedTuple):
    """One row: its line, and the cells of the headings that were asked for."""

    line: int
    cells: Mapping[str, str]


class Maker:
    """Makes the events of the rows of one table. Nothing can have happened later than ``now`` and the topic allows."""

    def __init__(
        self,
        statements: tuple[Statement, ...],
        file: TableFile,
        source: Source,
        topic: Topic,
        hasher: Hasher,
        now: datetime,
        sheet: str = "",
        hanging: Hanging | None = None,
    ) -> None:
        self._sheet = sheet
        self._hanging = hanging or Hanging()
        self._hasher = hasher
        cells = Cells(file, hasher)
        makers = [_OfOne(statement, cells, source, topic, now, self._scrub) for statement in statements]
        self._makers = sorted(makers, key=lambda maker: not maker.begins)  # an end is held against its beginning

    def events(self, row: TableRecord) -> Iterator[Outgoing | Rejection]:
        """A fault costs only the event that needs the cell; all faults of the row are told."""
        begun: dict[str, Moment] = {}
        for maker in self._makers:
            made, faults = maker.event(row.cells, begun)
            for fault in faults:
                yield Rejection(row.line, fault.field, fault.rule, maker.column_of(fault.field), self._sheet)
            if made is not None:
                yield made
            elif faults and (subject := maker.subject(row.cells)) is not None:
                self._hanging.refused(maker.type, subject)

    def hung(self, made: Outgoing, line: int) -> Iterator[Rejection]:
        """That an event, which is taken, counts for nobody: what it belongs to was refused."""
        if self._hanging.hangs(made):
            yield Rejection(line, "row", RULE, "", self._sheet)

    def drop(self, made: Outgoing) -> None:
        """An event that is not taken after all."""
        self._hanging.refused(made.kind, made.key)

    def _scrub(self, event: dict[str, Any]) -> dict[str, Any]:
        return scrub(event, self._hasher)


class _OfOne:
    """The events of one statement."""

    def __init__(
        self,
        statement: Statement,
        cells: Cells,
        source: Source,
        topic: Topic,
        now: datetime,
        scrubbed: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> None:
        self._said = statement
        self.type = statement.type
        self._cells = cells
        self._source = source
        self._most_bytes = topic.max_event_bytes
        self._timely, self._now = Timely(topic), moment(now)
        self._scrubbed = scrubbed
        self._fields = fields_of(statement.type)
        self._contract = CONTRACTS[contract_of(statement.type)]
        self._only = {heading: frozenset(map(same, words)) for heading, words in statement.only.items()}

    @property
    def begins(self) -> bool:
        return self._said.type in bare_day.BEGINS

    def column_of(self, field: str) -> str:
        """The heading of the column that a field comes from; ``""`` where it is none's."""
        own = {"time": self._said.time, "id": self._said.id or "", "revision": self._said.revision or ""}
        found = own.get(field) or self._said.columns.get(field)
        return found or (field if field in self._said.headings else "")

    def event(self, row: Mapping[str, str], begun: dict[str, Moment]) -> tuple[Outgoing | None, Sequence[RowRefused]]:
        """The event, and every fault, with a field of the mapping: neither if the row does not say it. Without its
        deadline, where that alone cannot be read. ``begun``: when what this row speaks of began, by subject."""
        faults: list[RowRefused] = []
        if not told(faults, self._is_said, row):
            return None, faults
        at = told(faults, self._moment, row)
        said = {name: told(faults, self._value, name, row) for name in self._fields}
        data = {name: value for name, value in said.items() if value is not None}
        own = told(faults, self._cells.text, row[self._said.id], "id") if self._said.id is not None else ""
        if at is None or not all(self._can_do_without(fault.field) for fault in faults):
            return None, faults + [
                fault for fault in self._parts_missing(row) if fault.field not in {f.field for f in faults}
            ]
        return told(faults, self._made, row, at, data, own or "", begun, faults), faults

    def _can_do_without(self, field: str) -> bool:
        known = self._fields.get(field)
        return known is not None and not known.required and field in ("due_on", "due_at")

    def _made(
        self,
        row: Mapping[str, str],
        at: Moment,
        data: Mapping[str, Any],
        own: str,
        begun: dict[str, Moment],
        faults: list[RowRefused],
    ) -> Outgoing:
        """An event that lacks what could not be read (``faults``) has an id of its own: the whole one, once it comes,
        is another event and not a version of this one."""
        without = "-undated" if faults else ""
        subject = self._subject(row, at, data)
        if self.begins:
            begun[subject] = at
        elif bare_day.too_early(at, self._said.type, begun.get(subject)):
            faults.append(RowRefused("time", bare_day.TOO_EARLY))
        return self._checked(
            {
                "specversion": "1.0",
                "type": self._said.type,
                "source": self._source,
                "id": event_id(self._said.type, subject, at.us, own) + without,
                "subject": subject,
                "time": bare_day.happened(at, self._said.type, begun.get(subject)).text,
                "data": _nested(data),
            }
        )

    def subject(self, row: Mapping[str, str]) -> bytes | None:
        """What a refused row is about, as far as it can be told."""
        found: list[RowRefused] = []
        data = {name: value for name in self._fields if (value := told(found, self._value, name, row)) is not None}
        at = told(found, self._moment, row)
        subject = told(found, self._subject, row, at or Moment(0), data)
        if subject is None or (at is None and subjects.TIMES.keys() & set(subjects.names(self._said.pattern))):
            return None
        return str(self._scrubbed({"subject": subject, "type": self.type})["subject"]).encode()

    def _subject(self, row: Mapping[str, str], at: Moment, data: Mapping[str, Any]) -> str:
        return subjects.put_together(
            self._said.pattern, lambda name: self._part(name, at, data, row), lambda name: RowRefused(name, "missing")
        )

    def _is_said(self, row: Mapping[str, str]) -> bool:
        clean = self._cells.clean
        if self._said.optional and not self._cells.date(row[self._said.time], "time"):
            return False
        if not all(clean(row[heading], heading) for heading in self._said.filled):
            return False
        return all(same(clean(row[heading], heading)) in words for heading, words in self._only.items())

    def _moment(self, row: Mapping[str, str]) -> Moment:
        text = self._cells.date(row[self._said.time], "time")
        if not text:
            raise RowRefused("time", "missing")
        at = self._cells.moment(text, "time")
        at = Moment(at.us + SECOND_US * self._revision(row), at.day)
        rule = self._timely.breach(at.us, self._now)
        if rule is not None:
            raise RowRefused("time", rule)
        return at

    def _revision(self, row: Mapping[str, str]) -> int:
        """How often it has been said before: so many seconds later it is said, so that the last statement counts."""
        if self._said.revision is None:
            return 0
        text = self._cells.clean(row[self._said.revision], "revision")
        number = self._cells.whole(text, "revision") if text else 1
        if not 1 <= number <= MOST_REVISIONS:
            raise RowRefused("revision", "out_of_range")
        return number - 1

    def _value(self, name: str, row: Mapping[str, str]) -> Any:
        heading = self._said.columns.get(name)
        clean = self._cells.date if self._fields[name].form in DATED else self._cells.clean
        text = clean(row[heading], name) if heading is not None else ""
        if not text:
            value = self._said.constants.get(name)
            if value is None and self._fields[name].required:
                raise RowRefused(name, "missing")
            return value
        words = self._said.words.get(name, {})
        if self._fields[name].form is not Form.TEXTS:
            found = words.get(same(text))
            if found is not None:
                return found
        if name in self._said.closed:
            raise RowRefused(name, "not_in_list")
        form = self._fields[name].form
        if form is Form.MOMENT and name.rpartition(".")[2] in bare_day.DEADLINES:
            return bare_day.until(self._cells.moment(text, name)).text
        return self._cells.value(form, text, name)

    def _parts_missing(self, row: Mapping[str, str]) -> Iterator[RowRefused]:
        """Of the subject: columns that are empty and are no field of the event."""
        for name in subjects.needed(self._said.pattern):
            if name not in self._fields and name not in subjects.TIMES:
                found: list[RowRefused] = []
                if not told(found, self._cells.text, row[name], name):
                    yield found[0] if found else RowRefused(name, "missing")

    def _part(self, name: str, at: Moment, data: Mapping[str, Any], row: Mapping[str, str]) -> str:
        if name in self._fields:
            return str(data.get(name, ""))
        if name in subjects.TIMES:
            return as_datetime(at.us).astimezone(ZONE).strftime(subjects.TIMES[name])
        return self._cells.text(row[name], name)

    def _checked(self, event: dict[str, Any]) -> Outgoing:
        """As it goes to Kafka, held against the contract in these very bytes."""
        value = _encode(self._scrubbed(event))
        if len(value) > self._most_bytes:
            raise RowRefused("event", "too_large")
        try:
            made = self._contract.parse(value)
        except Breach as breach:
            raise RowRefused(breach.field.removeprefix("data."), breach.rule) from None
        return Outgoing(self._said.type, made.subject.encode(), value)


def _nested(data: Mapping[str, Any]) -> dict[str, Any]:
    """Fields with points in their names become parts of parts."""
    made: dict[str, Any] = {}
    for name, value in data.items():
        *above, last = name.split(".")
        place = made
        for part in above:
            place = place.setdefault(part, {})
        place[last] = value
    return made
