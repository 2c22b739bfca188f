"""What each of the score's addresses shows, read now."""

from collections.abc import Mapping

from dashboards import periods
from dashboards.periods import PeriodName
from dashboards.readers.database import Snapshot
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.screen import Name
from dashboards.screens.standing import stand
from dashboards.screens.tablet.paging import Paging, page_of
from dashboards.screens.view_pages import ViewPages
from dashboards.views.score import CASES, PARTS, VIEW, cases, components, units
from dashboards.views.score import information as score_information
from dashboards.views.score import reader as score
from dashboards.views.score.asked import ScoreAddress, asked_of
from dashboards.views.score.reader import ScoredUnit
from schemas.rules.decision_766 import PointsScore


class Pages(ViewPages):
    async def page(self, path: str, query: Mapping[str, str]) -> Component:
        view, page = links.view_of(Name.TABLET, query, PeriodName.MONTH), page_of(query.get("trang"))
        asked = asked_of(view, query, self._settings.score_reading, cases=path == VIEW.at(CASES))
        async with self._database.snapshot() as snapshot:
            ground = await stand(snapshot, asked.view, self._settings)
            period, snapshot = ground.period, snapshot._replace(as_of=ground.at)
            if path == VIEW.at(CASES):
                return await self._cases(snapshot, asked, page, period)
            if path == VIEW.tablet:
                asked = asked.of_unit(None)
            scores = await self._scores(snapshot, asked, period)
            earlier = periods.before(period, None)
            before: dict[str | None, ScoredUnit] = {}
            if earlier is not None:
                found = await self._scores(snapshot, asked, earlier)
                before = await score.by_unit(snapshot.conn, found, earlier, period)
            if path == VIEW.at(PARTS):
                told = await score_information.read(snapshot, period, asked.view.unit)
                yesterday = await self._yesterday(snapshot, asked, period)
        if path == VIEW.tablet:
            return units.page(scores, before, page, asked, period, snapshot.as_of, self._frame())
        one = score.of_unit(scores, asked.view.unit) or _nothing(asked)
        return components.page(
            one, before.get(one.key), yesterday, told, page, asked, period, snapshot.as_of, self._frame()
        )

    async def _scores(self, snapshot: Snapshot, asked: ScoreAddress, period: periods.Period) -> tuple[ScoredUnit, ...]:
        """All units; of one unit too, because of its rank."""
        choices = self._settings.score_choices
        return await score.read(snapshot.conn, snapshot.as_of, period, asked.reading, None, choices)

    async def _yesterday(self, snapshot: Snapshot, asked: ScoreAddress, period: periods.Period) -> ScoredUnit | None:
        """What the month had come to when the day before ended."""
        until = periods.until_yesterday(period, periods.today(snapshot.as_of))
        if until is None:
            return None
        choices, unit = self._settings.score_choices, asked.view.unit
        found = await score.read(snapshot.conn, snapshot.as_of, until, asked.reading, unit, choices)
        return score.of_unit(found, unit)

    async def _cases(self, snapshot: Snapshot, asked: ScoreAddress, page: int, period: periods.Period) -> Component:
        conn, as_of = snapshot
        code = asked.component.code if asked.component is not None else ""
        total = await score.lacking_count(conn, as_of, period, code, asked.view.unit)
        shown = Paging(total, cases.PAGE, page)
        found = await score.lacking(
            conn, as_of, period, code, asked.view.unit, limit=shown.size, offset=shown.first - 1
        )
        return cases.page(found, total, page, asked, period, as_of, self._frame())


def _nothing(asked: ScoreAddress) -> ScoredUnit:
    """A unit that has counted nothing."""
    return ScoredUnit(asked.view.unit, None, {}, PointsScore(asked.reading, {}))
