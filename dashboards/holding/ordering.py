"""What may be held, and by whom: a command is taken, or what is wrong is said by field and rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from dashboards.access.asker import Asker, Right
from dashboards.access.record import Deed
from dashboards.actions.command import command
from dashboards.actions.command_outbox import CommandOutbox, TakenCommand
from dashboards.directives.directing import letters
from dashboards.holding import reader
from dashboards.holding.proposals import LONGEST, holdable
from dashboards.holding.reader import FoundTarget
from dashboards.holding.words import sentence, target
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Connection
from schemas.domain import Breach
from schemas.holds import Measure


class NotHolding(Exception):
    """This asker may not order that."""


class NotHeld(Exception):
    """Not possible as the order stands, or there is none."""


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """``after``: how many orders about the same target were known when it was made."""

    found: FoundTarget
    measure: Measure
    ends_at: datetime
    after: int


def prefix_of(found: FoundTarget) -> str:
    """Of the subjects of all orders about one target: without its name, which is not everybody's to read."""
    return f"giu-{letters(uuid5(NAMESPACE_URL, f'urn:ioc:hold:{found.scope}/{found.key}'))}-"


def target_of(found: FoundTarget) -> str:
    return target(found.scope, found.key, found.unit or None)


async def holdable_target(conn: Connection, asker: Asker, finding: str) -> FoundTarget:
    """Whom the guard's finding is about. Raises :class:`NotHolding`, also where that cannot be held."""
    if not asker.may(Right.HOLD):
        raise NotHolding
    found = await reader.found(conn, finding)
    if found is None or not holdable(found.scope):
        raise NotHolding
    return found


async def known(conn: Connection, found: FoundTarget) -> int:
    """How many orders about this target there are, those on their way too."""
    stored = await reader.listed(conn, prefix=prefix_of(found))
    coming = await reader.pending(conn, prefix=prefix_of(found))
    return len({one.subject for one in stored} | {one.subject for one in coming})


class Holding:
    def __init__(self, database: AskedDatabase, outbox: CommandOutbox | None, clock: Callable[[], datetime]) -> None:
        self._database, self._outbox, self._clock = database, outbox, clock

    async def order(self, asker: Asker, asked: HoldAsked, id_: UUID) -> tuple[str, TakenCommand]:
        """The order's name and what came of it; the same ``id_`` is the same order. Raises :class:`NotHolding`,
        :class:`Breach`, :class:`schemas.sqlstates.NotRead`."""
        if not asker.may(Right.HOLD) or self._outbox is None:
            raise NotHolding
        now = self._clock()
        if asked.ends_at <= now:
            raise Breach("ends_at", "not_after_now")
        if asked.ends_at > now + LONGEST:
            raise Breach("ends_at", "too_far_ahead")
        found = asked.found
        subject = f"{prefix_of(found)}{asked.after}"
        data = {
            "scope": found.scope,
            "key": found.key,
            "unit": found.unit or None,
            "measure": str(asked.measure),
            "ends_at": asked.ends_at,
            "sentence": sentence(asked.measure, target_of(found), asked.ends_at),
            "finding": found.finding,
        }
        by = {"unit": "", "by": asker.id, "by_name": asker.name}
        made = command(id_, "hold.ordered.v1", subject, data, now=now, **by)
        return subject, await self._outbox.take(asker, made, Deed.HELD_BACK)

    async def lift(self, asker: Asker, subject: str, why: str, id_: UUID) -> TakenCommand:
        """Raises :class:`NotHolding`, :class:`NotHeld`, :class:`Breach`, :class:`schemas.sqlstates.NotRead`."""
        if not asker.may(Right.HOLD) or self._outbox is None:
            raise NotHolding
        async with self._database.snapshot() as (conn, _):
            stored = await reader.listed(conn, subject=subject)
        if not stored or not (stored[0].may_be_lifted or stored[0].detail.get("lifted_by")):
            raise NotHeld
        by = {"unit": "", "by": asker.id, "by_name": asker.name}
        data = {"after": 1, "sentence": why}
        made = command(id_, "hold.lifted.v1", subject, data, now=self._clock(), **by)
        return await self._outbox.take(asker, made, Deed.HELD_BACK)
