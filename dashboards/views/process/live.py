"""All that the wall of processes shows, read in one snapshot: the busiest procedures, and the interlinked groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from dashboards import periods
from dashboards.readers import figures, reference
from dashboards.readers.database import Snapshot
from dashboards.readers.figures import By
from dashboards.readers.reference import NamedKey
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.readers.worktime import worked_s, worktime
from dashboards.settings import ScreensSettings
from dashboards.unnamed import unnamed
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from dashboards.views.process.chains_reader import ChainHandover
from dashboards.views.process.reader import StepsOfProcess
from schemas.rules.worktime import WorkTime

SHOWN = 5  # procedures that a wall has room for


@dataclass(frozen=True, slots=True)
class Processes(Ground):
    """``procedures``: those with most cases ended and open, the longest queue first; ``handovers`` are of both groups;
    ``names`` of procedures and agencies by their keys."""

    procedures: tuple[StepsOfProcess, ...] = ()
    handovers: tuple[ChainHandover, ...] = ()
    names: Mapping[str, NamedKey] = field(default_factory=dict)
    work: WorkTime | None = None

    def name(self, key: str) -> str:
        """Its name, or that it has none."""
        named = self.names.get(key)
        return unnamed(key) if named is None else named.shown

    def worked(self, since: datetime) -> int:
        """Whole minutes worked since a moment."""
        return 0 if self.work is None else worked_s(self.work, since, self.at) // 60


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Processes:
    """The processes of the view's period; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = ground_of(Processes, known, view, as_of, settings)
    if ground.reach is None:
        return ground
    rows = await figures.read(conn, ground.at, ground.period, By.PROCEDURE)
    busiest = [row.key for row in figures.busiest(rows) if row.key][:SHOWN]
    views = [await process.read(conn, process.ProcessQuestion(key, ground.period), most_variants=1) for key in busiest]
    handovers = await chains.read(conn, chains.ChainsQuestion(ground.period))
    today = periods.today(ground.at)
    agencies = sorted({row.agency for row in handovers if row.agency})
    return replace(
        ground,
        procedures=tuple(sorted(views, key=lambda one: (-one.queue, -one.ended, one.procedure))),
        handovers=handovers,
        names={
            **await reference.names(conn, "procedure", busiest, today),
            **await reference.names(conn, "unit", agencies, today),
        },
        work=await worktime(conn),
    )
