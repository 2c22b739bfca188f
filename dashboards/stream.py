"""The event stream of a view: what the hub sends, as server-sent events."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from dashboards.fair_turns import client_of
from dashboards.hub import Hub
from dashboards.screens import links
from dashboards.selections import NotThere, Selections, chosen
from dashboards.viewers import TooManyViews

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
RETRY = b"retry: 1000\n\n"  # how long a browser waits before it connects again, in ms
REFUSED = "Máy này đang mở quá nhiều lựa chọn khác nhau; đóng bớt màn hình rồi tải lại."


def router(hub: Hub, there: Selections) -> APIRouter:
    routes = APIRouter()

    @routes.get(links.STREAM)
    async def stream(request: Request) -> Response:
        query = request.query_params
        try:
            view = chosen(query.get("man", ""), query)
            if not hub.keeps(view):
                view = await there.check(view)
        except NotThere as exc:
            return _said(str(exc), 404)
        except links.BadAddress as exc:
            return _said(str(exc), 400)
        snapshots = hub.watch(view, client_of(request.scope))
        return StreamingResponse(_events(snapshots), media_type="text/event-stream", headers=HEADERS)

    return routes


def _said(words: str, status: int) -> Response:
    return PlainTextResponse(words, status, {"Cache-Control": "no-store"})


async def _events(snapshots: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """A refusal is an event too: a browser shows nothing of an answer that is no stream."""
    yield RETRY
    try:
        async for event in snapshots:
            yield event
    except TooManyViews:
        yield f"event: refused\ndata: {REFUSED}\n\n".encode()
