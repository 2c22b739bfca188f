"""What was done, on record: append-only, each row with the hash of the one before (``access_record``)."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from dashboards.access.asker import Asker
from dashboards.readers.database import Connection, Database
from dashboards.readers.queries import query

log = logging.getLogger(__name__)


class Deed(StrEnum):
    """What is recorded, by the word that stands in the table."""

    SIGNED_IN = "signed_in"
    NOT_SIGNED_IN = "not_signed_in"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a word)
    REFUSED = "refused"
    LIST_OPENED = "list_opened"
    LIST_READ = "list_read"
    CASE_READ = "case_read"
    EXPORTED = "exported"
    KEY_MADE = "key_made"
    KEY_ENDED = "key_ended"
    DEVICE_PAIRED = "device_paired"
    DEVICE_ENDED = "device_ended"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CHANGED = "account_changed"


class Record:
    """Written before what it tells of is handed out: what cannot be recorded is not done."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    async def write(
        self, asker: Asker, deed: Deed, object_: str = "", *, units: Iterable[str] = (), rows: int | None = None
    ) -> None:
        """Raises :class:`schemas.sqlstates.NotRead`."""
        async with self._database.committing() as (conn, _):
            await self.within(conn, asker, deed, object_, units=units, rows=rows)

    async def within(
        self,
        conn: Connection,
        asker: Asker,
        deed: Deed,
        object_: str = "",
        *,
        units: Iterable[str] = (),
        rows: int | None = None,
    ) -> None:
        """In the transaction of the deed itself: both or neither."""
        given = {
            "at": self._clock(),
            "who": asker.id,
            "kind": asker.kind.value,
            "role": asker.role.value,
            "what": deed.value,
            "object": object_[:200],
            "units": sorted(set(units) or set(asker.units)),
            "rows": rows,
            "address": asker.address,
        }
        await conn.execute(query("access/record"), given)
