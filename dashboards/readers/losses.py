"""What was lost before Kafka, for screens and data API (see :mod:`schemas.losses`)."""

from datetime import date

from psycopg.rows import class_row

from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.losses import SourceLoss, asked

DAYS = 7  # as far back as screens and API look where nothing else is asked


async def losses(conn: Connection, first: date, last: date) -> tuple[SourceLoss, ...]:
    """Of these days, both included."""
    async with conn.cursor(row_factory=class_row(SourceLoss)) as cursor:
        await cursor.execute(query("losses"), asked(first, last))
        return tuple(await cursor.fetchall())
