"""What the essential services' addresses show, read now."""

from collections.abc import Mapping

from dashboards.periods import Period, PeriodName
from dashboards.readers.database import Snapshot
from dashboards.readers.figures import Filters
from dashboards.readers.openings import Opening
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.standing import stand
from dashboards.screens.tablet.paging import page_of
from dashboards.screens.view_pages import ViewPages
from dashboards.views.essential import reader, tablet
from dashboards.views.essential.asked import number_of


class Pages(ViewPages):
    async def page(self, path: str, query: Mapping[str, str]) -> Component:
        """The essential services, or the one that the address names."""
        view = links.view_of("", query, PeriodName.MONTH)._replace(unit=None, part=None)
        page, asked = page_of(query.get("trang")), query.get("dich-vu")
        number = number_of(asked) if asked else None
        async with self._database.snapshot() as snapshot:
            conn, ground = snapshot.conn, await stand(snapshot, view, self._settings)
            period, as_of = ground.period, ground.at
            services = await reader.read(conn, as_of, period)
            if number is None:
                return tablet.page(services, page, view, period, as_of, self._frame())
            service = next((service for service in services if service.number == number), None)
            if service is None:
                raise links.BadAddress("không có dịch vụ số này")
            units = await reader.units(conn, as_of, period, number)
        why = reader.summed(units)
        return tablet.one(service, why, units, page, view, period, as_of, self._frame())

    async def open_number(self, snapshot: Snapshot, counter: str, period: Period, filters: Filters) -> Opening:
        number_of(filters.part)
        return await reader.open_list(snapshot.conn, snapshot.as_of, counter, period, filters)
