"""The examples of the score of Quyết định 766."""

from datetime import UTC, date, datetime

from pydantic import BaseModel

from dashboards.api import answers
from dashboards.api.examples import AS_OF, GROUND
from dashboards.views.score import answers as score_answers
from dashboards.views.score.figure import Figure
from dashboards.views.score.reader import LackedCase, ScoredUnit
from schemas.portal import PetitionKind
from schemas.rules.decision_766 import CountedPart, Reading, score

_DAYS = answers.Days(first=date(2026, 10, 1), last=date(2026, 10, 31))
_FIGURES = {
    "PROGRESS": Figure(CountedPart(1890, 2010), lacking=120),
    "DOSSIER_SYNC": Figure(CountedPart(1802, 2010), lacking=208),
    "ORIGINAL_RESULT_AVAILABLE": Figure(CountedPart(1466, 2010), lacking=544),
    "PUBLISH_ON_TIME": Figure(CountedPart(2, 39), "2026-09"),
}
_SCORE = score({code: figure.counted for code, figure in _FIGURES.items()}, Reading.PORTAL)
_CASE = LackedCase(
    subject="000.00.26.H19-261003-0117",
    unit="so-tu-phap",
    procedure="1.004873",
    accepted_at=datetime(2026, 10, 3, 1, 30, tzinfo=UTC),
    due_766=datetime(2026, 10, 15, 17, 0, tzinfo=UTC),
    ended_at=datetime(2026, 10, 14, 3, 12, tzinfo=UTC),
    last_unit="so-tu-phap",
)
GOOD: dict[str, BaseModel] = {
    "/api/v1/scores": score_answers.Scores(
        **GROUND,
        source=score_answers.SOURCE,
        verified=False,
        reading=Reading.PORTAL,
        days=_DAYS,
        before=None,
        components=score_answers.ComponentWords.all(Reading.PORTAL)[:5],
        information=score_answers.Information(
            ended=1890, mean_s=93_600, petitions={PetitionKind.PROCEDURE: 12, PetitionKind.STAFF: 3}
        ),
        rows=[score_answers.UnitScore.of(ScoredUnit("so-tu-phap", "department", _FIGURES, _SCORE, 4, 17), None)],
    ),
    "/api/v1/scores/cases": score_answers.ScoreCases(
        **GROUND,
        component="ORIGINAL_RESULT_AVAILABLE",
        days=_DAYS,
        list_as_of=AS_OF,
        cases=[score_answers.LackingCase.model_validate(_CASE)],
        next_cursor=None,
    ),
}
