"""What time it is in the province: the real time, or in a simulated home another, by a fixed offset.

Events, ages, deadlines, midnights and the nightly forecast follow this clock. What is said about our own machinery
(Kafka's timestamps, heartbeats, audits) stays on real time, and is shifted by the same offset where a screen compares
the two (docs/adr/0041).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import Field

AHEAD_S = 20 * 3_600  # at most: an event more than 24 hours after Kafka's timestamp is refused
ClockOffset = Annotated[
    int, Field(le=AHEAD_S, description="Seconds by which the province clock runs ahead; `ioc up --demo` alone sets it.")
]


@dataclass(frozen=True, slots=True)
class ProvinceClock:
    """``offset_s`` is negative where the clock runs behind; 0 is the real time."""

    offset_s: int = 0

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_s)


REAL_TIME = ProvinceClock()
