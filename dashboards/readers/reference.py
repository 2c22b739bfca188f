"""Names behind keys: units, procedures and sectors as they were on a day, their tiles, and what is not known."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from psycopg.rows import class_row, dict_row

from dashboards.periods import Period, PeriodName
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.unit_keys import former, parted, said
from dashboards.unnamed import unnamed
from schemas.reference.rows import Confidence
from schemas.reference.spelling import forms, same

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NamedKey:
    """``key`` is the reference's, ``spelt`` the one in the figures. ``key`` is ``None`` for "chưa rõ": then ``name`` is
    what the figures say, and it may be shown, but not as a known unit."""

    spelt: str
    key: str | None
    name: str
    confidence: Confidence | None

    @property
    def known(self) -> bool:
        return self.key is not None

    @property
    def shown(self) -> str:
        """As a screen writes it."""
        return self.name if self.known else unnamed(self.name)

    @property
    def verified(self) -> bool:
        """Else it is shown with "chưa kiểm chứng"."""
        return self.confidence is not None and self.confidence.verified


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit of one day. Tiles: row 0 is north, column 0 west; ``None`` for units that have no place there."""

    key: str
    name: str
    level: str
    tier: str
    parent: str | None
    parent_name: str | None
    confidence: str
    tile_row: int | None
    tile_col: int | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """``kind``: unit, procedure, source, or the domain of a part without a name. ``why``: unknown, other_days,
    ambiguous, none_named. ``first_day``: ``None`` of a source, of which the last day alone is known. ``amount``: events
    counted. ``sources``: who writes it, the most frequent first; none where the events name none."""

    kind: str
    key: str
    why: str
    first_day: date | None
    last_day: date
    amount: int
    sources: tuple[str, ...] = ()


async def taken_sources(conn: Connection) -> list[tuple[str, date, int]]:
    """Every source of which anything was taken: the day of its last record, and how many events; most first."""
    cursor = await conn.execute(query("sources_taken"))
    return [(source, day, events) for source, day, events in await cursor.fetchall()]


async def names(conn: Connection, kind: str, keys: Sequence[str], day: date) -> dict[str, NamedKey]:
    """What keys of the figures meant on that day, by the key as it was asked; ``kind``: unit, procedure or sector. A
    former unit (:mod:`dashboards.unit_keys`) on its last day, which its name says."""
    if kind == "unit" and (of_past := await former_names(conn, keys)):
        found = await names(conn, kind, [key for key in keys if key not in of_past], day)
        for asked, one in of_past.items():
            until = parted(asked)[1]
            found[asked] = replace(one, name=said(one.name, until) if until and one.known else asked)
        return found
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("reference_names"), {"kind": kind, "keys": list(keys), "day": day})
        rows = await cursor.fetchall()
    return {
        row["spelt"]: NamedKey(
            spelt=row["spelt"],
            key=row["key"],
            name=row["name"] or row["spelt"],
            confidence=Confidence(row["confidence"]) if row["confidence"] else None,
        )
        for row in rows
    }


async def former_names(conn: Connection, keys: Sequence[str]) -> dict[str, NamedKey]:
    """Of those among them that are former units, as they were called on their last days."""
    found = {}
    for asked in keys:
        key, until = parted(asked)
        if until is not None:
            named = (await names(conn, "unit", [key], until))[key]
            found[asked] = replace(named, spelt=asked)
    return found


async def unit_names(conn: Connection, day: date) -> dict[str, str]:
    """Of every unit that there is or was, by its key, as it was called last until that day; of those whose key became
    another's by then, by :func:`dashboards.unit_keys.former`."""
    found: dict[str, str] = dict(await (await conn.execute(query("reference_unit_names"), {"day": day})).fetchall())
    days: defaultdict[date, list[str]] = defaultdict(list)
    for key, changes in (await unit_days.changed(conn, Period(PeriodName.BETWEEN, None, day))).items():
        for change in changes:
            days[change - _DAY].append(key)
    for until, keys in days.items():
        named = await names(conn, "unit", keys, until)
        found |= {former(key, until): said(one.name, until) for key, one in named.items() if one.known}
    return found


async def abbreviations(conn: Connection, day: date, kind: str = "unit") -> dict[str, tuple[str, ...]]:
    """Of units or procedures, by their keys: the other names of them that are noted as abbreviations, as far as they
    are in use."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, short in await (
        await conn.execute(query("reference_abbreviations"), {"kind": kind, "day": day})
    ).fetchall():
        found[key].append(short)
    return {key: tuple(short) for key, short in found.items()}


async def part_names(conn: Connection, day: date) -> dict[tuple[str, str], str]:
    """Of systems, procedures and plans, by kind and key, as they were called last until that day."""
    cursor = await conn.execute(query("reference_part_names"), {"day": day})
    return {(kind, key): name for kind, key, name in await cursor.fetchall()}


async def units(conn: Connection, day: date) -> tuple[NamedUnit, ...]:
    """All units of that day, departments among them."""
    async with conn.cursor(row_factory=class_row(NamedUnit)) as cursor:
        await cursor.execute(query("reference_units"), {"day": day})
        return tuple(await cursor.fetchall())


async def totals(conn: Connection) -> frozenset[str]:
    """The units that are the whole province: a level that was told of one stands for those of all others."""
    return frozenset(code for (code,) in await (await conn.execute(query("reference_totals"))).fetchall())


async def mapped(conn: Connection, of_day: date, to_day: date) -> Mapping[str, str]:
    """Which unit of ``to_day`` took the place of which unit of ``of_day``, by reference keys, over all changes between.

    Only units that went whole into one are in it: one that was divided, or whose successor is not known, has no entry,
    and its figures can only be shown by the units of their own day. Empty where nothing changed between the days.
    """
    cursor = await conn.execute(query("reference_successors"), {"after": of_day, "until": to_day})
    found: dict[str, str] = {}
    lost: set[str] = set()
    for _, rows in groupby(await cursor.fetchall(), key=lambda row: row[3]):
        changes = list(rows)
        step = {old: new for old, new, usable, _ in changes if usable}
        divided = {old for old, _, usable, _ in changes if not usable}
        lost |= {old for old, new in found.items() if new in divided} | (divided - set(found))
        later = {old: new for old, new in step.items() if old not in found}
        found = {old: step.get(new, new) for old, new in found.items()} | later
    return {old: new for old, new in found.items() if old not in lost}


@dataclass(frozen=True, slots=True)
class UsedPart:
    """A part by which a domain's figures are taken apart, and the days on which it stands in them."""

    domain: str
    part: str
    first_day: date
    last_day: date
    amount: int


async def used_parts(conn: Connection) -> tuple[UsedPart, ...]:
    """Systems, plans, sectors, components and forms in the figures, by domain."""
    async with conn.cursor(row_factory=class_row(UsedPart)) as cursor:
        await cursor.execute(query("reference_parts"))
        return tuple(await cursor.fetchall())


async def unknown(conn: Connection) -> tuple[Unknown, ...]:
    """Units and procedures in the figures that no reference row of their days knows, the most frequent first."""
    async with conn.cursor(row_factory=class_row(Unknown)) as cursor:
        await cursor.execute(query("reference_unknown"))
        found = await cursor.fetchall()
    named = [one for one in found if one.key]
    if not named:
        return tuple(found)
    asked = {
        "forms": list(forms(one.key for one in named)),
        "keys": sorted({one.key for one in named}),
        "first": min(one.first_day for one in named if one.first_day),
        "last": max(one.last_day for one in named),
    }
    users: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source, unit, procedure, times in await (await conn.execute(query("reference_sources"), asked)).fetchall():
        for kind, written in (("unit", unit), ("procedure", procedure)):
            if written:
                users[kind, same(written)][source] += times
    return tuple(
        replace(one, sources=tuple(source for source, _ in users[one.kind, same(one.key)].most_common()))
        for one in found
    )
