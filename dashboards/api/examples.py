"""The examples of the OpenAPI document: built from the answers' own types, so that they cannot drift from them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from dashboards.api import answers, case_answers
from dashboards.api.problems import MEDIA_TYPE, Problem, Violation
from dashboards.deadline_reasons import Moved
from dashboards.readers import cases, figures, sources
from schemas.case_counters import CASE_COUNTERS
from schemas.cases import SIMULATED
from schemas.history import Entry, EntryData
from schemas.province import moment
from schemas.topics import CASES

AS_OF = datetime(2026, 11, 24, 7, 32, 5, tzinfo=UTC)
_RECEIVED = datetime(2026, 11, 24, 7, 32, 1, tzinfo=UTC)
_CODE = "000.00.26.H19-261103-0117"
_UNIT = "H19.26.01"
GROUND = answers.Answer.ground(
    AS_OF,
    sources.KnownStream(
        sources.KnownPosition(1, 412_884, 412_884, 12, 3, _RECEIVED, _RECEIVED),
        (sources.KnownSource(SIMULATED, CASES.name, 412_869, 12, 3, _RECEIVED, _RECEIVED),),
        (),
        sources.NONE_OLD,
    ),
)
_ACCEPTED = datetime(2026, 11, 3, 1, 12, tzinfo=UTC)
_DUE = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
_CASE = cases.StoredCase(
    subject=_CODE,
    unit=_UNIT,
    procedure="1.001612",
    channel="online",
    submitted_at=None,
    accepted_at=_ACCEPTED,
    due_at=_DUE,
    ended_at=None,
    end_kind=None,
    returned_at=None,
    status=4,
    status_raw="Đang xử lý",
    last_at=_ACCEPTED,
    last_unit=_UNIT,
    voided_at=None,
    oversized=False,
    simulated=True,
    due_61=_DUE,
    due_766=_DUE,
)
_COUNTS = {**{c.name: 0 for c in CASE_COUNTERS}, "accepted": 3184, "finished": 2957, "on_time": 2786, "late": 171}

FIGURES = answers.Figures(
    **GROUND,
    by=figures.By.TOTAL,
    days=answers.Days(first=date(2026, 11, 24), last=date(2026, 11, 24)),
    rows=[answers.FiguresRow.of(figures.FigureRow("", {**_COUNTS, "open": 48_112, "overdue": 1412}))],
)
CASES_PAGE = answers.Cases(
    **GROUND,
    list_as_of=AS_OF,
    days=None,
    cases=[answers.ListedCase.counted(cases.CountedCase(_CASE, 1), AS_OF)],
    next_cursor=None,
)
_TOLD = cases.ToldCase(
    _CASE,
    [
        Entry(
            "accepted",
            moment(_ACCEPTED),
            SIMULATED,
            "7f3c0b",
            EntryData(unit=_UNIT, channel="online", procedure="1.001612", due=moment(_DUE)),
        )
    ],
    (Moved("accepted", _ACCEPTED, _DUE, _DUE),),
)
ONE_CASE = case_answers.OneCase(
    **GROUND,
    case=answers.Case.of(_CASE, AS_OF),
    judgement=case_answers.Judgement.of(_TOLD),
    history=[answers.Event.of(entry) for entry in _TOLD.history],
)

_ANYWHERE = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.MISDIRECTED_REQUEST,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_PROBLEMS = {
    HTTPStatus.UNAUTHORIZED: Problem(
        title="Unauthorized", status=401, detail="A key is needed. It is not known, or it has ended."
    ),
    HTTPStatus.FORBIDDEN: Problem(title="Forbidden", status=403, detail="This needs the right `cases`."),
    HTTPStatus.NOT_FOUND: Problem(title="Not Found", status=404, detail="There is no case of this code."),
    HTTPStatus.CONFLICT: Problem(title="Conflict", status=409, detail="Somebody was first; read it again."),
    HTTPStatus.METHOD_NOT_ALLOWED: Problem(title="Method Not Allowed", status=405, detail="This API is for reading."),
    HTTPStatus.MISDIRECTED_REQUEST: Problem(
        title="Misdirected Request", status=421, detail="Not a name of this service."
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: Problem(
        title=HTTPStatus.UNPROCESSABLE_ENTITY.phrase,
        status=422,
        detail="The request breaks the rules below.",
        errors=[Violation(field="from", rule="day (expected YYYY-MM-DD)")],
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Problem(
        title=HTTPStatus.TOO_MANY_REQUESTS.phrase,
        status=429,
        detail="Too many questions at once.",
        errors=[Violation(field="limit", rule="at_once")],
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Problem(
        title="Service Unavailable", status=503, detail="The database does not answer; ask again."
    ),
}


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """A route's answers other than the good one, for the document."""
    documented: dict[int | str, dict[str, Any]] = {
        int(status): {
            "description": status.phrase,
            "content": {
                MEDIA_TYPE: {"schema": {"$ref": _PROBLEM_SCHEMA}, "example": _PROBLEMS[status].model_dump(mode="json")}
            },
        }
        for status in (*statuses, *_ANYWHERE)
    }
    return documented


NOT_CHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Nothing has changed but ages and the moment."}}


def completed(document: dict[str, Any], others: Mapping[str, BaseModel]) -> dict[str, Any]:
    """FastAPI's document with what it cannot say: the good answers' examples (it drops every null; ``others`` are
    declared elsewhere) and the problem's schema (it would offer it as application/json too)."""
    for address, example in (_GOOD | dict(others)).items():
        answer = document["paths"][address]["get"]["responses"]["200"]
        answer["content"]["application/json"]["example"] = example.model_dump(mode="json", exclude_unset=True)
    schemas = document["components"]["schemas"]
    problem = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    return document


_PROBLEM_SCHEMA = "#/components/schemas/Problem"
_GOOD: dict[str, BaseModel] = {
    "/api/v1/figures": FIGURES,
    "/api/v1/figures/province": FIGURES,
    "/api/v1/cases": CASES_PAGE,
    "/api/v1/cases/{code}": ONE_CASE,
    "/healthz": answers.Health(status="ok"),
}
