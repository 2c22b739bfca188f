"""All that the wall and the page "Cần chỉ đạo" show, read in one snapshot, for all who look at them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboards.directives import gathering
from dashboards.directives.gathering import NotKnown
from dashboards.directives.needs_direction import MOST, Needed, in_order, paired
from dashboards.directives.reader import StoredDirective
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.settings import ScreensSettings

NEXT = timedelta(seconds=30)  # ages and deadlines go on with the clock


@dataclass(frozen=True, slots=True)
class Needing(Ground):
    """``found``: what may need a leader besides the ``directives`` themselves; ``unknown``: of what nothing is known
    now; ``looked``: what was looked at."""

    found: tuple[Needed, ...] = ()
    unknown: tuple[NotKnown, ...] = ()
    looked: tuple[str, ...] = ()
    directives: tuple[StoredDirective, ...] = ()

    @property
    def all(self) -> list[Needed]:
        """All that needs a leader, by the rule."""
        open_ = list(self.directives)
        found = [*self.found, *gathering.waiting(open_, self.as_of)]
        return in_order(paired(found, [gathering.directed_of(one) for one in open_]), self.as_of)

    @property
    def items(self) -> list[Needed]:
        return self.all[:MOST]

    @property
    def next_due(self) -> datetime | None:
        return self.as_of + NEXT


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Needing:
    """``known`` was read in the same snapshot, of all sources: a silent one makes the others' figures no less true."""
    conn, as_of = snapshot
    ground = ground_of(Needing, known, view, as_of, settings, own=False)
    if ground.condition.dead:
        return ground
    gathered = await gathering.candidates(conn, as_of, known, view, settings)
    directives = tuple(await gathering.open_directives(conn))
    return replace(ground, **gathered._asdict(), directives=directives)
