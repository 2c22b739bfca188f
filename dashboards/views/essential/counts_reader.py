"""What the cases of the essential services count as, by service and by the unit whose the key was on the day."""

from collections import defaultdict

from dashboards.periods import Period
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.views.essential.declared import Group

Services = dict[int, dict[Group, int]]


async def asked(conn: Connection, period: Period, number: int | None, unit: str | None) -> dict[str, object]:
    """What the database function ``service_case`` has to be told."""
    days, key = await unit_days.asked(conn, period, unit)
    return {"first": days.first, "last": days.last, "number": number, "unit": key}


async def read(
    conn: Connection, period: Period, number: int | None, unit: str | None = None
) -> dict[tuple[int, str], dict[Group, int]]:
    """By service and unit; of one of each, where they are named."""

    async def counted(days: Period) -> dict[str, Services]:
        found: defaultdict[str, Services] = defaultdict(dict)
        cursor = await conn.execute(query("essential/counts"), await asked(conn, days, number, unit))
        for service, key, group, amount in await cursor.fetchall():
            found[key].setdefault(service, dict.fromkeys(Group, 0))[Group(group)] = amount
        return found

    units = await (unit_days.by_unit(conn, period, counted) if unit is None else counted(period))
    return {(service, of): counts for of, services in units.items() for service, counts in services.items()}
