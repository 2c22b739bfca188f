"""An answer as it is kept: its bytes, its tag, and what is put on record when it is handed out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope, Send

from dashboards.access.record import Deed
from dashboards.api.etags import holds

# A client keeps it but asks each time; nobody between us and it keeps anything.
CACHE = "private, no-cache"
VARY = "Accept"
FOR_OTHERS = "ioc.for_others"  # in the scope: where an answer goes that others may have too
NOBODY = "ioc.nobody"  # in the scope: nobody is sent this answer, so nothing is put on record


class Handed(NamedTuple):
    """What a reading hands out, for the record."""

    deed: Deed
    object: str
    by_unit: Mapping[str, int]

    @property
    def rows(self) -> int:
        return sum(self.by_unit.values())


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """``handed``: ``None`` where nothing of a case is in it."""

    body: bytes
    tag: str
    handed: Handed | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"ETag": self.tag, "Cache-Control": CACHE, "Vary": VARY}

    async def send(self, send: Send, *, unchanged: bool) -> None:
        """Whole, or as a 304."""
        headers = [
            (b"etag", self.tag.encode("latin-1")),
            (b"cache-control", CACHE.encode()),
            (b"vary", VARY.encode()),
        ]
        if not unchanged:
            headers.append((b"content-type", b"application/json"))
            headers.append((b"content-length", b"%d" % len(self.body)))
        status = 304 if unchanged else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if unchanged else self.body})


class ForOthers(Protocol):
    """Where the first who asks puts an answer that all who ask the same may have; what is put nowhere is his alone."""

    def put(self, answer: KeptAnswer) -> None: ...
    @property
    def askers(self) -> int:
        """How many have asked it."""


def put(request: Request, answer: KeptAnswer) -> None:
    wanted: ForOthers | None = request.scope.get(FOR_OTHERS)
    if wanted is not None:
        wanted.put(answer)


def said(scope: Scope) -> str:
    """All lines of ``If-None-Match``."""
    return ", ".join(Headers(scope=scope).getlist("if-none-match"))


def unchanged(scope: Scope, tag: str) -> bool:
    return holds(said(scope), tag)
