"""What was lost before Kafka: what sources say that they have sent (``source.digest.v1``) against what is held. Stream
and screens ask the database function ``source_losses()`` alike."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from schemas.contracts import CONTRACTS
from schemas.digests import SOURCE
from schemas.province import ZONE

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)  # the last day that Python knows has no day after it


@dataclass(frozen=True, slots=True)
class SourceLoss:
    """One day and unit of one source on one topic (its contract's name) where the two differ. ``held`` may be the
    greater: then the digest was made before the last events. ``missing`` is how many are not held, as far as it is
    known: 0 where more is held than was said, or only the hashes differ. ``ids``: those not held, where the source has
    named them."""

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


def asked(first: date, last: date) -> dict[str, Any]:
    """The parameters, of the days of the events' own time, both included, in the province. Days that no event can have
    are left out."""
    first, last = max(first, EARLIEST), min(last, LATEST)
    named = [(d.name, contract.name) for contract in CONTRACTS.values() for d in contract.domains if d is not SOURCE]
    return {
        "from": first,
        "to": last,
        "since": datetime.combine(first, time(), ZONE),
        "until": datetime.combine(last + timedelta(days=1), time(), ZONE),
        "domains": [domain for domain, _ in named],
        "topics": [topic for _, topic in named],
    }
