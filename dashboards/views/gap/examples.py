"""The examples of the comparison with the national portal."""

from datetime import UTC, date, datetime

from pydantic import BaseModel

from dashboards.api import answers
from dashboards.api.examples import AS_OF, GROUND
from dashboards.views.gap import answers as gap_answers
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import Cause, DifferingCase, Gap

_DAYS = answers.Days(first=date(2026, 10, 1), last=date(2026, 10, 31))
_CAUSES = {**dict.fromkeys(Cause, 0), Cause.NOT_SENT: 181, Cause.STATUS_BEHIND: 27}
_GAP = Gap("so-tu-phap", 2010, 1802, _CAUSES, 208, 0, 1799, date(2026, 10, 31))
_CASE = DifferingCase(
    subject="000.00.26.H19-261003-0117",
    unit="so-tu-phap",
    own=True,
    portal=False,
    cause=Cause.STATUS_BEHIND,
    status=9,
    ended_at=datetime(2026, 10, 19, 3, 12, tzinfo=UTC),
    portal_status=4,
    portal_ended_at=None,
    portal_code=None,
    synced_at=datetime(2026, 10, 4, 1, 30, tzinfo=UTC),
)
GOOD: dict[str, BaseModel] = {
    "/api/v1/portal-gap": gap_answers.PortalGap(
        **GROUND,
        indicator=Indicator.FINISHED,
        days=_DAYS,
        causes=gap_answers.CauseWords.all(),
        rows=[gap_answers.GapRow.of(_GAP)],
    ),
    "/api/v1/portal-gap/cases": gap_answers.PortalGapCases(
        **GROUND,
        indicator=Indicator.FINISHED,
        days=_DAYS,
        list_as_of=AS_OF,
        cases=[gap_answers.GapCase.model_validate(_CASE)],
        next_cursor=None,
    ),
}
