"""Lists of the screens as files: the data API's own answer, for whoever is signed in at the screens.

So its rows, its rights and its place on record are those of the API; nothing of a file is made here.
"""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards import error_page

WORDS = {
    HTTPStatus.FORBIDDEN: "Vai của bạn không tải được danh sách này.",
    HTTPStatus.NOT_FOUND: "Danh sách không có, hoặc đã quá hạn giữ; mở lại từ con số.",
}
NOT_NOW = "Chưa tải được danh sách; thử lại sau ít giây."


class Downloads:
    """ASGI, mounted: ``danh-sach/<opening>.<form>``, or ``<view>.<form>`` with the query of the view's own list
    of cases. ``api``: the data API, behind the gate of the screens."""

    def __init__(self, api: ASGIApp) -> None:
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        before, _, file = scope["path"].rpartition("/")
        name, _, form = file.rpartition(".")
        path = f"/api/v1/openings/{name}" if before.endswith("/danh-sach") else f"/api/v1/{name}/cases"
        query = scope["query_string"] + b"&" if scope["query_string"] else b""
        asked = {
            **scope,
            "root_path": "",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query + f"format={form}".encode(),
        }
        refused: HTTPStatus | None = None

        async def sending(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] >= HTTPStatus.BAD_REQUEST:
                refused = HTTPStatus(message["status"])
            if refused is None:
                await send(message)

        await self._api(asked, receive, sending)
        if refused is not None:
            words = WORDS.get(refused, NOT_NOW)
            await error_page.answer(refused, words, Headers(scope=scope))(scope, receive, send)
