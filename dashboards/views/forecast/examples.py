"""The examples of what will be late."""

from datetime import UTC, date, datetime

from pydantic import BaseModel

from dashboards.api.examples import AS_OF, GROUND
from dashboards.views.forecast import answers as forecast_answers
from dashboards.views.forecast.reader import ListName, Run, Soon, Worth

_MADE_AT = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
_RUN = Run(date(2026, 11, 24), _MADE_AT, 19412, "pace", 0.27, 0.13, "", 0.71, 1.2, 0.07)
_CASE = Soon(
    subject="000.00.26.H19-261110-0117",
    unit="so-tu-phap",
    procedure="2.000488",
    last_unit="so-tu-phap",
    due_at=datetime(2026, 11, 25, 17, 0, tzinfo=UTC),
    step="Thẩm định hồ sơ",
    chance=0.62,
    chance_61=0.62,
    chance_766=0.41,
    expected_at=datetime(2026, 11, 27, 8, 10, tzinfo=UTC),
)
GOOD: dict[str, BaseModel] = {
    "/api/v1/forecast": forecast_answers.ForecastAnswer(
        **GROUND,
        run=forecast_answers.ForecastRun.model_validate(_RUN),
        worth=forecast_answers.ForecastWorth.model_validate(Worth(0.72, 0.9, 48210, 1310, 702, 1633, 9870, 820)),
        next_working_day=date(2026, 11, 25),
        rows=[forecast_answers.ForecastRow(unit="so-tu-phap", due_tomorrow=117, at_risk=26)],
    ),
    "/api/v1/forecast/cases": forecast_answers.ForecastCases(
        **GROUND,
        which=ListName.AT_RISK,
        list_as_of=AS_OF,
        cases=[forecast_answers.SoonCase.model_validate(_CASE)],
        next_cursor=None,
    ),
}
