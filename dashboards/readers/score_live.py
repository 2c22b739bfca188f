"""All that the wall of the score of Quyết định 766 shows, read in one snapshot."""

from dataclasses import dataclass
from datetime import datetime

from dashboards import periods
from dashboards.feeds import Condition
from dashboards.readers import score, topical
from dashboards.readers.database import Snapshot
from dashboards.readers.score import UnitScore
from dashboards.readers.snapshot import NOTHING, Feeding, Ground, View
from dashboards.settings import Settings

SHOWN = 5  # units that a wall has room for


@dataclass(frozen=True, slots=True)
class Scored(Ground):
    """``whole``: all units together; ``units``: those of which anything is known, the smallest part of it first."""

    whole: UnitScore | None = None
    units: tuple[UnitScore, ...] = ()

    @property
    def shown(self) -> tuple[UnitScore, ...]:
        return self.units[:SHOWN]


def unread(view: View, as_of: datetime, condition: Condition) -> Scored:
    """The view when nothing could be read yet."""
    return Scored(view, as_of, as_of, condition, NOTHING, periods.named(view.period, as_of))


async def read(snapshot: Snapshot, known: Feeding, view: View, settings: Settings) -> Scored:
    """The scores of the view's period; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = topical.ground_of(known, view, as_of, settings)
    of = (view, as_of, ground.at, ground.condition, known, ground.period, ground.reach)
    if ground.reach is None or ground.period.first is None or ground.period.last is None:
        return Scored(*of)
    reading, granted = settings.score_reading, settings.score_granted
    whole, *units = await score.read(conn, ground.at, ground.period, reading, None, granted)
    return Scored(*of, whole=whole, units=tuple(score.lowest_first(units)))
