"""Every route whose answer is a table answers in every form, by being one: its own JSON answer is asked page by page,
in one snapshot, with the rights and the row security that it has itself."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from dashboards.api.forms.asked_form import asked_form
from dashboards.api.forms.file_answer import FileAnswer
from dashboards.api.forms.tables import tables_of
from dashboards.api.recorded import RecordedRoute
from dashboards.forms.form import FileForm


def is_table(route: APIRoute) -> bool:
    return bool(_model_of(route) and tables_of(_model_of(route)))


class FormedRoute(RecordedRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        recorded = super().get_route_handler()
        if not is_table(self):
            return recorded
        unrecorded = APIRoute.get_route_handler(self)
        tables = tables_of(_model_of(self))

        async def formed(request: Request) -> Response:
            asked = asked_form(request, tables)
            if asked.form is FileForm.JSON:
                answer = await recorded(asked.without_form(request))
            else:
                answer = await FileAnswer(request, asked, self, unrecorded, tables).answer()
            answer.headers["Vary"] = "Accept"
            return answer

        return formed


def _model_of(route: APIRoute) -> type[BaseModel]:
    return route.response_model  # type: ignore[no-any-return]
