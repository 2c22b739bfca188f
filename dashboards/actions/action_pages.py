"""What the pages have in common whose forms write into the outbox: their routes, who is refused, what may go wrong."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboards.access.access import Access
from dashboards.access.asker import Asker, asking
from dashboards.access.sign_in import TooLong
from schemas.sqlstates import NotRead

Handler = Callable[..., Awaitable[Response]]


class NotShown(Exception):
    """This asker may not see it."""


class ActionPages(ABC):
    """``word``: what a refusal is called on record; ``not_yours``: what the refused is told; ``refusals``: by what
    page, reading or command says that he may not."""

    word: ClassVar[str]
    not_yours: ClassVar[str]
    refusals: ClassVar[tuple[type[Exception], ...]]

    def __init__(self, access: Access) -> None:
        self.access = access

    @abstractmethod
    def routes(self) -> Iterable[tuple[str, str, Handler]]:
        """Address, method, and what answers: methods under :func:`shown`."""

    @abstractmethod
    def sees(self, asker: Asker) -> bool: ...

    @abstractmethod
    def said(self, title: str, words: str, status: HTTPStatus) -> Response:
        """A page that says only this."""

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        for path, method, handler in self.routes():
            routes.add_api_route(path, _of_request(handler), methods=[method])
        return routes


def _of_request(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """With no other parameter that FastAPI would look for in the request."""

    async def called(request: Request) -> Response:
        return await handler(request)

    return called


def shown(handler: Handler) -> Handler:
    """Of a method that is told the request and who asks: what may go wrong on the way, as a page."""

    @wraps(handler)
    async def answered(self: ActionPages, request: Request) -> Response:
        asker = asking()
        try:
            if not self.sees(asker):
                raise NotShown
            answer: Any = await handler(self, request, asker)
        except self.refusals:
            self.access.denials.note(asker, self.word)
            return self.said("Không được phép", self.not_yours, HTTPStatus.FORBIDDEN)
        except NotRead:
            words = "Kho số liệu không trả lời; tải lại sau ít giây."
            return self.said("Lỗi đọc", words, HTTPStatus.SERVICE_UNAVAILABLE)
        except TooLong:
            return self.said("Dài quá", "Nội dung dài quá.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return answer  # type: ignore[no-any-return]

    return answered
