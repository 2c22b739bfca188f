"""Subjects of every domain but cases: one with its history, and pages of many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from psycopg.rows import DictRow, dict_row

from dashboards.periods import ALL, Period
from dashboards.readers import limit_keys, lookup_days, unit_days
from dashboards.readers.database import Connection
from dashboards.readers.domains import SOON, counter_of
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.queries import query
from schemas.counter_kinds import Kind
from schemas.domain import Domain
from schemas.lookups import LOOKUP
from schemas.province import as_datetime


@dataclass(frozen=True, slots=True)
class StoredSubject:
    """What ``subject_state`` says. One of too many events has only ``oversized``, a voided one only ``voided_at``."""

    subject: str
    unit: str
    part: str
    standing: str
    title: str | None
    opened_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    last_at: datetime | None
    voided_at: datetime | None
    oversized: bool
    simulated: bool
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SubjectFact:
    """One event of a subject. ``data`` as its contract writes it; of a correction ``replaces``, ``kind``, ``time`` (in
    microseconds) and ``event``."""

    kind: str
    time: datetime
    source: str
    id: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ToldSubject:
    """A subject and its events in order; none where ``subject.oversized``."""

    subject: StoredSubject
    events: tuple[SubjectFact, ...]


@dataclass(frozen=True, slots=True)
class CountedSubject:
    """A subject in a list and how much it adds there."""

    subject: StoredSubject
    amount: int


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """``next_after`` is where the next page begins; ``None`` on the last."""

    items: tuple[CountedSubject, ...]
    next_after: str | None


_events = msgspec.json.Decoder(list[tuple[str, int, str, str, dict[str, Any]]])


async def get(conn: Connection, domain: Domain, subject: str) -> ToldSubject | None:
    """The subject of exactly this key."""
    if domain.name == LOOKUP.name:
        found = await lookup_days.of_subject(conn, subject)
        return _lookups_of(counted(found[0]).subject, found[1]) if found else None
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("domain_subject"), {"domain": domain.name, "subject": subject})
        row = await cursor.fetchone()
    if row is None:
        return None
    events = tuple(
        SubjectFact(kind, as_datetime(time), source, id, data)
        for kind, time, source, id, data in _events.decode(row.pop("events"))
    )
    said = [(row["part"], row["detail"]), *((event.data.get("scope", ""), event.data) for event in events)]
    await limit_keys.shown(conn, domain.name, said)
    return ToldSubject(StoredSubject(**row), events)


async def page(
    conn: Connection,
    as_of: datetime,
    domain: Domain,
    *,
    counter: str | None = None,
    period: Period = ALL,
    filters: Filters = NO_FILTERS,
    standing: str | None = None,
    last_event_since: datetime | None = None,
    subject: str | None = None,
    after: str = "",
    limit: int = 100,
) -> SubjectPage:
    """Subjects in the order of their keys; with a counter, those that it counts in the period, without one those that
    were opened in it.

    A subject's place never changes, so following ``next_after`` meets each that fits all the while exactly once.
    ``subject`` is exactly one, and only without a counter. ``KeyError`` for a counter that the domain does not have.
    """
    if domain.name == LOOKUP.name:
        if counter is not None:
            counter_of(domain, counter)
        return _page(await lookup_days.page(conn, counter, period, filters, subject, after, limit + 1), limit)
    more = {
        "after": after,
        "limit": limit + 1,
        "standing": standing,
        "last_event_since": last_event_since,
        "subject": subject,
    }
    if counter is None:
        name = "domain_subjects"
        days = period.on(filters.day)
        parameters: Mapping[str, Any] = {
            "domain": domain.name,
            "unit": filters.unit,
            "part": filters.part,
            "first": days.first,
            "last": days.last,
            **more,
        }
    else:
        name = "domain_subjects_counted"
        parameters = {**await counting(conn, domain, counter, period, filters, as_of), **more}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query(name), parameters)
        rows = await cursor.fetchall()
    await limit_keys.shown(conn, domain.name, [(row["part"], row["detail"]) for row in rows])
    return _page(rows, limit)


def _page(rows: Sequence[DictRow], limit: int) -> SubjectPage:
    items = tuple(counted(row) for row in rows[:limit])
    return SubjectPage(items, items[-1].subject.subject if len(rows) > limit else None)


def _lookups_of(subject: StoredSubject, rows: Sequence[DictRow]) -> ToldSubject:
    """An account's day as its look-ups tell it."""
    said = [{name: value for name, value in row.items() if name not in _NAMES and value is not None} for row in rows]
    events = tuple(
        SubjectFact("performed", row["time"], row["source"], row["id"], data)
        for row, data in zip(rows, said, strict=True)
    )
    return ToldSubject(subject, events)


_NAMES = frozenset({"time", "source", "id"})


async def counting(
    conn: Connection, domain: Domain, counter: str, period: Period, filters: Filters, as_of: datetime
) -> dict[str, Any]:
    """What the database function ``subject_counted`` has to be told of a number."""
    known = counter_of(domain, counter)
    now = known.kind is Kind.NOW
    days, unit = period.on(filters.day), filters.unit
    if known.kind is Kind.FLOW:
        days, unit = await unit_days.asked(conn, days, unit)
    elif known.kind is Kind.LEVEL:
        last, unit = await unit_days.standing(conn, days, unit)
        days = replace(days, last=last)
    return {
        "domain": domain.name,
        "counter": counter,
        "kind": known.kind.value,
        "first": filters.day if now else days.first,
        "last": filters.day if now else days.last,
        "unit": unit,
        "part": filters.part,
        "standings": list(known.standings),
        "due": known.due.value if known.due else None,
        "as_of": as_of,
        "soon": as_of + SOON,
    }


def counted(row: DictRow) -> CountedSubject:
    """From a row of the subject's columns and ``amount``."""
    columns: dict[str, Any] = {**row}
    amount = columns.pop("amount")
    return CountedSubject(StoredSubject(**columns), amount)


def units_in(subjects: Sequence[StoredSubject]) -> set[str]:
    return {subject.unit for subject in subjects if subject.unit}
