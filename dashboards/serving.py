"""How a process of ours serves HTTP: as uvicorn does, with limits of its own to what a client may hold.

uvicorn has no limit to the time in which a request's head and body come, nor to that in which a client takes what it is
sent (0.54). A connection that is held up by its client is closed, and one client holds no more than its share.
"""

import asyncio
import resource
from collections import Counter
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from dashboards.access.settings import AccessSettings

LONGEST_HEAD = 16_384  # bytes of a request's line and headers
HEAD_WITHIN = 10.0  # seconds for a request's line and headers
TAKEN_WITHIN = 60.0  # seconds in which a client takes something of what it is sent
MOST_CONNECTIONS = 1_000  # of one client at once
OPEN_FILES = 8_192
_held: Counter[str] = Counter()  # connections by client


class BoundedProtocol(H11Protocol):
    """One connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._counted: str | None = None
        self._heading: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

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
        if self._heading is None and (before is None or before.response_complete):
            self._expect_head()
        super().data_received(data)
        if self.cycle is not before:
            self._stop("_heading")

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
    uvicorn.run(
        app,
        host=settings.address,
        port=port,
        ssl_certfile=settings.tls_certificate or None,
        ssl_keyfile=settings.tls_key or None,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies or None,
        http=BoundedProtocol,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=graceful_s,
        ws="none",
        server_header=False,
        backlog=2048,
    )
