"""What own and portal figures' addresses show, read now."""

from collections.abc import Mapping

from dashboards.periods import PeriodName
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.screen import Name
from dashboards.screens.standing import stand
from dashboards.screens.tablet.paging import Paging, page_of
from dashboards.screens.view_pages import ViewPages
from dashboards.views.gap import CASES, VIEW, reader, tablet
from dashboards.views.gap.asked import asked_of
from dashboards.views.gap.reader import Cause


class Pages(ViewPages):
    async def page(self, path: str, query: Mapping[str, str]) -> Component:
        """Own figures beside the national portal's, or the cases that make the difference."""
        view = links.view_of(Name.TABLET, query, PeriodName.MONTH)
        asked, page = asked_of(view, query), page_of(query.get("trang"))
        async with self._database.snapshot() as snapshot:
            conn, ground = snapshot.conn, await stand(snapshot, view, self._settings)
            period, as_of = ground.period, ground.at
            rows = await reader.read(conn, asked.indicator, period, view.unit)
            if path != VIEW.at(CASES):
                return tablet.page(rows, page, asked, period, as_of, self._frame())
            of = Cause if asked.cause is None else (asked.cause,)
            total = sum(row.causes[cause] for row in rows for cause in of)
            shown = Paging(total, tablet.CASES_PAGE, page)
            found = await reader.cases(
                conn, asked.indicator, period, view.unit, asked.cause, limit=shown.size, offset=shown.first - 1
            )
        return tablet.cases(found, total, page, asked, period, as_of, self._frame())
