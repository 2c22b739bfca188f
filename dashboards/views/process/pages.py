"""What each of these addresses shows, read now."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from dashboards import periods
from dashboards.periods import PeriodName
from dashboards.readers import figures, reference
from dashboards.readers.figures import By, Filters
from dashboards.readers.snapshot import Selection
from dashboards.readers.worktime import worked_s, worktime
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.screen import Name
from dashboards.screens.standing import stand
from dashboards.screens.tablet.paging import Paging, page_of
from dashboards.screens.view_pages import ViewPages
from dashboards.views.process import CASES, CHAINS, CHAINS_CASES, VIEW, cases, chains, procedures, steps, ways
from dashboards.views.process import chains_reader as chain_reader
from dashboards.views.process import reader as process
from dashboards.views.process.asked import ChainsAddress, ProcessAddress, asked_of, chains_asked_of
from schemas.rules.worktime import WorkTime


class Pages(ViewPages):
    async def page(self, path: str, query: Mapping[str, str]) -> Component:
        view, page = links.view_of(Name.TABLET, query, PeriodName.YEAR), page_of(query.get("trang"))
        if path == VIEW.at(CHAINS):
            return await self._chains(chains_asked_of(view, query), page)
        if path == VIEW.at(CHAINS_CASES):
            return await self._chains_cases(chains_asked_of(view, query), page)
        if not query.get("thu-tuc"):
            return await self._procedures(view, page)
        asked = asked_of(view, query)
        return await (self._cases(asked, page) if path == VIEW.at(CASES) else self._process(asked, page))

    async def _procedures(self, view: Selection, page: int) -> Component:
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, view, self._settings)
            conn, period, as_of = snapshot.conn, ground.period, ground.at
            rows = await figures.read(conn, as_of, period, By.PROCEDURE, Filters(unit=view.unit))
            keys = [row.key for row in rows if row.key]
            names = await reference.names(conn, "procedure", keys, periods.today(as_of))
        return procedures.page(rows, names, page, view, period, as_of, self._frame())

    async def _process(self, asked: ProcessAddress, page: int) -> Component:
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, asked.view, self._settings)
            conn, period, as_of = snapshot.conn, ground.period, ground.at
            view = await process.read(conn, asked.reads(period))
            names = await reference.names(conn, "procedure", [asked.procedure], periods.today(as_of))
            age = partial(_age, await worktime(conn), as_of)
        name = procedures.name_of(asked.procedure, names)
        if asked.ways:
            return ways.page(view, name, asked, period, as_of, self._frame())
        return steps.page(view, name, page, asked, period, as_of, age, self._frame())

    async def _cases(self, asked: ProcessAddress, page: int) -> Component:
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, asked.view, self._settings)
            conn, period, as_of = snapshot.conn, ground.period, ground.at
            reads = asked.reads(period)
            total = await process.count(conn, reads)
            shown = Paging(total, cases.PAGE, page)
            found = await process.cases(conn, reads, limit=shown.size, offset=shown.first - 1)
            names = await reference.names(conn, "procedure", [asked.procedure], periods.today(as_of))
            age = partial(_age, await worktime(conn), as_of)
        name = procedures.name_of(asked.procedure, names)
        return cases.of_process(found, total, page, asked, name, period, as_of, age, self._frame())

    async def _chains(self, asked: ChainsAddress, page: int) -> Component:
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, asked.view, self._settings)
            conn, period, as_of = snapshot.conn, ground.period, ground.at
            rows = await chain_reader.read(conn, asked.reads(period))
            keys = sorted({row.agency for row in rows if row.agency})
            names = await reference.names(conn, "unit", keys, periods.today(as_of))
            age = partial(_age, await worktime(conn), as_of)
        return chains.page(rows, names, page, asked, period, as_of, age, self._frame())

    async def _chains_cases(self, asked: ChainsAddress, page: int) -> Component:
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, asked.view, self._settings)
            conn, period, as_of = snapshot.conn, ground.period, ground.at
            reads = asked.reads(period)
            total = await chain_reader.count(conn, reads)
            shown = Paging(total, cases.PAGE, page)
            found = await chain_reader.cases(conn, reads, limit=shown.size, offset=shown.first - 1)
            keys = sorted({case.agency for case in found} | ({asked.agency} if asked.agency else set()))
            names = await reference.names(conn, "unit", keys, periods.today(as_of))
            age = partial(_age, await worktime(conn), as_of)
        return cases.of_chains(found, names, total, page, asked, period, as_of, age, self._frame())


def _age(work: WorkTime, as_of: datetime, since: datetime) -> int:
    return worked_s(work, since, as_of)
