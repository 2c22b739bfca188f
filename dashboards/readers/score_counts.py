"""What Quyết định 766 counts of every unit over a period: own cases, petitions, the catalogue, the portal's figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from psycopg.rows import dict_row

from dashboards.periods import Period, today
from dashboards.readers import domains
from dashboards.readers.database import Connection
from dashboards.readers.figures import Filters
from dashboards.readers.portal_gap import portal_period
from dashboards.readers.queries import query
from schemas.counters import Kind
from schemas.portal import PETITION, kind_of
from schemas.province import ZONE
from schemas.reference.rows import Tier
from schemas.rules.decision_766 import COMPONENTS, Counted

PROVINCE = "province"  # the tier of all units together
LEVEL_OF_TIER = {Tier.DEPARTMENT: "tỉnh", Tier.DISTRICT: "huyện", Tier.COMMUNE: "xã"}
_DAY = timedelta(days=1)

# The components whose missing points are cases: in the whole, and not in the part.
OF_CASES = {  # code → the flag that the part has; of payments the whole has one too
    "DOSSIER_SYNC": "portal_known",
    "ONLINE_DOSSIERS": "accepted_online",
    "ONLINE_PAYMENT": "paid_online",
    "ORIGINAL_RESULT_AVAILABLE": "results_electronic",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "digitised_whole",
    "REUSED_DIGITIZED_DATA": "papers_reused",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "population_used",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One component of one unit. ``published``: the portal's own, of that period (2026-10, 2026-Q3, 2026)."""

    counted: Counted
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    within: int = 0
    overdue: int = 0


@dataclass
class Counts:
    """What was read, by unit (``None``: all together)."""

    cases: dict[str | None, dict[str, int]] = field(default_factory=dict)
    open: dict[str | None, Open] = field(default_factory=dict)
    petitions: dict[str | None, dict[str, int]] | None = None  # None: there is no such source
    published: dict[str | None, dict[str, Figure]] = field(default_factory=dict)
    catalogue: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # level → known, online, with a fee

    @property
    def units(self) -> set[str | None]:
        return {None} | set(self.cases) | set(self.open) | set(self.published) | set(self.petitions or {})


async def read(conn: Connection, as_of: datetime, period: Period, unit: str | None) -> Counts:
    counts = Counts()
    if period.first is None or period.last is None:
        raise ValueError("a score is of a period with a first and a last day")
    asked = {"first": period.first, "last": period.last, "unit": unit, "day": min(period.last, today(as_of))}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("score_counts"), {**asked, "whole_months": period.whole_months})
        counts.cases = {row.pop("unit"): row for row in await cursor.fetchall()}
        await cursor.execute(query("score_open"), {**asked, "at": end_of(period, as_of)})
        counts.open = {row["unit"]: Open(row["within"], row["overdue"]) for row in await cursor.fetchall()}
        await cursor.execute(query("score_catalogue"), asked)
        counts.catalogue = {
            row["level"] or "": (row["known"], row["online"], row["fee"]) for row in await cursor.fetchall()
        }
        if period.first == period.last:
            _only_with_events(counts)
        name = portal_period(period)
        components = [component.code for component in COMPONENTS]
        kind = kind_of(name) if name is not None else None
        await cursor.execute(query("score_published"), {**asked, "components": components, "kind": kind})
        for row in await cursor.fetchall():
            figure = Figure(Counted(row["numerator"], row["denominator"]), _named(row["kind"], row["day"]))
            counts.published.setdefault(row["unit"], {})[row["component"]] = figure
    if await known_petitions(conn):
        counts.petitions = await _petitions(conn, as_of, period, unit)
    counts.published[None] = _published_sum(counts.published)
    return counts


async def _petitions(
    conn: Connection, as_of: datetime, period: Period, unit: str | None
) -> dict[str | None, dict[str, int]]:
    """What happened to petitions in the period, and what is overdue when it ends: not what is overdue now, which would
    move the figures of periods that are over while nothing happens."""
    rows = await domains.read(conn, as_of, PETITION, period, domains.By.UNIT, Filters(unit=unit))
    flows = domains.counters_of(PETITION, Kind.FLOW)
    found: dict[str | None, dict[str, int]] = {row.key: {name: row.counts[name] or 0 for name in flows} for row in rows}
    cursor = await conn.execute(query("score_petitions_overdue"), {"at": end_of(period, as_of), "unit": unit})
    for of, overdue in await cursor.fetchall():
        found.setdefault(of, {})["overdue"] = overdue
    found[None] = _summed(found.values())
    return found


def _only_with_events(counts: Counts) -> None:
    """Of a single day: what is open and what the catalogue offers is no score of a unit to which nothing happened."""
    counts.open = {unit: amounts for unit, amounts in counts.open.items() if unit in counts.cases}
    if not counts.cases:
        counts.catalogue = {}


async def known_petitions(conn: Connection) -> bool:
    """Whether any petition is known, however old."""
    row = await (await conn.execute(query("score_petitions"))).fetchone()
    return row is not None and bool(row[0])


def figures_of(counts: Counts, unit: str | None, tier: str | None) -> dict[str, Figure]:
    """What is known of the unit, by code."""
    own = dict(_own(counts, unit))
    own |= dict(_catalogued(counts, unit, tier))
    known = {code: Figure(counted) for code, counted in own.items()}
    return {**counts.published.get(unit, {}), **known}


def _own(counts: Counts, unit: str | None) -> Iterable[tuple[str, Counted]]:
    cases, open_ = counts.cases.get(unit), counts.open.get(unit, Open())
    if cases is None and unit not in counts.open:
        return
    cases = cases or {}
    accepted, late = cases.get("accepted", 0), cases.get("late_766", 0) + open_.overdue
    for code, flag in OF_CASES.items():
        yield code, Counted(cases.get(flag, 0), cases.get("fee_cases", 0) if code == "ONLINE_PAYMENT" else accepted)
    on_time = cases.get("on_time_766", 0) + open_.within
    yield "PROGRESS", Counted(on_time, on_time + late)
    unhappy = cases.get("dissatisfied", 0)
    yield "DOSSIER_RECEIVING_SATISFACTION", Counted(max(0, on_time - unhappy), on_time + late)
    yield (
        "CITIZEN_DATA_CONNECTED_FORMALITY",
        Counted(cases.get("population_procedures", 0), cases.get("procedures", 0)),
    )
    if counts.petitions is not None:
        told = counts.petitions.get(unit, {})
        whole = told.get("answered_on_time", 0) + told.get("answered_late", 0) + told.get("overdue", 0)
        yield "PETITION_PROCESSING_ON_TIME", Counted(told.get("answered_on_time", 0), whole)
        happy = max(0, told.get("answered_on_time", 0) - told.get("disliked", 0))
        yield "PETITION_HANDLING_SATISFACTION", Counted(happy, whole)


def _catalogued(counts: Counts, unit: str | None, tier: str | None) -> Iterable[tuple[str, Counted]]:
    """Of the catalogue of the unit's level; nothing where that does not say what is offered online or has a fee."""
    levels = list(counts.catalogue.values())
    if tier != PROVINCE:
        level = LEVEL_OF_TIER.get(Tier(tier)) if tier is not None else None
        levels = [counts.catalogue[level]] if level in counts.catalogue else []
    known, online, fee = (sum(column) for column in zip(*levels, strict=True)) if levels else (0, 0, 0)
    cases = counts.cases.get(unit, {})
    if known:
        yield "ONLINE_SERVICES", Counted(online, known)
    if online:
        yield "ONLINE_SERVICES_USED", Counted(cases.get("catalogued_online", 0), online)
    if fee:
        yield "PAYMENT_SERVICES_USED", Counted(cases.get("catalogued_paid_online", 0), fee)


def _summed(rows: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for row in rows:
        for name, amount in row.items():
            total[name] = total.get(name, 0) + amount
    return total


def _published_sum(published: Mapping[str | None, Mapping[str, Figure]]) -> dict[str, Figure]:
    """All units together; a component's period is named where all of its figures are of the same."""
    total: dict[str, Figure] = {}
    for figures in published.values():
        for code, figure in figures.items():
            held = total.get(code)
            if held is None:
                total[code] = figure
            else:
                same = held.published if held.published == figure.published else "…"
                total[code] = Figure(held.counted + figure.counted, same)
    return total


def end_of(period: Period, as_of: datetime) -> datetime:
    """The moment at which the period ends, or this one."""
    if period.last is None or period.last >= today(as_of):
        return as_of
    return datetime.combine(period.last + _DAY, datetime.min.time(), tzinfo=ZONE)


def _named(kind: str, first: date) -> str:
    if kind == "year":
        return f"{first.year}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if kind == "quarter" else f"{first:%Y-%m}"
