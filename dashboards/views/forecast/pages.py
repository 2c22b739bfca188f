"""What the forecast's addresses show, read now."""

from collections.abc import Mapping

from dashboards.readers.snapshot import Selection
from dashboards.screens import standing
from dashboards.screens.parts import Component
from dashboards.screens.tablet.paging import Paging, page_of
from dashboards.screens.view_pages import ViewPages
from dashboards.views.forecast import SLUG, reader, tablet
from dashboards.views.forecast.asked import asked_of


class Pages(ViewPages):
    async def page(self, path: str, query: Mapping[str, str]) -> Component:
        """What is due tomorrow and what is at risk."""
        asked, page = asked_of(query), page_of(query.get("trang"))
        async with self._database.snapshot() as snapshot:
            conn, ground = (
                snapshot.conn,
                await standing.ground_at(snapshot, Selection(SLUG), self._settings, standing.CASES),
            )
            as_of, run = ground.at, await reader.run(snapshot.conn, ground.at)
            standing.hold(ground, finished=run is not None and run.says_risk)  # as the wall does: it is this morning's
            worth = await reader.worth(conn, as_of)
            counts = await reader.counts(conn, as_of, asked.unit)
            shown = Paging(sum(counts[asked.which].values()), tablet.PAGE, page)
            found = await reader.cases(conn, asked.which, as_of, asked.unit, limit=shown.size, offset=shown.first - 1)
            tomorrow = await reader.next_working_day(conn, as_of)
        return tablet.page(found, counts, run, worth, tomorrow, page, asked, as_of, self._frame())
