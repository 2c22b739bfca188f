"""What a view's pages on the tablet have in common."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from dashboards.hub import Hub
from dashboards.periods import Period
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Snapshot
from dashboards.readers.figures import Filters
from dashboards.readers.openings import Opening
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component
from dashboards.screens.screen import Name
from dashboards.settings import ScreensSettings


class ViewPages(ABC):
    """``hub``: what stands around a page is live."""

    def __init__(self, database: AskedDatabase, hub: Hub, settings: ScreensSettings) -> None:
        self._database, self._hub, self._settings = database, hub, settings

    @abstractmethod
    async def page(self, path: str, query: Mapping[str, str]) -> Component:
        """What one of the view's addresses shows, read now. Raises :class:`dashboards.address.BadAddress`,
        :class:`dashboards.screens.standing.Gone` and :class:`dashboards.readers.database.Unavailable`."""

    async def open_number(self, snapshot: Snapshot, counter: str, period: Period, filters: Filters) -> Opening:
        """The list behind a number, of a view that counts (:attr:`dashboards.views.view.View.counted`)."""
        raise NotImplementedError

    def _frame(self) -> dict[str, dict[str, Any]]:
        return self._hub.parts(Selection(Name.FRAME))
