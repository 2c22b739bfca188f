"""Readings of the data API on record: every route that asks for :data:`Right.CASES`, by being one.

What a route hands out is told by its answer as :func:`dashboards.api.respond.respond` writes it; where nothing was
written on record, nothing is handed out. Who holds the same already (304) is handed out nothing, and that he asked is
on record: no row of each unit. Answers that others may have too are put where these find them, and are recorded for
each of them (:mod:`dashboards.api.answer_cache`).
"""

from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from dashboards.access.access import Access
from dashboards.access.asker import Right, asking
from dashboards.access.record import Deed
from dashboards.api import kept
from dashboards.api.kept import Handed
from dashboards.api.problems import problem
from dashboards.api.respond import handed_out, made
from dashboards.api.rights import right_of
from schemas.sqlstates import NotRead

_MANY, _ONE = ("cases", "subjects"), {"case": "code", "subject": "subject"}  # parts of answers, and what names one


class RecordedRoute(APIRoute):
    """``app.state.access`` is whose record it is; ``None`` where nobody signs in and nothing is kept."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def recorded(request: Request) -> Response:
            answer = await handle(request)
            handed = self._handed(request, answer)
            answered = made(request)
            if answered is not None:
                kept.put(request, replace(answered, handed=handed))
            access: Access | None = request.app.state.access
            if handed is not None and not request.scope.get(kept.NOBODY, False):
                unchanged = answer.status_code == HTTPStatus.NOT_MODIFIED
                if not await put_on_record(access, handed, unchanged=unchanged):
                    return not_on_record()
            return answer

        return recorded

    def _handed(self, request: Request, answer: Response) -> Handed | None:
        if right_of(self) is not Right.CASES:
            return None
        told = handed_out(request)
        if told is None and answer.status_code < HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{self.path} does not say what it hands out")
        return Handed(*reading(told, self.operation_id or self.name))


async def put_on_record(access: Access | None, handed: Handed, *, unchanged: bool) -> bool:
    """Whether it may be handed out. ``unchanged``: the asker is sent nothing, since he holds it already."""
    if access is None or access.record is None:
        return True
    by_unit = dict.fromkeys(handed.by_unit, 0) if unchanged else handed.by_unit
    try:
        await access.record.read(asking(), handed.deed, handed.object, by_unit)
    except NotRead:
        return False
    return True


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
