"""A view that is kept live, and which of them is read next: pure, by a clock that is an argument.

Three lanes, so that a view delays nobody of another: what was never read, what is read quickly, and what is slow.
Within a lane the view that has waited longest is next.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from time import monotonic

from dashboards import source_silence, unit_names
from dashboards.figures.headline import Rule
from dashboards.loading import loading
from dashboards.readers.snapshot import Feeding, Ground, Selection
from dashboards.rendered_view import Sent
from dashboards.settings import ScreensSettings

LONG_AGO = datetime.min.replace(tzinfo=UTC)
QUICK = 0.2  # seconds; a view that takes longer to read is slow
SLOW = 3  # a slow view rests so many times its cost, so that it never fills a core


class ReadingLane(StrEnum):
    FIRST = "first"
    QUICK = "quick"
    SLOW = "slow"


@dataclass(slots=True, eq=False)
class KeptView:
    """Moments without a zone are seconds of the hub's monotonic clock."""

    view: Selection
    since: float = 0.0  # when it was kept or last read: from then on it waits
    viewers: int = 0
    left_at: float = 0.0
    sent: Sent | None = None
    live: Ground | None = None
    rule: Rule | None = None
    seen: object = None  # what the last look found behind it
    due: datetime | None = None  # when its clock asks for another look
    cost: float | None = None  # seconds that its last reading took; none of what was never read
    rests_until: float = 0.0
    failures: int = 0  # readings in a row that failed
    reading: bool = False
    live_at: datetime = LONG_AGO  # of the last that was sent
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def lane(self) -> ReadingLane:
        if self.cost is None:
            return ReadingLane.FIRST
        alone = bool(self.view.scope)  # the quick ones are read as one who sees all
        return ReadingLane.SLOW if alone or self.cost > QUICK else ReadingLane.QUICK

    def wants(self, seen: object, as_of: datetime) -> bool:
        """Whether there is anything new for it behind a look at this moment."""
        return self.due is None or seen != self.seen or as_of >= self.due

    def was_read(self, cost: float, now: float) -> None:
        """Also when it was not read to its end: then that is what it cost."""
        self.cost, self.since = cost, now
        self.rests_until = now + SLOW * cost if cost > QUICK else 0.0


class ReadingStep:
    """What a round waits for just now: the look, or a view."""

    def __init__(self, patience: float, of: Mapping[ReadingLane, float]) -> None:
        self._patience, self._of = patience, of
        self.of(None)

    def of(self, kept: KeptView | None) -> None:
        self.kept, self.began = kept, monotonic()
        self._until = self.began + (self._patience if kept is None else self._of[kept.lane])

    def left(self) -> float:
        return self._until - monotonic()


def waiting(kept: Iterable[KeptView], lane: ReadingLane, now: float) -> list[KeptView]:
    """Those of a lane that may be read, the one that waits longest first."""
    able = [one for one in kept if one.lane is lane and not one.reading and now >= one.rests_until]
    return sorted(able, key=lambda one: one.since)


def signature(known: Feeding, as_of: datetime, settings: ScreensSettings) -> object:
    """What has to differ for figures to differ; a heartbeat counts only by whether there is one, and
    how far a demo's history is."""
    beat = source_silence.last_beat(known.heartbeats)
    return (
        known.position.epoch,
        known.sources,
        beat is not None and as_of - beat <= settings.processing_silent_after,
        source_silence.waiting_for(known.heartbeats, as_of, settings),
        loading(known.heartbeats, as_of, settings),
        known.audit.finished_at if known.audit else None,
        len(known.holes),
        known.losses_at,
        known.old,
        unit_names.version(),
    )
