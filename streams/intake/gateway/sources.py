"""The sources that may send, read from the table again and again, and remembered over an outage of the database."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import TupleRow

from schemas.access_token import fingerprint
from schemas.json_text import decode, encode
from streams.errors import Retry, described
from streams.intake.gateway.grants import Grant
from streams.queries import QUERIES
from streams.store import connect, wrapped

log = logging.getLogger(__name__)


class GrantUntil(NamedTuple):
    """What a token stands for, and until when."""

    grant: Grant
    expires_at: datetime


Known = Mapping[bytes, GrantUntil]
OF_GRANT = ("name", "urn", "types", "units")


class GatewaySources:
    """``memory`` is a file that keeps what was last known (tokens as hashes), so that a gateway that starts while the
    database is away takes events all the same."""

    def __init__(self, url: str, memory: Path, every_s: float, clock: Callable[[], datetime]) -> None:
        self._url = url
        self._clock = clock
        self._memory = memory
        self._every_s = every_s
        self._known: Known | None = None
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None

    @property
    def known(self) -> bool:
        return self._known is not None

    def of(self, token: str) -> Grant | None:
        """Whose token it is, until it ends, the database away or not. It is found by its hash, so how long that takes
        says nothing about a token."""
        found = (self._known or {}).get(fingerprint(token))
        return None if found is None or self._clock() >= found.expires_at else found.grant

    def remember(self) -> None:
        """What the file says, unless it cannot be read."""
        try:
            self._known = _grants(
                (bytes.fromhex(row["token"]), _moment(row["until"]), *(row[field] for field in OF_GRANT))
                for row in decode(self._memory.read_bytes())
            )
        except (OSError, ValueError, KeyError, TypeError) as exc:
            log.info("sources=unknown error=%s", type(exc).__name__)

    async def run(self) -> None:
        """Reads the table until cancelled."""
        away = False
        try:
            while True:
                try:
                    await self._read()
                    away = False
                except Retry as exc:
                    await self._drop()
                    if not away:
                        log.warning("sources=kept error=%s", described(exc))
                    away = True
                await asyncio.sleep(self._every_s)
        finally:
            await self._drop()

    async def _read(self) -> None:
        async with wrapped():
            if self._connection is None or self._connection.closed:
                self._connection = await connect(self._url)
            cursor = await self._connection.execute(QUERIES["gateway/sources"], {"now": self._clock()})
            rows = await cursor.fetchall()
        found = _grants((bytes(token), *more) for token, *more in rows)
        if found != self._known:
            self._known = found
            await asyncio.to_thread(self._keep, found)
            log.info("sources=%d", len({one.grant.name for one in found.values()}))

    def _keep(self, known: Known) -> None:
        rows = [
            {"token": token.hex(), "until": until.isoformat(), **{field: getattr(grant, field) for field in OF_GRANT}}
            for token, (grant, until) in known.items()
        ]
        scratch = self._memory.with_suffix(".new")
        scratch.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(encode(rows).decode())
        os.replace(scratch, self._memory)

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _grants(rows: Iterable[tuple[Any, ...]]) -> dict[bytes, GrantUntil]:
    return {
        token: GrantUntil(Grant(name, urn, tuple(types), tuple(units)), until)
        for token, until, name, urn, types, units in rows
    }


def _moment(text: str) -> datetime:
    """Raises :class:`ValueError`."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a moment without its offset")
    return found
