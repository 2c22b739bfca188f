"""Every error is ``application/problem+json`` (RFC 9457) and names the field and the rule, never the value."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg import DataError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from schemas.json_text import encode

MEDIA_TYPE = "application/problem+json"
# Of what pydantic says about a rule, only the rule's own limits: the rest may hold what was sent.
_LIMITS = ("expected", "min_length", "max_length", "ge", "gt", "le", "lt", "pattern")


class Violation(BaseModel):
    field: Annotated[str, Field(description="The parameter, or `query` where none of ours is meant.")]
    rule: Annotated[str, Field(description="Which rule it breaks, with the rule's limit.")]


class Problem(BaseModel):
    """RFC 9457. ``type`` is always ``about:blank``: title and status say which problem it is."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Violation] = []


class ApiRefused(Exception):
    """A request that breaks a rule of ours."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.violation = Violation(field=field, rule=rule)


def problem(
    status: HTTPStatus, detail: str, errors: Iterable[Violation] = (), headers: Mapping[str, str] | None = None
) -> Response:
    body = Problem(title=status.phrase, status=status, detail=detail, errors=list(errors))
    return Response(
        encode(body.model_dump()),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def unavailable() -> Response:
    """The database is away: nothing was looked at, and the same request may succeed in a moment."""
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "The database does not answer; ask again.", headers={"Retry-After": "2"}
    )


def refused(violations: Iterable[Violation]) -> Response:
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The request breaks the rules below.", violations)


async def on_unavailable(_request: Request, _exc: Exception) -> Response:
    return unavailable()


async def on_unanswerable(_request: Request, exc: Exception) -> Response:
    """A value that passed every rule of ours and that the database cannot hold; anything else is a fault of ours."""
    if isinstance(exc.__cause__, DataError):
        return refused([Violation(field="query", rule="a value that the database cannot be asked with")])
    raise exc


async def on_refused(_request: Request, exc: Exception) -> Response:
    assert isinstance(exc, ApiRefused)  # noqa: S101  registered for it
    return refused([exc.violation])


async def on_invalid(_request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)  # noqa: S101  registered for it
    return refused([_violation(error) for error in exc.errors()])


async def on_http(_request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101  registered for it
    status = HTTPStatus(exc.status_code)
    if status is HTTPStatus.BAD_REQUEST:  # FastAPI's word for a body that it cannot read at all
        return refused([Violation(field="body", rule="JSON in UTF-8")])
    detail = "There is nothing at this address." if status is HTTPStatus.NOT_FOUND else status.description
    return problem(status, detail, headers=exc.headers)


async def on_error(_request: Request, _exc: Exception) -> Response:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "A fault of ours; it has been logged.")


def _violation(error: Mapping[str, Any]) -> Violation:
    rule = str(error["type"])
    if rule == "extra_forbidden":  # its name is input
        return Violation(field="query", rule="unknown parameter")
    context = error.get("ctx", {})
    limits = ", ".join(f"{name} {context[name]}" for name in _LIMITS if name in context)
    where = [str(part) for part in error["loc"][1:2]]
    return Violation(field=where[0] if where else "query", rule=f"{rule} ({limits})" if limits else rule)
