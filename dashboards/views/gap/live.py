"""All that the wall of own and portal figures shows, read in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboards.ratios import share
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.settings import ScreensSettings
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import Cause, Gap, summed

SHOWN = 5  # units that a wall has room for
MAIN = Indicator.ON_TIME  # whose units and causes are shown


@dataclass(frozen=True, slots=True)
class BesidePortal(Ground):
    """Each indicator by unit."""

    gaps: Mapping[Indicator, tuple[Gap, ...]] = field(default_factory=dict)

    def whole(self, indicator: Indicator) -> Gap:
        """All units together."""
        return summed(self.gaps.get(indicator, ()))

    @property
    def own_share(self) -> float | None:
        """Of what was finished with a deadline, what was in time."""
        return share(self.whole(MAIN).own, self.whole(MAIN).own + self.whole(Indicator.LATE).own)

    @property
    def portal_share(self) -> float | None:
        return share(self.whole(MAIN).portal, self.whole(MAIN).portal + self.whole(Indicator.LATE).portal)

    @property
    def units(self) -> tuple[Gap, ...]:
        """Of the main indicator, those with cases that differ, most first."""
        found = (gap for gap in self.gaps.get(MAIN, ()) if gap.cases)
        return tuple(sorted(found, key=lambda gap: (-gap.cases, gap.unit)))

    @property
    def causes(self) -> tuple[tuple[Cause, int], ...]:
        """Of the main indicator's cases, the commonest first."""
        return tuple(sorted(self.whole(MAIN).causes.items(), key=lambda one: -one[1]))


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> BesidePortal:
    """Every indicator in the view's period; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = ground_of(BesidePortal, known, view, as_of, settings)
    if ground.reach is None:
        return ground
    return replace(ground, gaps={one: await portal_gap.read(conn, one, ground.period) for one in Indicator})
