"""The sources that may send, read from the table again and again, and remembered over an outage of the database."""

import asyncio
import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow

from schemas.json_text import decode, encode
from streams.errors import Retry, described
from streams.intake.gateway.grants import Grant, fingerprint
from streams.queries import QUERIES
from streams.store import connect, wrapped

log = logging.getLogger(__name__)

Known = Mapping[bytes, Grant]


class GatewaySources:
    """``memory`` is a file that keeps what was last known (tokens as hashes), so that a gateway that starts while the
    database is away takes events all the same."""

    def __init__(self, url: str, memory: Path, every_s: float) -> None:
        self._url = url
        self._memory = memory
        self._every_s = every_s
        self._known: Known | None = None
        self._connection: psycopg.AsyncConnection[TupleRow] | None = None

    @property
    def known(self) -> bool:
        return self._known is not None

    def of(self, token: str) -> Grant | None:
        """Whose token it is. It is found by its hash, so how long that takes says nothing about a token."""
        return (self._known or {}).get(fingerprint(token))

    def remember(self) -> None:
        """What the file says, unless it cannot be read."""
        try:
            self._known = _grants(
                (row["name"], row["urn"], bytes.fromhex(row["token"]), row["types"], row["units"])
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
            cursor = await self._connection.execute(QUERIES["gateway/sources"])
            rows = await cursor.fetchall()
        found = _grants((name, urn, bytes(token), types, units) for name, urn, token, types, units in rows)
        if found != self._known:
            self._known = found
            await asyncio.to_thread(self._keep, found)
            log.info("sources=%d", len(found))

    def _keep(self, known: Known) -> None:
        rows = [
            {"name": g.name, "urn": g.urn, "token": token.hex(), "types": g.types, "units": g.units}
            for token, g in known.items()
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


def _grants(rows: Iterable[tuple[str, str, bytes, Iterable[str], Iterable[str]]]) -> dict[bytes, Grant]:
    return {token: Grant(name, urn, tuple(types), tuple(units)) for name, urn, token, types, units in rows}
