"""A number opened: its amount and its list, counted in one snapshot and kept a while for paging and export."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from psycopg.rows import dict_row

from dashboards.periods import Period, PeriodName
from dashboards.readers import figures, limit_keys, lookup_days, subjects, unit_days
from dashboards.readers.cases import CountedCase, counted
from dashboards.readers.database import Connection
from dashboards.readers.domains import counter_of
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.queries import opening_of, query
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind, Noun
from schemas.counters import COUNTER
from schemas.json_text import encode
from schemas.lookups import LOOKUP

CASE = "case"  # what the table calls the domain of cases, which is none of schemas.contracts
KEPT = timedelta(days=7)  # where the settings do not say otherwise
MOST = (
    10_000  # rows of a list that are kept, the first; nobody turns more pages, and they are written for every opening
)
A_SLICE = 20  # openings that are forgotten in one transaction


@dataclass(frozen=True, slots=True)
class Opening:
    """``amount`` is the number that was shown; ``cases`` is how many rows the list has (one case or subject may count
    more than once)."""

    id: str
    counter: str
    period: Period
    filters: Filters
    as_of: datetime
    amount: int
    cases: int
    domain: str = CASE

    @property
    def listed(self) -> int:
        """How many rows of the list are kept: all, or the first :data:`MOST`."""
        return min(self.cases, MOST)


@dataclass(frozen=True, slots=True)
class Item:
    """``position`` from 1; ``counted.case`` is what the case is now, not what it was when the number was opened."""

    position: int
    counted: CountedCase


@dataclass(frozen=True, slots=True)
class SubjectItem:
    """The same of a list of subjects."""

    position: int
    counted: subjects.CountedSubject


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """``next_after`` is the ``after`` of the next page; ``None`` on the last."""

    items: tuple[Item, ...]
    next_after: int | None


async def open_number(
    conn: Connection, as_of: datetime, counter: str, period: Period, filters: Filters = NO_FILTERS
) -> Opening:
    """Counts and keeps the list in one snapshot, the latest case first; on a connection that may write
    (:meth:`Database.writing`). ``KeyError`` for a counter that the registry does not have."""
    known = COUNTER[counter]
    days, unit = await unit_days.asked(conn, period.on(filters.day), filters.unit)
    asked = {
        "counter": counter,
        "as_of": as_of,
        "first": days.first,
        "last": days.last,
        "unit": unit if known.kind is Kind.FLOW else filters.unit,
        "channel": filters.channel,
        "procedure": filters.procedure,
    }
    if known.kind is Kind.FLOW and known.noun is Noun.CASE:  # a noun of its own is what may happen to a case again
        return await _open_single(conn, as_of, counter, period, filters, asked)
    name = "opening_flow" if known.kind is Kind.FLOW else "opening_now"
    asked |= {"day": filters.day, "due_before": filters.due_before}
    return await open_by(conn, name, asked, as_of, CASE, counter, period, filters)


async def _open_single(
    conn: Connection, as_of: datetime, counter: str, period: Period, filters: Filters, asked: Mapping[str, object]
) -> Opening:
    """A list of cases that count once each. Where it is longer than what is kept, its length is the number that the
    rollups have in this snapshot, which the audit holds against the cases."""
    cursor = await conn.execute(query("opening_single"), {**asked, "rows": MOST + 1})
    lines = await cursor.fetchall()
    cases = len(lines)
    if cases > MOST:
        cases = await figures.flow(conn, counter, period, filters)
    return await keep(conn, as_of, CASE, counter, period, filters, lines[:MOST], cases, cases)


async def open_domain(
    conn: Connection, as_of: datetime, domain: str, counter: str, period: Period, filters: Filters = NO_FILTERS
) -> Opening:
    """The same for a counter of another domain than cases. ``KeyError`` for a domain or counter not declared."""
    if domain == LOOKUP.name:
        counter_of(DOMAINS[domain], counter)
        name, asked = "lookup_opening", await lookup_days.asked(conn, period, filters)
    else:
        name, asked = "domain_opening", await subjects.counting(conn, DOMAINS[domain], counter, period, filters, as_of)
    return await open_by(conn, name, asked, as_of, domain, counter, period, filters)


async def open_by(
    conn: Connection,
    name: str,
    asked: Mapping[str, object],
    as_of: datetime,
    domain: str,
    counter: str,
    period: Period,
    filters: Filters,
) -> Opening:
    """The same of a list that a query gives, also for what is counted of cases beside the registry; ``asked`` are its
    parameters besides those that every opening has."""
    opening_id = token_urlsafe(12)
    head = {"id": opening_id, "most": MOST, "domain": domain, "counter": counter, "as_of": as_of}
    parameters = {**asked, **head, "filters": _stored(period, filters)}
    row = await (await conn.execute(opening_of(name), parameters)).fetchone()
    assert row is not None  # noqa: S101  INSERT … RETURNING of one row
    return Opening(opening_id, counter, period, filters, as_of, row[0], row[1], domain)


async def keep(
    conn: Connection,
    as_of: datetime,
    domain: str,
    counter: str,
    period: Period,
    filters: Filters,
    lines: Sequence[tuple[str, int]],
    amount: int,
    rows: int,
) -> Opening:
    """The same for a list that was counted elsewhere in the same transaction: the subjects and amounts of its first
    rows, in order, what all rows add up to, and how many they are."""
    opening_id = token_urlsafe(12)
    parameters = {
        "id": opening_id,
        "most": MOST,
        "domain": domain,
        "counter": counter,
        "filters": _stored(period, filters),
        "as_of": as_of,
        "subjects": [subject for subject, _ in lines],
        "amounts": [each for _, each in lines],
        "amount": amount,
        "rows": rows,
    }
    await conn.execute(query("opening_keep"), parameters)
    return Opening(opening_id, counter, period, filters, as_of, amount, rows, domain)


async def kept(conn: Connection, opening: Opening, after: int = 0, limit: int = 50) -> tuple[tuple[int, str, int], ...]:
    """Up to ``limit`` rows of such a list after a position: position, subject, amount."""
    cursor = await conn.execute(query("opening_items"), {"id": opening.id, "after": after, "limit": limit})
    return tuple((row[0], row[1], row[2]) for row in await cursor.fetchall())


async def get(conn: Connection, opening_id: str) -> Opening | None:
    """The opening, or ``None`` if there is none of this id (any more)."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("opening"), {"id": opening_id})
        row = await cursor.fetchone()
    if row is None:
        return None
    period, filters = _restored(row.pop("filters"))
    return Opening(period=period, filters=filters, **row)


async def page(conn: Connection, opening_id: str, after: int = 0, limit: int = 50) -> OpeningPage:
    """Up to ``limit`` rows after a position. Page ``n`` (from 0) of the list begins ``after = n * limit``."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("opening_page"), {"id": opening_id, "after": after, "limit": limit + 1})
        rows = await cursor.fetchall()
    items = tuple(Item(row.pop("position"), counted(row)) for row in rows[:limit])
    return OpeningPage(items, items[-1].position if len(rows) > limit else None)


async def subjects_page(conn: Connection, opening: Opening, after: int = 0, limit: int = 50) -> tuple[SubjectItem, ...]:
    """Up to ``limit`` rows of a list of subjects after a position."""
    if opening.domain == LOOKUP.name:
        days = await lookup_days.opened_page(conn, opening.id, after, limit)
        return tuple(SubjectItem(row.pop("position"), subjects.counted(row)) for row in days)
    parameters = {"id": opening.id, "domain": opening.domain, "after": after, "limit": limit}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("domain_opening_page"), parameters)
        rows = await cursor.fetchall()
    await limit_keys.shown(conn, opening.domain, [(row["part"], row["detail"]) for row in rows])
    return tuple(SubjectItem(row.pop("position"), subjects.counted(row)) for row in rows)


async def expire(conn: Connection, before: datetime) -> int:
    """Forgets a slice of the openings made before this moment (on a connection that may write); how many. Fewer than
    :data:`A_SLICE` are the last."""
    return (await conn.execute(query("openings_expire"), {"before": before, "slice": A_SLICE})).rowcount


def _stored(period: Period, filters: Filters) -> str:
    return encode({"period": asdict(period), **asdict(filters)}).decode()


def _restored(stored: dict[str, object]) -> tuple[Period, Filters]:
    match stored.pop("period"):
        case {"name": str(name), "first": first, "last": last}:
            period = Period(PeriodName(name), _date(first), _date(last))
        case _:
            raise ValueError("an opening without its period")
    day, due_before = stored.pop("day"), stored.pop("due_before")
    names = {key: value for key, value in stored.items() if isinstance(value, str)}
    due = datetime.fromisoformat(due_before) if isinstance(due_before, str) else None
    return period, Filters(day=_date(day), due_before=due, **names)


def _date(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
