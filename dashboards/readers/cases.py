"""Cases: one with its history, and pages of many in the order of their codes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from psycopg.rows import DictRow, dict_row

from dashboards.deadline_reasons import Broken, Moved
from dashboards.periods import ALL, Period
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.queries import query
from schemas.counter_kinds import Kind, Noun
from schemas.counters import BREACHES, COUNTER
from schemas.history import History, decode
from schemas.province import as_date, as_datetime


class StoredCase(NamedTuple):
    """What ``case_state`` says. A case of too many events has only ``oversized``, a voided one only ``voided_at``.
    A tuple, since a list makes a million of them, and a frozen dataclass takes ten times as long."""

    subject: str
    unit: str  # that accepted it; "" if none is named
    procedure: str
    channel: str
    submitted_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    end_kind: str | None
    returned_at: datetime | None
    status: int | None
    status_raw: str | None
    last_at: datetime | None
    last_unit: str  # where it was last seen
    voided_at: datetime | None
    oversized: bool
    simulated: bool
    portal_status: int | None = None  # the national portal's, by its own word or by what it has taken
    portal_code: str | None = None  # the case's code there, if another
    synced_at: datetime | None = None
    chain: str | None = None  # group of interlinked services
    chain_step: str | None = None  # the step that has waited longest, where, and since when; None: nothing waits
    chain_agency: str | None = None
    chain_since: datetime | None = None
    due_61: datetime | None = None  # the deadline as Nghị định 61/2018 reads it
    due_766: datetime | None = None  # and as Quyết định 766 is counted
    ended_766: datetime | None = None
    late_766: bool | None = None
    supplement_requests: int = 0
    office_us: int = 0  # working time in microseconds up to the end, or to waits_since
    citizen_us: int = 0
    agency_us: int = 0
    payment_us: int = 0
    waits_for: str | None = None  # office, citizen, agency, payment
    waits_since: datetime | None = None
    late_cause: str | None = None  # real, waiting
    portal_learned_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.accepted_at is not None and self.ended_at is None and self.voided_at is None

    def overdue(self, as_of: datetime) -> bool:
        return self.open and self.due_at is not None and self.due_at < as_of


COLUMNS = StoredCase._fields
_COLUMNS_OF = itemgetter(*COLUMNS)


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case and its events in the order in which they are told; none where ``case.oversized``."""

    case: StoredCase
    history: History
    moves: tuple[Moved, ...] = ()  # of both deadlines, from the acceptance on
    readings: tuple[str, ...] = ()  # that would judge it otherwise (schemas.rules.readings)
    breaches: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case in a list and how often it counts there."""

    case: StoredCase
    amount: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Cases by what no figure is taken apart by; ``None`` is no filter. ``step``: the last that was done of an open
    case (``""``: none yet). ``changed_since``: an event of it arrived then or later, whenever it happened."""

    due_first: date | None = None
    due_last: date | None = None
    step: str | None = None
    changed_since: datetime | None = None


NOT_NARROWED = Narrowed()


@dataclass(frozen=True, slots=True)
class CasePage:
    """``next_after`` is where the next page begins; ``None`` on the last."""

    items: tuple[CountedCase, ...]
    next_after: str | None


async def get(conn: Connection, code: str) -> ToldCase | None:
    """The case of exactly this code."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("case"), {"subject": code})
        row = await cursor.fetchone()
    if row is None:
        return None
    history = decode(row.pop("events"))
    moves, flows, readings = (row.pop(name) for name in ("deadline_moves", "flows", "readings"))
    case = StoredCase(**row)
    return ToldCase(case, history, _moved(case, moves), tuple(readings), _broken(flows))


def _moved(case: StoredCase, stored: list[list[Any]] | None) -> tuple[Moved, ...]:
    """An appointment that nothing moved is not stored."""
    if stored:
        return tuple(Moved(why, as_datetime(at), _at(due_61), _at(due_766)) for why, at, due_61, due_766 in stored)
    if case.accepted_at is None or case.due_766 is None:
        return ()
    return (Moved("accepted", case.accepted_at, case.due_61, case.due_766),)


def _at(us: int | None) -> datetime | None:
    return None if us is None else as_datetime(us)


def _broken(flows: list[list[Any]]) -> tuple[Broken, ...]:
    found = (Broken(counter, as_date(day), n) for counter, _, day, n in flows if counter in BREACHES)
    return tuple(sorted(found, key=lambda one: (one.day, one.counter)))


async def page(
    conn: Connection,
    as_of: datetime,
    *,
    counter: str | None = None,
    period: Period = ALL,
    filters: Filters = NO_FILTERS,
    narrowed: Narrowed = NOT_NARROWED,
    last_event_since: datetime | None = None,
    code: str | None = None,
    after: str = "",
    limit: int = 100,
) -> CasePage:
    """Cases in the order of their codes; with a counter, those that it counts in the period.

    A case's place never changes, so following ``next_after`` meets each case that fits all the while exactly once,
    whatever is written meanwhile. For a list as long as a number shown, open the number instead. ``code`` is exactly
    one case, and only without a counter.
    """
    days, unit = await unit_days.asked(conn, period.on(filters.day), filters.unit)
    known = COUNTER[counter] if counter is not None else None
    flow = known is not None and known.kind is Kind.FLOW
    parameters = {
        "after": after,
        "limit": limit + 1,
        "counter": counter,
        "as_of": as_of,
        "first": days.first,
        "last": days.last,
        "day": filters.day,
        "unit": unit if flow else filters.unit,
        "channel": filters.channel,
        "procedure": filters.procedure,
        "last_event_since": last_event_since,
        "code": code,
        "narrowed": narrowed != NOT_NARROWED,
        **asdict(narrowed),
    }
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query(_list_of(counter)), parameters)
        rows = await cursor.fetchall()
    items = tuple(counted(row) for row in rows[:limit])
    return CasePage(items, items[-1].case.subject if len(rows) > limit else None)


def counted(row: DictRow) -> CountedCase:
    """From a row of the case's columns and ``amount``."""
    return CountedCase(StoredCase._make(_COLUMNS_OF(row)), row["amount"])


def _list_of(counter: str | None) -> str:
    if counter is None:
        return "cases_all"
    known = COUNTER[counter]
    if known.kind is Kind.NOW:
        return "cases_now"
    return "cases_single" if known.noun is Noun.CASE else "cases_repeated"
