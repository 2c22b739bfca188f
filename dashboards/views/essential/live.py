"""All that the wall of the essential services shows, read in one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, Selection, ground_of
from dashboards.settings import ScreensSettings
from dashboards.views.essential import reader as essential
from dashboards.views.essential.reader import Counts, Known, ServiceShare

SHOWN = 5  # services whose reasons a wall has room for


@dataclass(frozen=True, slots=True)
class Essential(Ground):
    """The services in their order, the lowest share first. ``why``: of those shown, by their numbers."""

    services: tuple[ServiceShare, ...] = ()
    why: Mapping[int, Counts] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[ServiceShare, ...]:
        """Those that have a share."""
        return tuple(service for service in self.services if service.known is Known.COUNTED)

    @property
    def shown(self) -> tuple[ServiceShare, ...]:
        return self.counted[:SHOWN]


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Essential:
    """The services of the view's period; ``known`` was read in the same snapshot."""
    conn, as_of = snapshot
    ground = ground_of(Essential, known, view, as_of, settings)
    if ground.reach is None:
        return ground
    services = await essential.read(conn, ground.at, ground.period)
    live = replace(ground, services=services)
    why: dict[int, Counts] = {}
    for service in live.shown:
        why |= await essential.reasons(conn, ground.period, service.number)
    return replace(live, why=why)
