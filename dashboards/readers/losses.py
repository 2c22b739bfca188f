"""What was lost before Kafka: what sources say that they have sent (``source.digest.v1``) against what is held."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from psycopg.rows import class_row

from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.contracts import CONTRACTS
from schemas.digests import SOURCE
from schemas.province import ZONE

DAYS = 7  # as far back as screens and API look where nothing else is asked
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShownLoss:
    """One day and unit of one source on one topic (its contract's name) where the two differ. ``missing`` is how many
    are not held, as far as it is known: 0 where more is held than was said, or only the hashes differ. ``ids``: those
    not held, where the source has named them."""

    source: str
    topic: str
    day: date
    unit: str
    sent: int
    held: int
    missing: int
    ids: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", tuple(self.ids))


async def losses(conn: Connection, first: date, last: date) -> tuple[ShownLoss, ...]:
    """Of the days of the events' own time, both included, in the province. Days that no event can have are left out:
    the last that Python knows has no day after it."""
    first, last = max(first, EARLIEST), min(last, LATEST)
    named = [(d.name, contract.name) for contract in CONTRACTS.values() for d in contract.domains if d is not SOURCE]
    parameters = {
        "from": first,
        "to": last,
        "since": datetime.combine(first, time(), ZONE),
        "until": datetime.combine(last + _DAY, time(), ZONE),
        "domains": [domain for domain, _ in named],
        "topics": [topic for _, topic in named],
    }
    async with conn.cursor(row_factory=class_row(ShownLoss)) as cursor:
        await cursor.execute(query("losses"), parameters)
        return tuple(await cursor.fetchall())
