"""The event stream of a view: what the hub sends, as server-sent events."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from dashboards.live import Hub, TooManyViews
from dashboards.screens import links
from dashboards.screens.registry import SCREENS

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
RETRY = b"retry: 1000\n\n"  # how long a browser waits before it connects again, in ms


def router(hub: Hub) -> APIRouter:
    routes = APIRouter()

    @routes.get(links.STREAM)
    async def stream(request: Request) -> Response:
        query = request.query_params
        name = query.get("man", "")
        try:
            view = links.view_of(name, query)
        except links.BadAddress as exc:
            return PlainTextResponse(str(exc), status_code=400)
        if name not in SCREENS:
            return PlainTextResponse("không có màn này", status_code=404)
        snapshots = hub.watch(view)
        try:
            first = await anext(snapshots)
        except TooManyViews:
            return PlainTextResponse("quá nhiều lựa chọn đang mở", status_code=503, headers={"Retry-After": "10"})
        return StreamingResponse(_events(first, snapshots), media_type="text/event-stream", headers=HEADERS)

    return routes


async def _events(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield RETRY + first
    async for event in rest:
        yield event
