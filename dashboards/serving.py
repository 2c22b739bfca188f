"""How a process of ours serves HTTP: as uvicorn does, with limits of its own to what a client may hold.

uvicorn has no limit to the time in which a request's head and body come, nor to that in which a client takes what it is
sent, nor with httptools to a head's size (0.54). A connection that is held up by its client is closed, and one client
holds no more than its share.
"""

import asyncio
import gc
import resource
from collections import Counter
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from dashboards.access.settings import AccessSettings

LONGEST_HEAD = 16_384  # bytes of a request's line and headers
HEAD_WITHIN = 10.0  # seconds for a request's line and headers
TAKEN_WITHIN = 60.0  # seconds in which a client takes something of what it is sent
MOST_CONNECTIONS = 1_000  # of one client at once
OPEN_FILES = 8_192
COLLECT_AFTER = 100_000  # objects; after Python's 700 a long list is looked through for cycles again and again
TOO_LONG = "Request head too long."
_held: Counter[str] = Counter()  # connections by client


class BoundedProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._counted: str | None = None
        self._heading: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._in_head = False
        self._head = 0  # bytes of it in pieces that have come before

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        if _held[host] >= MOST_CONNECTIONS:
            transport.abort()
            return
        _held[host] += 1
        self._counted = host
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._counted is not None:
            _held[self._counted] -= 1
            if not _held[self._counted]:
                del _held[self._counted]
            self._counted = None
        self._stop("_heading")
        self._stop("_stalled")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        idle = before is None or before.response_complete  # so that nothing of a body is in what comes
        of_head = self._in_head or idle
        if self._heading is None and idle:
            self._expect_head()
        super().data_received(data)
        if self.cycle is not before:
            self._stop("_heading")
        if of_head and self._in_head:
            self._head += len(data)
            if self._head > LONGEST_HEAD and not self.transport.is_closing():
                self.send_400_response(TOO_LONG)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head = True, 0

    def on_headers_complete(self) -> None:
        self._in_head = False
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LONGEST_HEAD:
            raise ValueError(TOO_LONG)  # to the parser: the request is none, 400
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        self._stop("_heading")  # between requests uvicorn's own time holds
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stop("_stalled")
        self._stalled = self.loop.call_later(TAKEN_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop("_stalled")
        super().resume_writing()

    def _expect_head(self) -> None:
        self._heading = self.loop.call_later(HEAD_WITHIN, self.transport.abort)

    def _stop(self, name: str) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer is not None:
            timer.cancel()
            setattr(self, name, None)


def serve(app: ASGIApp, port: int, settings: AccessSettings, *, graceful_s: int) -> None:
    """On the address that the settings name (they refuse what is not safe there), until told to stop. Who asks is told
    by the connection, and by X-Forwarded headers of a proxy that is named alone."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    uvicorn.run(
        app,
        host=settings.address,
        port=port,
        ssl_certfile=settings.tls_certificate or None,
        ssl_keyfile=settings.tls_key or None,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies or None,
        http=BoundedProtocol,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=graceful_s,
        ws="none",
        server_header=False,
        backlog=2048,
    )
