"""One answer as a file."""

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from dashboards.access.access import Access
from dashboards.access.asker import Right, asking
from dashboards.access.record import Deed
from dashboards.api.etags import holds
from dashboards.api.forms.asked_form import AskedForm
from dashboards.api.forms.heads import head_of
from dashboards.api.forms.tables import columns_of
from dashboards.api.gate import LONGER
from dashboards.api.kept import CACHE
from dashboards.api.named_filters import ROWS_AT_ONCE
from dashboards.api.problems import problem
from dashboards.api.recorded import not_on_record, reading
from dashboards.api.respond import handed_out
from dashboards.api.rights import right_of
from dashboards.fair_turns import NoTurn, Turns, client_of
from dashboards.forms.flow import ByteFlow, FlowResponse, Put
from dashboards.forms.form import MEDIA
from dashboards.forms.rows_out import RowsOut
from dashboards.forms.writer import writer
from dashboards.readers.asked_database import AskedDatabase
from schemas.sqlstates import NotRead

A_PAGE = 2_000  # rows asked of the database at once
WITHIN = 600.0  # seconds for a file, however slowly it is taken
LISTS_AT_ONCE = Turns(2, 1)  # of all clients, and of one: each holds a snapshot as long as it lasts
_OF_A_CASE = ("cases", "subjects", "history")  # tables whose rows are somebody's

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Ended(NotRead):
    """Whoever asked may ask no longer: his key or session ended meanwhile."""


class _Unformed(Exception):
    """The route itself answers otherwise than with rows."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


class FileAnswer:
    """``handler`` answers the route as JSON, unrecorded."""

    def __init__(
        self,
        request: Request,
        asked: AskedForm,
        route: APIRoute,
        handler: Handler,
        tables: Mapping[str, type[BaseModel]],
    ) -> None:
        self._request, self._asked, self._route, self._handler, self._tables = request, asked, route, handler, tables
        self._table = asked.table
        self._access: Access | None = request.app.state.access
        self._database: AskedDatabase = request.app.state.database
        self._headers = {"Cache-Control": CACHE}
        self._paged = asked.whole and "next_cursor" in route.response_model.model_fields

    async def answer(self) -> Response:
        flow = ByteFlow(self._in_turn if self._paged else self._produce, WITHIN)
        try:
            first = await flow.take()
        except _Unformed as other:
            return other.answer
        except NoTurn:
            words = "Other lists are being written to files; ask again."
            return problem(HTTPStatus.SERVICE_UNAVAILABLE, words, headers={"Retry-After": "10"})
        except _NotRecorded:
            return not_on_record()
        except BaseException:
            await flow.close()
            raise
        assert first is not None  # noqa: S101  a file has a beginning
        if (longer := self._request.scope.get(LONGER)) is not None:
            longer(WITHIN)
        return FlowResponse(first, flow, MEDIA[self._asked.form], self._headers)

    async def _in_turn(self, put: Put) -> None:
        async with LISTS_AT_ONCE.one(client_of(self._request.scope)):
            await self._produce(put)

    async def _produce(self, put: Put) -> None:
        if self._paged:
            ROWS_AT_ONCE.set(A_PAGE)
        async with self._database.held() as (_, as_of):
            told, tag = await self._first()
            rows = told[self._table]
            columns = columns_of(self._tables[self._table], rows)
            head = head_of(self._named(), self._request.url.path, as_of, told, self._asked)
            self._headers["Content-Disposition"] = f'attachment; filename="{head.name}.{self._asked.form}"'
            if tag is not None:
                self._headers["ETag"] = tag
            out = RowsOut(writer(self._asked.form, head, columns), columns, put, self._on_record)
            await out.add(rows, self._by_unit(told))
            while self._paged and told["next_cursor"] is not None:
                told = await self._page(told["next_cursor"])
                await out.add(told[self._table], self._by_unit(told))
        await out.end()

    async def _first(self) -> tuple[Mapping[str, Any], str | None]:
        """The first page, and the file's own tag where there is no other. Raises :class:`_Unformed`."""
        page = self._asked.page(self._request)
        answer = await self._handler(page)
        told = handed_out(page)
        if told is None:
            if right_of(self._route) is Right.CASES:
                await self._put(Deed.CASE_READ, *reading(None, self._object())[1:])
            raise _Unformed(answer)
        if self._table not in told:  # an answer that has one of its tables
            self._table = next(name for name in self._tables if name in told)
        tag = None
        if told.get("next_cursor") is None and "ETag" in answer.headers:
            tag = f'{answer.headers["ETag"][:-1]}-{self._table}-{self._asked.form}"'
            if holds(self._request.headers.get("if-none-match", ""), tag):
                raise _Unformed(Response(status_code=HTTPStatus.NOT_MODIFIED, headers={**self._headers, "ETag": tag}))
        return told, tag

    async def _page(self, cursor: str) -> Mapping[str, Any]:
        if self._access is not None and not self._access.still(asking()):
            raise Ended
        page = self._asked.page(self._request, cursor)
        await self._handler(page)
        told = handed_out(page)
        assert told is not None  # noqa: S101  as the first one
        return told

    def _named(self) -> str:
        return self._route.operation_id or self._route.name

    def _object(self) -> str:
        return f"{self._named()} {self._asked.form}"

    def _by_unit(self, told: Mapping[str, Any]) -> Mapping[str, int]:
        somebodys = right_of(self._route) is Right.CASES and self._table in _OF_A_CASE
        return reading(told, self._object())[2] if somebodys else {}

    async def _on_record(self, by_unit: Mapping[str, int]) -> None:
        if right_of(self._route) is Right.CASES:
            await self._put(Deed.EXPORTED, self._object(), by_unit)

    async def _put(self, deed: Deed, object_: str, by_unit: Mapping[str, int]) -> None:
        if self._access is None or self._access.record is None:
            return
        try:
            await self._access.record.read(asking(), deed, object_, by_unit)
        except NotRead as exc:
            raise _NotRecorded from exc


class _NotRecorded(NotRead):
    """What cannot be recorded is not handed out."""
