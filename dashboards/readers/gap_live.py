"""All that the wall of own and portal figures shows, read in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from dashboards import periods
from dashboards.feeds import Condition
from dashboards.ratios import share
from dashboards.readers import portal_gap, topical
from dashboards.readers.database import Snapshot
from dashboards.readers.portal_gap import Cause, Gap, Indicator
from dashboards.readers.snapshot import NOTHING, Feeding, Ground, View
from dashboards.settings import Settings

SHOWN = 5  # units that a wall has room for
MAIN = Indicator.ON_TIME  # whose units and causes are shown


@dataclass(frozen=True, slots=True)
class Beside(Ground):
    """Each indicator by unit."""

    gaps: Mapping[Indicator, tuple[Gap, ...]] = field(default_factory=dict)

    def own(self, indicator: Indicator) -> int:
        return sum(gap.own for gap in self.gaps.get(indicator, ()))

    def portal(self, indicator: Indicator) -> int:
        return sum(gap.portal for gap in self.gaps.get(indicator, ()))

    def cases(self, indicator: Indicator) -> int:
        """Those that make the difference."""
        return sum(gap.cases for gap in self.gaps.get(indicator, ()))

    def published(self, indicator: Indicator) -> tuple[int, date | None] | None:
        """What the portal itself shows of the units that it shows, and up to which day; ``None``: nothing is here."""
        told = [gap for gap in self.gaps.get(indicator, ()) if gap.published is not None]
        if not told:
            return None
        days = [gap.published_on for gap in told if gap.published_on is not None]
        return sum(gap.published or 0 for gap in told), min(days, default=None)

    @property
    def missing(self) -> int:
        """Of the main indicator, what the portal does not count."""
        return sum(gap.missing for gap in self.gaps.get(MAIN, ()))

    @property
    def extra(self) -> int:
        """And what it counts alone."""
        return sum(gap.extra for gap in self.gaps.get(MAIN, ()))

    @property
    def own_share(self) -> float | None:
        """Of what was finished with a deadline, what was in time."""
        return share(self.own(MAIN), self.own(MAIN) + self.own(Indicator.LATE))

    @property
    def portal_share(self) -> float | None:
        return share(self.portal(MAIN), self.portal(MAIN) + self.portal(Indicator.LATE))

    @property
    def units(self) -> tuple[Gap, ...]:
        """Of the main indicator, those with cases that differ, most first."""
        found = (gap for gap in self.gaps.get(MAIN, ()) if gap.cases)
        return tuple(sorted(found, key=lambda gap: (-gap.cases, gap.unit)))

    @property
    def causes(self) -> tuple[tuple[Cause, int], ...]:
        """Of the main indicator's cases, the commonest first."""
        found = {cause: sum(gap.causes[cause] for gap in self.gaps.get(MAIN, ())) for cause in Cause}
        return tuple(sorted(found.items(), key=lambda one: -one[1]))


def unread(view: View, as_of: datetime, condition: Condition) -> Beside:
    """The view when nothing could be read yet."""
    return Beside(view, as_of, as_of, condition, NOTHING, periods.named(view.period, as_of))


async def read(snapshot: Snapshot, known: Feeding, view: View, settings: Settings) -> Beside:
    """Every indicator in the view's period; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = topical.ground_of(known, view, as_of, settings)
    of = (view, as_of, ground.at, ground.condition, known, ground.period, ground.reach)
    if ground.reach is None:
        return Beside(*of)
    return Beside(*of, gaps={one: await portal_gap.read(conn, one, ground.period) for one in Indicator})
