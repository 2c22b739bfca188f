"""How long one connection may keep us waiting, and how many may be open.

uvicorn bounds the size of a header and the silence after an answer. What it waits for without an end is bounded here:
a header that never ends, the rest of a body whose request is answered already, an answer that nobody reads. A body's
own time belongs to the request (``receive.body_of``). Leans on ``uvicorn.protocols.http.h11_impl`` as it is pinned.
"""

import asyncio
import resource
from dataclasses import dataclass, field
from typing import Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

KEPT_FILES = 100  # of those that the process may open: Kafka, database, logs


@dataclass(slots=True)
class Waiting:
    """The connections that wait for their client, the longest first, and the limits of all."""

    most: int
    client_s: float
    connections: "dict[BoundedConnection, None]" = field(default_factory=dict)


class BoundedConnection(H11Protocol):
    """One connection. While a request is at work nothing of this holds; the handler has its own limits."""

    waiting: ClassVar[Waiting]
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > self.waiting.most:
            # Whoever has kept us waiting longest gives its place: a client in order takes milliseconds.
            next(iter(self.waiting.connections), self).end()
        if not transport.is_closing():
            self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._judge()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._judge()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._judge()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._judge()

    def timeout_keep_alive_handler(self) -> None:
        self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        self._go_on()
        super().connection_lost(exc)

    def end(self) -> None:
        """At once: to close in order would wait until the client has read what it is sent."""
        self._go_on()
        self.transport.abort()

    def _judge(self) -> None:
        at_work = self.cycle is not None and not self.cycle.response_complete
        if at_work and not self.flow.write_paused:
            self._go_on()
        else:
            self._wait()

    def _wait(self) -> None:
        """From the first moment: a byte now and then does not put it off."""
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.waiting.client_s, self.end)
            self.waiting.connections[self] = None

    def _go_on(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
            self.waiting.connections.pop(self, None)


def bounded(most: int, client_s: float) -> type[BoundedConnection]:
    """What uvicorn makes of each connection: at most ``most`` at a time, as far as the process may open files, and none
    that keeps us waiting for longer than ``client_s`` seconds."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < most + KEPT_FILES:
        soft = min(hard, most + KEPT_FILES) if hard != resource.RLIM_INFINITY else most + KEPT_FILES
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    waiting = Waiting(max(1, min(most, soft - KEPT_FILES)), client_s)
    return type("BoundedConnection", (BoundedConnection,), {"waiting": waiting})
