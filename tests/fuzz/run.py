"""Sends inputs through the gateway and watches: no crash, no 5xx, no value of the input in an answer or a log."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from streams.intake.gateway.logs import Discreet
from streams.intake.gateway.router import AccessLog
from tests.fuzz.inputs import SOURCE, Input
from tests.fuzz.overheard import Overheard
from tests.unit.gateway import TOKEN, Kept, gateway, grant


class Leak(AssertionError):
    """What must not be has been seen; the message names the input's number, so that its seed repeats it."""


@dataclass
class Seen:
    """What became of the inputs."""

    statuses: Counter[int] = field(default_factory=Counter)
    taken: int = 0  # records that would be in Kafka
    inputs: int = 0


class InProcess:
    """The gateway's ASGI application in this process, with its log in memory."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.seen = Seen()
        self._app: AccessLog = gateway({TOKEN: grant(SOURCE)}, self.kept, gateway_events_per_s=1e9, gateway_burst=10**9)
        self._log = Overheard(Discreet("%(name)s %(message)s"))

    async def run(self, inputs: Iterable[Input], show_every: int = 0) -> Seen:
        with self._log.listening():
            for one in inputs:
                await self._one(one)
                if show_every and self.seen.inputs % show_every == 0:
                    print(f"{self.seen.inputs} inputs, {dict(self.seen.statuses)}", flush=True)
        return self.seen

    async def _one(self, one: Input) -> None:
        status, answer = await asgi(self._app, one)
        check(self.seen.inputs, one, status, answer, self._log.take())
        for record in self.kept.records:
            if one.number and (one.number in record.value.decode() or one.number in record.key.decode()):
                raise Leak(f"input {self.seen.inputs}: an identity number is in a record")
        self.seen.statuses[status] += 1
        self.seen.taken += len(self.kept.records)
        self.seen.inputs += 1
        self.kept.records.clear()


def check(number: int, one: Input, status: int, answer: bytes, said: str) -> None:
    """Raises :class:`Leak`. What was taken may repeat its id, which may be a mark."""
    if status >= 500 or status < 200:
        raise Leak(f"input {number}: answered {status}, said {said}")
    text = answer.decode()
    for mark in one.marks:
        if mark in said or (mark in text and not (status == 202 and in_an_id(text, mark) and mark != one.number)):
            raise Leak(
                f"input {number}: a value of it came back ({status}): {one.path} {one.body[:2000]!r} {text} {said}"
            )


def in_an_id(text: str, mark: str) -> bool:
    return any(mark in event["id"] for event in json.loads(text)["events"])


async def asgi(app: AccessLog, one: Input) -> tuple[int, bytes]:
    """Asks the application as a server would; quicker than an HTTP client."""
    path, _, query = one.path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"gateway"), (b"authorization", f"Bearer {TOKEN}".encode()), *one.headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    parts = iter((one.body[:50], one.body[50:]))
    status, body = 0, b""

    async def receive() -> dict[str, object]:
        part = next(parts, None)
        if part is None:
            await asyncio.sleep(3600)  # the client waits for its answer
        return {"type": "http.request", "body": part, "more_body": part is not None and part != one.body[50:]}

    async def send(message: "dict[str, object]") -> None:
        nonlocal status, body
        if message["type"] == "http.response.start":
            status = int(str(message["status"]))
        else:
            body += bytes(message.get("body", b""))  # type: ignore[call-overload]

    await app(scope, receive, send)  # type: ignore[arg-type]
    return status, body
