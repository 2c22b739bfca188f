"""The interlinked groups (liên thông): at which hand-over their cases wait, at which agency, since when and how long.

A hand-over is a step of a chain at one agency: it begins when the step is sent there and ends when it is done, comes
back or goes on (:mod:`schemas.rules.chain_stays`).
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from psycopg.rows import class_row, dict_row

from dashboards.percentiles import Spread
from dashboards.periods import Period
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.case_portal import Chain


class ChainPart(StrEnum):
    """Which cases a number of a hand-over counts."""

    WAITING = "waiting"  # now
    NOT_RECEIVED = "not_received"  # of these, sent and not yet taken
    THROUGH = "through"  # left it in the period


@dataclass(frozen=True, slots=True)
class ChainHandover:
    """Counts are cases; ``not_received`` are among the ``waiting``. ``took``: working seconds of those that went
    through in the period, ``None`` where none did. Without step and agency it is a whole group: a case that waits at
    two of its hand-overs is one case, and what they took is what each of them took."""

    chain: Chain
    step: str | None
    agency: str | None
    waiting: int
    not_received: int
    oldest: datetime | None
    through: int
    took: Spread | None

    def number(self, part: ChainPart) -> int:
        return {
            ChainPart.WAITING: self.waiting,
            ChainPart.NOT_RECEIVED: self.not_received,
            ChainPart.THROUGH: self.through,
        }[part]


@dataclass(frozen=True, slots=True)
class ChainsQuestion:
    """Hand-overs of a group, or of both; ``step`` and ``agency`` are one hand-over's."""

    period: Period
    chain: Chain | None = None
    unit: str | None = None
    part: ChainPart = ChainPart.WAITING
    step: str | None = None
    agency: str | None = None

    def parameters(self) -> dict[str, object]:
        return {
            "chain": self.chain,
            "unit": self.unit,
            "first": self.period.first,
            "last": self.period.last,
            "part": self.part,
            "step": self.step,
            "agency": self.agency,
        }


@dataclass(frozen=True, slots=True)
class ChainedCase:
    """A case at a hand-over; ``until_at`` and ``worked_s`` are ``None`` while it waits there."""

    subject: str
    unit: str
    chain: Chain
    step: str
    agency: str
    since_at: datetime
    until_at: datetime | None
    worked_s: int | None
    received: bool


async def read(conn: Connection, asked: ChainsQuestion) -> tuple[ChainHandover, ...]:
    """Groups, each before its hand-overs, in the order of their keys; only where something waits or went through. An
    agency whose key became another's in the period comes by itself for what went through it on its own days."""

    async def by_agency(days: Period) -> dict[str, list[ChainHandover]]:
        found: defaultdict[str, list[ChainHandover]] = defaultdict(list)
        for row in await _grouped(conn, replace(asked, period=days)):
            found[row.agency or ""].append(row)
        return found

    found = await unit_days.by_unit(conn, asked.period, by_agency)
    rows = [_of_agency(row, agency) for agency, rows in found.items() for row in rows]
    kept = (row for row in rows if row.waiting or row.through)
    return tuple(sorted(kept, key=lambda row: (row.chain, row.step is not None, row.step or "", row.agency or "")))


def _of_agency(row: ChainHandover, agency: str) -> ChainHandover:
    """Nothing waits at a former agency."""
    if not agency or agency == row.agency:
        return row
    return replace(row, agency=agency, waiting=0, not_received=0, oldest=None)


async def _grouped(conn: Connection, asked: ChainsQuestion) -> list[ChainHandover]:
    days, unit = await unit_days.asked(conn, asked.period, asked.unit)
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("process/chains"), replace(asked, period=days, unit=unit).parameters())
        rows = await cursor.fetchall()
    of_now = {} if unit == asked.unit else {"waiting": 0, "not_received": 0, "oldest": None}  # not of a former unit
    return [
        ChainHandover(
            **{**row, **of_now, "chain": Chain(row["chain"]), "took": Spread(*row["took"]) if row["took"] else None}
        )
        for row in rows
    ]


async def cases(
    conn: Connection, asked: ChainsQuestion, after: str = "", limit: int = 100, offset: int = 0
) -> tuple[ChainedCase, ...]:
    """A page of the cases that a number counts, in the order of their codes, ``offset`` cases behind ``after``."""
    parameters = {**await _of_days(conn, asked), "after": after, "limit": limit, "offset": offset}
    async with conn.cursor(row_factory=class_row(ChainedCase)) as cursor:
        await cursor.execute(query("process/chains_cases"), parameters)
        return tuple(await cursor.fetchall())


async def count(conn: Connection, asked: ChainsQuestion) -> int:
    """How many cases the number counts."""
    row = await (await conn.execute(query("process/chains_count"), await _of_days(conn, asked))).fetchone()
    return int(row[0]) if row else 0


async def _of_days(conn: Connection, asked: ChainsQuestion) -> dict[str, object]:
    """What went through on the days of the unit and the agency; what waits does so now."""
    if asked.part is not ChainPart.THROUGH:
        return asked.parameters()
    period, unit = await unit_days.asked(conn, asked.period, asked.unit)
    period, agency = await unit_days.asked(conn, period, asked.agency)
    return replace(asked, period=period, unit=unit, agency=agency).parameters()
