"""What Quyết định 766 counts of every unit over a period: own cases, petitions, the catalogue, the portal's figures.

Each numerator is a part of its denominator by construction: both are taken from one set of cases, petitions or
procedures (docs/rules.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from psycopg.rows import dict_row

from dashboards.periods import Period, today
from dashboards.readers import reference
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.readers.reference import NamedUnit
from dashboards.views.score import published as score_published
from dashboards.views.score.figure import Figure
from schemas.province import ZONE
from schemas.reference.rows import Tier
from schemas.rules.decision_766 import CountedPart
from schemas.rules.score_choices import Dislikes

PROVINCE = "province"  # the tier of all units together
LEVEL_OF_TIER = {Tier.PROVINCE: "tỉnh", Tier.DEPARTMENT: "tỉnh", Tier.DISTRICT: "huyện", Tier.COMMUNE: "xã"}
SATISFIED = "DOSSIER_RECEIVING_SATISFACTION"
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
class Open:
    within: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Disliked:
    """Of the cases that progress counts those with a bad last rating."""

    on_time: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Petitions:
    """``counted``: answered in the period, or unanswered and overdue when it ends; the others are parts of them."""

    counted: int = 0
    answered: int = 0
    on_time: int = 0
    disliked_on_time: int = 0
    disliked_late: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure of the catalogue; ``None``: it does not say."""

    code: str
    level: str | None
    online: bool | None
    fee: bool | None


@dataclass
class ScoreCounts:
    """What was read, by unit (``None``: all together)."""

    cases: dict[str | None, dict[str, Any]] = field(default_factory=dict)
    open: dict[str | None, Open] = field(default_factory=dict)
    disliked: dict[str | None, Disliked] = field(default_factory=dict)
    petitions: dict[str | None, Petitions] | None = None  # None: there is no such source
    published: dict[str | None, dict[str, Figure]] = field(default_factory=dict)
    catalogue: tuple[Listed, ...] = ()
    tiers: Mapping[str, str] = field(default_factory=dict)  # of the units that the reference knows

    @property
    def units(self) -> set[str | None]:
        return {None} | set(self.cases) | set(self.open) | set(self.published) | set(self.petitions or {})


async def read(conn: Connection, as_of: datetime, period: Period, unit: str | None) -> ScoreCounts:
    counts = ScoreCounts()
    if period.first is None or period.last is None:
        raise ValueError("a score is of a period with a first and a last day")
    asked = {"first": period.first, "last": period.last, "unit": unit, "day": min(period.last, today(as_of))}
    at_end = {**asked, "at": end_of(period, as_of)}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("score/counts"), {**asked, "whole_months": period.whole_months})
        counts.cases = {row.pop("unit"): row for row in await cursor.fetchall()}
        await cursor.execute(query("score/open"), at_end)
        counts.open = {row.pop("unit"): Open(**row) for row in await cursor.fetchall()}
        await cursor.execute(query("score/disliked"), at_end)
        counts.disliked = {row.pop("unit"): Disliked(**row) for row in await cursor.fetchall()}
        await cursor.execute(query("score/catalogue"), asked)
        counts.catalogue = tuple(Listed(**row) for row in await cursor.fetchall())
        if await known_petitions(conn):
            await cursor.execute(query("score/petitions_counted"), at_end)
            counts.petitions = {row.pop("unit"): Petitions(**row) for row in await cursor.fetchall()}
    if period.first == period.last:
        _only_with_events(counts)
    units = {one.key: one for one in await reference.units(conn, period.last)}
    counts.published = await score_published.read(conn, period, asked, units)
    counts.tiers = await _tiers(conn, period, counts.units, units)
    return counts


async def _tiers(
    conn: Connection, period: Period, found: Iterable[str | None], units: Mapping[str, NamedUnit]
) -> dict[str, str]:
    """By the key as the figures spell it; units that the reference does not know have none."""
    assert period.last is not None  # noqa: S101  read() has refused it
    named = await reference.names(conn, "unit", [unit for unit in found if unit], period.last)
    return {spelt: units[one.key].tier for spelt, one in named.items() if one.key is not None and one.key in units}


def _only_with_events(counts: ScoreCounts) -> None:
    """Of a single day: what is open or overdue and what the catalogue offers is no score of a unit to which nothing
    happened."""
    answered = {unit for unit, told in (counts.petitions or {}).items() if told.answered}
    happened = set(counts.cases) | answered
    counts.open = {unit: amounts for unit, amounts in counts.open.items() if unit in counts.cases}
    if counts.petitions is not None:
        counts.petitions = {unit: told for unit, told in counts.petitions.items() if unit in happened}
    if not counts.cases:
        counts.catalogue = ()


async def known_petitions(conn: Connection) -> bool:
    """Whether any petition is known, however old."""
    row = await (await conn.execute(query("score/petitions"))).fetchone()
    return row is not None and bool(row[0])


def figures_of(counts: ScoreCounts, unit: str | None, dislikes: Dislikes = Dislikes.TWICE) -> dict[str, Figure]:
    """What is known of the unit, by code."""
    own = dict(_own(counts, unit, dislikes))
    own |= {code: Figure(counted) for code, counted in _petitions(counts, unit, dislikes)}
    own |= {code: Figure(counted) for code, counted in _catalogued(counts, unit)}
    return {**counts.published.get(unit, {}), **own}


def _own(counts: ScoreCounts, unit: str | None, dislikes: Dislikes) -> Iterable[tuple[str, Figure]]:
    cases, open_ = counts.cases.get(unit), counts.open.get(unit, Open())
    if cases is None and unit not in counts.open:
        return
    cases = cases or {}
    accepted = cases.get("accepted", 0)
    for code, flag in OF_CASES.items():
        part, whole = cases.get(flag, 0), cases.get("fee_cases", 0) if code == "ONLINE_PAYMENT" else accepted
        yield code, Figure(CountedPart(part, whole), lacking=whole - part)
    on_time, late = cases.get("on_time_766", 0) + open_.within, cases.get("late_766", 0) + open_.overdue
    yield "PROGRESS", Figure(CountedPart(on_time, on_time + late), lacking=late)
    disliked = counts.disliked.get(unit, Disliked())
    happy = satisfied(on_time, disliked.on_time, disliked.late, dislikes)
    yield SATISFIED, Figure(CountedPart(happy, on_time + late), lacking=late + disliked.on_time)
    used, procedures = cases.get("population_procedures", 0), cases.get("procedures", 0)
    yield "CITIZEN_DATA_CONNECTED_FORMALITY", Figure(CountedPart(used, procedures))


def _petitions(counts: ScoreCounts, unit: str | None, dislikes: Dislikes) -> Iterable[tuple[str, CountedPart]]:
    """A unit that has cases or petitions has both, also where it has none of them: then all points (domain.md 1.3)."""
    if counts.petitions is None or not (unit in counts.petitions or unit in counts.cases or unit in counts.open):
        return
    told = counts.petitions.get(unit, Petitions())
    yield "PETITION_PROCESSING_ON_TIME", CountedPart(told.on_time, told.counted)
    happy = satisfied(told.on_time, told.disliked_on_time, told.disliked_late, dislikes)
    yield "PETITION_HANDLING_SATISFACTION", CountedPart(happy, told.counted)


def satisfied(on_time: int, disliked_on_time: int, disliked_late: int, dislikes: Dislikes) -> int:
    """What is left of a set after what was late and what was disliked, never less than nothing (5.3, 5.4)."""
    return max(0, on_time - disliked_on_time - (disliked_late if dislikes is Dislikes.TWICE else 0))


def _catalogued(counts: ScoreCounts, unit: str | None) -> Iterable[tuple[str, CountedPart]]:
    """Of the catalogue of the unit's level; nothing where that does not say what is offered online or has a fee."""
    listed = counts.catalogue
    if unit is not None:
        tier = counts.tiers.get(unit)
        level = LEVEL_OF_TIER.get(Tier(tier)) if tier is not None else None
        listed = tuple(one for one in listed if level is not None and one.level == level)
    known = {one.code for one in listed if one.online is not None}
    online = {one.code for one in listed if one.online}
    fee = {one.code for one in listed if one.fee}
    cases = counts.cases.get(unit, {})
    for code, whole, part in (
        ("ONLINE_SERVICES", known, online),
        ("ONLINE_SERVICES_USED", online, cases.get("online_codes", ())),
        ("PAYMENT_SERVICES_USED", fee, cases.get("paid_codes", ())),
    ):
        if whole:
            yield code, CountedPart(len(whole.intersection(part)), len(whole))


def end_of(period: Period, as_of: datetime) -> datetime:
    """The moment at which the period ends, or this one."""
    if period.last is None or period.last >= today(as_of):
        return as_of
    return datetime.combine(period.last + _DAY, datetime.min.time(), tzinfo=ZONE)
