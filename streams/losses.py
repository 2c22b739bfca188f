"""What was lost before Kafka: what sources say that they have sent (``source.digest.v1``) against what is held."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import psycopg

from schemas.contracts import CONTRACTS
from schemas.digests import SOURCE
from schemas.province import ZONE
from streams.queries import QUERIES


@dataclass(frozen=True, slots=True)
class SourceLoss:
    """One day and unit of one source on one topic where the two differ. ``held`` may be the greater: then the digest
    was made before the last events. ``ids``: those that are not held, where the source has named them."""

    source: str
    topic: str
    day: date
    unit: str
    sent: int
    held: int
    ids: tuple[str, ...]


def losses(connection: psycopg.Connection, first: date, last: date) -> list[SourceLoss]:
    """Of the days of the events' own time, both included, in the province. Raises ``psycopg.Error``."""
    named = [
        (domain.name, contract.name)
        for contract in CONTRACTS.values()
        for domain in contract.domains
        if domain is not SOURCE
    ]
    rows = connection.execute(
        QUERIES["shared/losses"],
        {
            "from": first,
            "to": last,
            "since": datetime.combine(first, time(), ZONE),
            "until": datetime.combine(last + timedelta(days=1), time(), ZONE),
            "domains": [domain for domain, _ in named],
            "topics": [topic for _, topic in named],
        },
    ).fetchall()
    return [
        SourceLoss(source, topic, day, unit, sent, held, tuple(ids))
        for source, topic, day, unit, sent, held, ids in rows
    ]
