"""All that the wall of what will be late shows, read in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.settings import ScreensSettings
from dashboards.views.forecast import reader as forecast
from dashboards.views.forecast.reader import NO_WORTH, ListName, Run, Soon, Worth

SHOWN = 5  # units, and cases, that a wall has room for


@dataclass(frozen=True, slots=True)
class Soonest(Ground):
    """``which``: the list that the wall is about, the cases at risk where they are forecast; ``counts`` are of both
    lists by unit; ``first``: of the units shown, the case of theirs whose deadline is next; ``next``: of all."""

    which: ListName = ListName.DUE_TOMORROW
    run: Run | None = None
    worth: Worth = NO_WORTH
    tomorrow: date | None = None  # the next working day
    counts: Mapping[ListName, Mapping[str, int]] = field(default_factory=dict)
    first: Mapping[str, Soon] = field(default_factory=dict)
    next: tuple[Soon, ...] = ()

    def total(self, name: ListName) -> int:
        return sum(self.counts.get(name, {}).values())

    @property
    def finished(self) -> bool:
        """A forecast is this morning's; what falls due is of this moment."""
        return self.which is ListName.AT_RISK

    @property
    def units(self) -> tuple[str, ...]:
        """Those with cases on the list, most first."""
        of = self.counts.get(self.which, {})
        return tuple(sorted(of, key=lambda unit: (-of[unit], unit)))


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Soonest:
    """Both lists by unit, and the first of their cases; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = ground_of(Soonest, known, view, as_of, settings)
    if ground.reach is None:
        return ground
    run, counts = await forecast.run(conn, ground.at), await forecast.counts(conn, ground.at)
    which = ListName.AT_RISK if run is not None and run.says_risk else ListName.DUE_TOMORROW
    live = replace(
        ground,
        which=which,
        run=run,
        worth=await forecast.worth(conn, ground.at),
        tomorrow=await forecast.next_working_day(conn, ground.at),
        counts=counts,
        next=await forecast.cases(conn, which, ground.at, limit=SHOWN),
    )
    first: dict[str, Soon] = {}
    for unit in live.units[:SHOWN]:
        for case in await forecast.cases(conn, which, ground.at, unit, limit=1):
            first[unit] = case
    return replace(live, first=first)
