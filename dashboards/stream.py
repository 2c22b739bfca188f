"""The event stream of a view: what the hub sends, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import Asker, AskerKind, asking
from dashboards.access.pages_seen import NotAllowed, seen_by
from dashboards.fair_turns import client_of
from dashboards.hub import Hub
from dashboards.screens import links
from dashboards.selections import NotThere, Selections, chosen
from dashboards.viewers import TooManyViews

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
ENDED = "event: ended\ndata: {}\n\n"  # where to go: a screen's own page; else the gate says
ASKED_AGAIN = 2.0  # seconds between looks whether it may still be seen
RENEWED = 86_400.0  # seconds after which a screen's stream begins anew: each answer renews its cookie
RETRY = b"retry: 1000\n\n"  # how long a browser waits before it connects again, in ms
REFUSED = "Máy này đang mở quá nhiều lựa chọn khác nhau; đóng bớt màn hình rồi tải lại."


def router(hub: Hub, there: Selections, access: Access) -> APIRouter:
    routes = APIRouter()

    @routes.get(links.STREAM)
    async def stream(request: Request) -> Response:
        query = request.query_params
        try:
            view = seen_by(asking(), chosen(query.get("man", ""), query))
            if not hub.keeps(view):
                view = await there.check(view)
        except NotThere as exc:
            return _said(str(exc), 404)
        except NotAllowed as exc:
            access.denials.note(asking(), "stream")
            return _said(str(exc), 403)
        except links.BadAddress as exc:
            return _said(str(exc), 400)
        snapshots = hub.watch(view, client_of(request.scope))
        allowed = while_allowed(snapshots, access, asking())
        return StreamingResponse(_events(allowed), media_type="text/event-stream", headers=HEADERS)

    return routes


def _said(words: str, status: int) -> Response:
    return PlainTextResponse(words, status, {"Cache-Control": "no-store"})


async def while_allowed(snapshots: AsyncIterator[bytes], access: Access, asker: Asker) -> AsyncIterator[bytes]:
    """Until the session, the key or the screen is ended, or has another role; then the page is told to go."""
    pending: asyncio.Future[bytes] | None = None
    device, began = asker.kind is AskerKind.DEVICE, monotonic()
    try:
        while not device or monotonic() - began < RENEWED:
            if not access.still(asker):
                yield ENDED.format(addresses.PAIRING if device else "").encode()
                return
            if device:
                access.seen(asker)
            if pending is None:
                pending = asyncio.ensure_future(anext(snapshots))
            done, _ = await asyncio.wait({pending}, timeout=ASKED_AGAIN)
            if done:
                event, pending = pending.result(), None
                yield event
    finally:
        if pending is not None:
            pending.cancel()
            await asyncio.gather(pending, return_exceptions=True)


async def _events(snapshots: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """A refusal is an event too: a browser shows nothing of an answer that is no stream."""
    yield RETRY
    try:
        async for event in snapshots:
            yield event
    except TooManyViews:
        yield f"event: refused\ndata: {REFUSED}\n\n".encode()
