"""What the national portal has published of the components of Quyết định 766, and what it comes to for the province."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psycopg.rows import dict_row

from dashboards.periods import Period, portal_period
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.readers.reference import NamedUnit
from dashboards.unit_keys import former
from dashboards.views.score.figure import Figure
from schemas.portal import kind_of
from schemas.reference.rows import Tier
from schemas.rules.decision_766 import COMPONENTS, CountedPart

ByUnit = dict[str | None, dict[str, Figure]]


async def read(conn: Connection, period: Period, asked: Mapping[str, Any], units: Mapping[str, NamedUnit]) -> ByUnit:
    """Of each unit and component the figure of this very period, else the latest before its end; ``None``: the whole
    province, which has those of units that ended in the period too. What is no share (more in the part than in the
    whole) is not known."""
    name = portal_period(period)
    kind = kind_of(name) if name is not None else None
    components = [component.code for component in COMPONENTS]
    found: dict[str, dict[str, Figure]] = {}
    ended: set[str] = set()
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("score/published"), {**asked, "components": components, "kind": kind})
        for row in await cursor.fetchall():
            if row["numerator"] <= row["denominator"]:
                counted = CountedPart(row["numerator"], row["denominator"])
                unit = row["unit"]
                if row["component"] in found.get(unit, ()):  # those of the unit that has the key come first
                    unit = former(unit, row["until"])
                    ended.add(unit)
                found.setdefault(unit, {})[row["component"]] = Figure(counted, _named(row["kind"], row["day"]))
    parents = {key: unit.parent for key, unit in units.items()}
    provinces = {key for key, unit in units.items() if unit.tier == Tier.PROVINCE}
    return {unit: told for unit, told in levels(found, parents, provinces).items() if unit not in ended}


def levels(found: Mapping[str, Mapping[str, Figure]], parents: Mapping[str, str | None], provinces: set[str]) -> ByUnit:
    """A sum is a sum of its parts, once: what was published for the province stands for the whole, and no unit's figure
    is added to it; where it was not, the whole is the sum of the units above which nothing was published. The province
    itself is then no unit among the others."""
    whole: dict[str, Figure] = {}
    for code in {code for figures in found.values() for code in figures}:
        told = {unit: figures[code] for unit, figures in found.items() if code in figures}
        own = [told[unit] for unit in sorted(provinces & told.keys())]
        for figure in own or [figure for unit, figure in told.items() if not _above(unit, parents) & told.keys()]:
            held = whole.get(code)
            if held is None:
                whole[code] = figure
            else:
                same = held.published if held.published == figure.published else "…"
                whole[code] = Figure(held.counted + figure.counted, same)
    return {None: whole, **{unit: dict(figures) for unit, figures in found.items() if unit not in provinces}}


def _above(unit: str, parents: Mapping[str, str | None]) -> set[str]:
    """The units to which it belongs, up to the province."""
    above: set[str] = set()
    parent = parents.get(unit)
    while parent is not None and parent not in above:
        above.add(parent)
        parent = parents.get(parent)
    return above


def _named(kind: str, first: date) -> str:
    if kind == "year":
        return f"{first.year}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if kind == "quarter" else f"{first:%Y-%m}"
