"""All that the wall of the score of Quyết định 766 shows, read in one snapshot."""

from dataclasses import dataclass, replace

from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.settings import ScreensSettings
from dashboards.views.score import reader as score
from dashboards.views.score.reader import ScoredUnit

SHOWN = 5  # units that a wall has room for


@dataclass(frozen=True, slots=True)
class Scored(Ground):
    """``whole``: all units together; ``units``: those of which anything is known, the smallest part of it first."""

    whole: ScoredUnit | None = None
    units: tuple[ScoredUnit, ...] = ()

    @property
    def shown(self) -> tuple[ScoredUnit, ...]:
        return self.units[:SHOWN]


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Scored:
    """The scores of the view's period; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = ground_of(Scored, known, view, as_of, settings)
    if ground.reach is None or ground.period.first is None or ground.period.last is None:
        return ground
    reading, choices = settings.score_reading, settings.score_choices
    whole, *units = await score.read(conn, ground.at, ground.period, reading, None, choices)
    return replace(ground, whole=whole, units=tuple(score.lowest_first(units)))
