"""The outbox (``action_outbox``) as screens and data API write it: a command and its record, both or neither."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from dashboards.access.asker import Asker
from dashboards.access.record import Deed, by_asker
from dashboards.actions.command import Command
from dashboards.readers.database import Database
from dashboards.readers.queries import query


class Outcome(StrEnum):
    WRITTEN = "written"
    AGAIN = "again"  # this very command was taken before
    OTHER = "other"  # a command of this id asks for something else
    OVERTAKEN = "overtaken"  # somebody was first
    AHEAD = "ahead"  # there are not so many moves


class TakenCommand(NamedTuple):
    """``by_name``, ``kind`` and ``at``: of the command that was there first."""

    outcome: Outcome
    by_name: str | None = None
    kind: str | None = None
    at: datetime | None = None

    @property
    def stands(self) -> bool:
        return self.outcome in (Outcome.WRITTEN, Outcome.AGAIN)


class CommandOutbox:
    """``database`` is asked as the role ``access``, which may call the one function that writes."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    async def take(self, asker: Asker, command: Command, deed: Deed) -> TakenCommand:
        """Raises :class:`schemas.sqlstates.NotRead`: then nothing was taken, and the same command may be sent again."""
        given = {
            "id": command.id,
            "domain": command.domain,
            "subject": command.subject,
            "kind": command.kind,
            "unit": command.unit,
            "after": command.after,
            "time": command.time,
            "event": command.event,
            "asked": command.asked,
            "by_name": command.by_name,
            "at": self._clock(),
            "what": deed.value,
            "object": f"{command.subject} {command.kind}"[:200],
            "units": [command.unit] if command.unit else [],
            **{f"asker_{name}": value for name, value in by_asker(asker).items()},
        }
        async with self._database.committing() as (conn, _):
            row = await (await conn.execute(query("access/action_ordered"), given)).fetchone()
        assert row is not None  # noqa: S101  a function that answers one row
        return TakenCommand(Outcome(row[0]), *row[1:])
