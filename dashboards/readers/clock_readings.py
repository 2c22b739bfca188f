"""Which readings of the deadlines' law are taken today, and in how many cases of this year the other one would judge
otherwise."""

from datetime import datetime

from dashboards.clock_readings import CLOCK_READINGS, Taken, taken
from dashboards.periods import PeriodName, named
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.words import day_of

BREAKING = ["apology_in_working_days", "supplement_stops_acceptance"]


async def clock_readings(conn: Connection, as_of: datetime) -> tuple[Taken, ...]:
    year = named(PeriodName.YEAR, as_of)
    asked = {
        "rules": [one.rule for one in CLOCK_READINGS],
        "breaking": BREAKING,
        "as_of": as_of,
        "day": day_of(as_of),
        "first": year.first,
        "last": year.last,
    }
    rows = await (await conn.execute(query("clock_readings"), asked)).fetchall()
    return taken({rule: value for rule, value, _ in rows if value is not None}, {rule: n for rule, _, n in rows})
