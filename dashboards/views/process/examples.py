"""The examples of the process view and of the chains."""

from datetime import UTC, date, datetime

from pydantic import BaseModel

from dashboards.api import answers
from dashboards.api.examples import AS_OF, GROUND
from dashboards.percentiles import Spread
from dashboards.views.process import answers as process_answers
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from dashboards.views.process.reader import Reason
from schemas.case_portal import Chain

_DAYS = answers.Days(first=date(2026, 1, 1), last=date(2026, 12, 31))
_OLDEST = datetime(2026, 10, 19, 3, 12, tzinfo=UTC)
_STEP = "Thẩm định hồ sơ"
_PROCESS = process.StepsOfProcess(
    procedure="1.001612",
    ended=2957,
    looped=211,
    loops=240,
    reasons={Reason.SUPPLEMENT: 188, Reason.CHAIN: 0, Reason.REPEATED: 23},
    steps=(
        process.StepTimes("", queue=61, oldest=_OLDEST),
        process.StepTimes(_STEP, 2890, 23, Spread(540, 1260), Spread(0, 190), 312, _OLDEST),
        process.StepTimes(None, 2957, 0, Spread(95, 480), Spread(0, 0)),
    ),
    variants=(process.WayTaken("0f3c9b5e7a21d84c", (_STEP,), "finished", 2104, 0.7115),),
    ways=9,
)
_CASE = process.PassingCase(
    subject="000.00.26.H19-261003-0117",
    unit="so-tu-phap",
    accepted_at=datetime(2026, 10, 3, 1, 30, tzinfo=UTC),
    ended_at=None,
    end_kind=None,
    steps=1,
    last_step=_STEP,
    since=_OLDEST,
    office_s=32_400,
    waited_s=0,
    loops=1,
    loop_reason=Reason.SUPPLEMENT,
)
_GROUP = chains.ChainHandover(Chain.BIRTH, None, None, 44, 12, _OLDEST, 1_630, Spread(16_200, 59_400))
_HANDOVER = chains.ChainHandover(
    Chain.BIRTH, "thuong-tru", "cong-an-tinh", 31, 12, _OLDEST, 815, Spread(19_800, 61_200)
)
_AT = chains.ChainedCase(
    "000.00.26.H19-261003-0117",
    "phuong-tran-bien",
    Chain.BIRTH,
    "thuong-tru",
    "cong-an-tinh",
    _OLDEST,
    None,
    None,
    False,
)


def _age(_since: datetime) -> int:
    return 748_800


GOOD: dict[str, BaseModel] = {
    "/api/v1/process": process_answers.Process.of(_PROCESS, _DAYS, _age, **GROUND),
    "/api/v1/process/cases": process_answers.ProcessCases(
        **GROUND,
        procedure="1.001612",
        part=process.ProcessPart.QUEUE,
        days=_DAYS,
        list_as_of=AS_OF,
        cases=[process_answers.ProcessCase.model_validate(_CASE)],
        next_cursor=None,
    ),
    "/api/v1/chains": process_answers.Chains(
        **GROUND, days=_DAYS, rows=[process_answers.Handover.of(row, _age) for row in (_GROUP, _HANDOVER)]
    ),
    "/api/v1/chains/cases": process_answers.ChainsCases(
        **GROUND,
        part=chains.ChainPart.WAITING,
        days=_DAYS,
        list_as_of=AS_OF,
        cases=[process_answers.ChainCase.model_validate(_AT)],
        next_cursor=None,
    ),
}
