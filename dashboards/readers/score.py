"""Quyết định 766: what each unit's components count over a period, their points, and the cases behind.

Counted from the province's own events where they carry it; else what the national portal has published for the
period, or last before its end (``ioc.portal``). What neither says is not known, which is not 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from psycopg.rows import class_row, dict_row

from dashboards.periods import Period, between, today
from dashboards.readers import domains, reference
from dashboards.readers.database import Connection
from dashboards.readers.figures import Filters
from dashboards.readers.portal_gap import portal_period
from dashboards.readers.queries import query
from schemas.portal import PETITION, kind_of
from schemas.province import ZONE
from schemas.reference.rows import Tier
from schemas.rules.decision_766 import COMPONENT, COMPONENTS, Counted, Reading, Score, score
from schemas.rules.score_flags import BIT

Granted = Mapping[Any, frozenset[str]]  # by tier
NOTHING_GRANTED: Granted = {}
PROVINCE = "province"  # the tier of all units together
LEVEL_OF_TIER = {Tier.DEPARTMENT: "tỉnh", Tier.DISTRICT: "huyện", Tier.COMMUNE: "xã"}
_DAY = timedelta(days=1)
EARLIEST = 2000  # no figure is older

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
LISTED = (*OF_CASES, "PROGRESS")


@dataclass(frozen=True, slots=True)
class Figure:
    """One component of one unit. ``published``: the portal's own, of that period (2026-10, 2026-Q3, 2026)."""

    counted: Counted
    published: str | None = None


@dataclass(frozen=True)
class UnitScore:
    """``unit`` is ``None`` for all units together, ``""`` for the one that no case names. ``rank`` is among units of
    the same tier that have counted anything, 1 the best; ``None`` where the tier is not known."""

    unit: str | None
    tier: str | None
    figures: Mapping[str, Figure]
    score: Score
    rank: int | None = None
    ranked: int | None = None

    @cached_property
    def lacking(self) -> dict[str, int]:
        """How many cases stand between each component and its maximum."""
        return {
            code: self.figures[code].counted.whole - self.figures[code].counted.part
            for code in LISTED
            if code in self.figures
        }


@dataclass(frozen=True, slots=True)
class LackingCase:
    """One case that the whole of a component has and its part has not."""

    subject: str
    unit: str
    procedure: str
    accepted_at: datetime | None
    due_766: datetime | None
    ended_at: datetime | None
    last_unit: str


@dataclass(frozen=True, slots=True)
class _Open:
    within: int = 0
    overdue: int = 0


@dataclass
class _Counts:
    """What was read, by unit (``None``: all together)."""

    cases: dict[str | None, dict[str, int]] = field(default_factory=dict)
    open: dict[str | None, _Open] = field(default_factory=dict)
    petitions: dict[str | None, dict[str, int]] | None = None  # None: there is no such source
    published: dict[str | None, dict[str, Figure]] = field(default_factory=dict)
    catalogue: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # level → known, online, with a fee

    @property
    def units(self) -> set[str | None]:
        return {None} | set(self.cases) | set(self.open) | set(self.published) | set(self.petitions or {})


async def read(
    conn: Connection,
    as_of: datetime,
    period: Period,
    reading: Reading,
    unit: str | None = None,
    granted: Granted = NOTHING_GRANTED,
) -> tuple[UnitScore, ...]:
    """All units together first, then each in the order of the keys; ``period`` must have a first and a last day.

    ``granted``: by tier, the codes of components that do not apply to it. With ``unit`` only that one is read: it comes
    alone and has no rank.
    """
    counts = await _read(conn, as_of, period, unit)
    tiers = await _tiers(conn, period, counts.units)
    found = []
    for key in sorted(counts.units, key=lambda name: (name is not None, name or "")):
        if key is None and unit is not None:
            continue
        tier = PROVINCE if key is None else tiers.get(key)
        figures = figures_of(counts, key, tier)
        points = score(
            {code: figure.counted for code, figure in figures.items()},
            reading,
            granted.get(tier or "", frozenset()),
        )
        found.append(UnitScore(key, tier, figures, points))
    return tuple(found) if unit is not None else tuple(ranked(found))


def previous(period: Period) -> Period | None:
    """The day before a day, as many whole months before whole months; ``None`` before other days."""
    first, last = period.first, period.last
    if first is None or last is None or first.year < EARLIEST:
        return None
    if first == last:
        return between(first - _DAY, first - _DAY)
    if not period.whole_months or last == date.max:
        return None
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    year, month = divmod(12 * first.year + first.month - 1 - months, 12)
    return between(date(year, month + 1, 1), first - _DAY)


def change(now: UnitScore, before: UnitScore | None) -> float | None:
    """Points more than before, of the components that are known both times; ``None`` where none is."""
    both = [] if before is None else [code for code in now.score.points if code in before.score.points]
    if before is None or not both:
        return None
    return sum(now.score.points[code] - before.score.points[code] for code in both)


async def lacking(
    conn: Connection,
    as_of: datetime,
    period: Period,
    code: str,
    unit: str | None = None,
    after: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[LackingCase, ...]:
    """The cases that a component of :data:`LISTED` lacks, in the order of their codes."""
    async with conn.cursor(row_factory=class_row(LackingCase)) as cursor:
        asked = {**_lacking(as_of, period, code, unit), "after": after, "limit": limit, "offset": offset}
        await cursor.execute(query("score_cases"), asked)
        return tuple(await cursor.fetchall())


def figures_of(counts: "_Counts", unit: str | None, tier: str | None) -> dict[str, Figure]:
    """What is known of the unit, by code."""
    own = dict(_own(counts, unit))
    own |= dict(_catalogued(counts, unit, tier))
    known = {code: Figure(counted) for code, counted in own.items()}
    return {**counts.published.get(unit, {}), **known}


def _own(counts: _Counts, unit: str | None) -> Iterable[tuple[str, Counted]]:
    cases, open_ = counts.cases.get(unit), counts.open.get(unit, _Open())
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


def _catalogued(counts: _Counts, unit: str | None, tier: str | None) -> Iterable[tuple[str, Counted]]:
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


async def _read(conn: Connection, as_of: datetime, period: Period, unit: str | None) -> _Counts:
    counts = _Counts()
    if period.first is None or period.last is None:
        raise ValueError("a score is of a period with a first and a last day")
    asked = {"first": period.first, "last": period.last, "unit": unit, "day": min(period.last, today(as_of))}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("score_months" if period.whole_months else "score_days"), asked)
        counts.cases = {row.pop("unit"): row for row in await cursor.fetchall()}
        await cursor.execute(query("score_open"), {**asked, "at": _end(period, as_of)})
        counts.open = {row["unit"]: _Open(row["within"], row["overdue"]) for row in await cursor.fetchall()}
        await cursor.execute(query("score_catalogue"), asked)
        counts.catalogue = {
            row["level"] or "": (row["known"], row["online"], row["fee"]) for row in await cursor.fetchall()
        }
        name = portal_period(period)
        components = [component.code for component in COMPONENTS]
        kind = kind_of(name) if name is not None else None
        await cursor.execute(query("score_published"), {**asked, "components": components, "kind": kind})
        for row in await cursor.fetchall():
            figure = Figure(Counted(row["numerator"], row["denominator"]), _named(row["kind"], row["day"]))
            counts.published.setdefault(row["unit"], {})[row["component"]] = figure
        await cursor.execute(query("score_petitions"))
        known = await cursor.fetchone()
    if known is not None and known["exists"]:
        rows = await domains.read(conn, as_of, PETITION, period, domains.By.UNIT, Filters(unit=unit))
        counts.petitions = {row.key: {name: amount or 0 for name, amount in row.counts.items()} for row in rows}
        counts.petitions[None] = _summed(counts.petitions.values())
    counts.published[None] = _published_sum(counts.published)
    return counts


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


async def _tiers(conn: Connection, period: Period, units: Iterable[str | None]) -> dict[str, str]:
    """By the key as the figures spell it; units that the reference does not know have none."""
    day = period.last or date.max
    keys = [unit for unit in units if unit]
    named = await reference.names(conn, "unit", keys, day)
    tiers = {unit.key: unit.tier for unit in await reference.units(conn, day)}
    return {spelt: tiers[one.key] for spelt, one in named.items() if one.key is not None and one.key in tiers}


def ranked(found: list[UnitScore]) -> Iterable[UnitScore]:
    """Equal totals (as they are shown, two decimals) share a rank."""
    by_tier: dict[str, list[float]] = {}
    for one in found:
        if one.tier is not None and one.figures:
            by_tier.setdefault(one.tier, []).append(round(one.score.total, 2))
    for one in found:
        totals = by_tier.get(one.tier or "", [])
        if one.unit is None or one.tier is None or not one.figures:
            yield one
            continue
        rank = 1 + sum(total > round(one.score.total, 2) for total in totals)
        yield UnitScore(one.unit, one.tier, one.figures, one.score, rank, len(totals))


def _end(period: Period, as_of: datetime) -> datetime:
    """The moment at which the period ends, or this one."""
    midnight = datetime.combine((period.last or date.max - _DAY) + _DAY, datetime.min.time(), tzinfo=ZONE)
    return min(midnight, as_of)


def _named(kind: str, first: date) -> str:
    if kind == "year":
        return f"{first.year}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if kind == "quarter" else f"{first:%Y-%m}"


def _lacking(as_of: datetime, period: Period, code: str, unit: str | None) -> dict[str, object]:
    if code not in LISTED:
        raise ValueError(f"{COMPONENT[code].label} is not counted by cases")
    flag = OF_CASES.get(code)
    return {
        "progress": flag is None,
        "has": BIT["fee_cases"] if code == "ONLINE_PAYMENT" else 0,
        "lacks": 0 if flag is None else BIT[flag],
        "first": period.first,
        "last": period.last,
        "at": _end(period, as_of),
        "unit": unit,
    }


async def lacking_count(conn: Connection, as_of: datetime, period: Period, code: str, unit: str | None = None) -> int:
    """How many there are."""
    cursor = await conn.execute(query("score_cases_counted"), _lacking(as_of, period, code, unit))
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])
