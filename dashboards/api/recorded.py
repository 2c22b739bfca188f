"""Readings of the data API on record: every route that asks for :data:`Right.CASES`, by being one.

What a route hands out is told by its answer as :func:`dashboards.api.respond.respond` writes it; where nothing was
written on record, nothing is handed out. Who holds the same already (304) is handed out nothing.
"""

from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from dashboards.access.access import Access
from dashboards.access.asker import Right, asking
from dashboards.access.record import Deed
from dashboards.api.problems import problem
from dashboards.api.respond import handed_out
from dashboards.api.rights import right_of
from schemas.sqlstates import NotRead

_MANY, _ONE = ("cases", "subjects"), {"case": "code", "subject": "subject"}  # parts of answers, and what names one


class RecordedRoute(APIRoute):
    """``app.state.access`` is whose record it is; ``None`` where nobody signs in and nothing is kept."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def recorded(request: Request) -> Response:
            answer = await handle(request)
            access: Access | None = request.app.state.access
            if access is None or access.record is None or right_of(self) is not Right.CASES:
                return answer
            if answer.status_code == HTTPStatus.NOT_MODIFIED:
                return answer
            told = handed_out(request)
            if told is None and answer.status_code < HTTPStatus.BAD_REQUEST:
                raise RuntimeError(f"{self.path} does not say what it hands out")
            deed, object_, by_unit = reading(told, self.operation_id or self.name)
            try:
                await access.record.read(asking(), deed, object_, by_unit)
            except NotRead:
                return not_on_record()
            return answer

        return recorded


def not_on_record() -> Response:
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Reading cases is put on record first, and that cannot be written just now; ask again.",
        headers={"Retry-After": "2"},
    )


def reading(told: Mapping[str, Any] | None, route: str) -> tuple[Deed, str, Mapping[str, int]]:
    """Deed, object and rows by unit. ``None`` was told of one that is not there, or not the asker's: what he typed may
    be anything, so it is not kept."""
    if told is None:
        return Deed.CASE_READ, "", {}
    for name in _MANY:
        if isinstance(told.get(name), list):
            return Deed.LIST_READ, route, Counter(row["unit"] for row in told[name])
    for name, key in _ONE.items():
        if isinstance(told.get(name), dict):
            one = told[name]
            domain = f"{told['domain']}/" if "domain" in told else ""
            return Deed.CASE_READ, f"{domain}{one[key]}", {one["unit"]: 1}
    raise RuntimeError(f"{route} hands out neither cases nor subjects")
