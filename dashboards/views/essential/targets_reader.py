"""The targets of the essential services in force on a day, and how a service or unit stands against its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from dashboards.periods import Period, between
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.views.essential.targets import ServiceTarget, TargetStanding, chosen, standing
from schemas.reference.rows import Confidence


@dataclass(frozen=True, slots=True)
class Targets:
    """Those of one day."""

    day: date
    rows: tuple[ServiceTarget, ...]

    @property
    def unmeasured(self) -> frozenset[date]:
        """First days of the paths that begin at a measured share."""
        return frozenset(target.first for target in self.rows if target.start is None)

    def standing(
        self, number: int, unit: str | None, received: int, online: int, measured: Mapping[date, Fraction | None]
    ) -> TargetStanding | None:
        """Of a service, or of one unit of it by its reference code; ``None``: no target. ``measured``: the share before
        each path that begins at one."""
        target = chosen(self.rows, number, unit)
        if target is None:
            return None
        if target.start is None:
            target = replace(target, start=measured.get(target.first))
        return standing(target, received, online, self.day)


async def read(conn: Connection, day: date) -> Targets:
    """In force on this day."""
    cursor = await conn.execute(query("essential/targets"), {"day": day})
    rows = [
        ServiceTarget(
            number,
            unit,
            None if start is None else Fraction(start) / 100,
            Fraction(goal) / 100,
            first,
            due,
            source,
            Confidence(confidence).verified,
        )
        for number, unit, start, goal, first, due, source, confidence in await cursor.fetchall()
    ]
    return Targets(day, tuple(rows))


def measured_in(first: date) -> Period:
    """The twelve months before a path that begins on this day."""
    last = first - timedelta(days=1)
    day = min(first.day, 28) if first.month == 2 else first.day
    return between(date(first.year - 1, first.month, day), last)
