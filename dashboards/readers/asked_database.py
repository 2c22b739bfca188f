"""The database as whoever asks may see it. Without an asker nothing is read (:mod:`dashboards.access.asker`)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from dashboards.access.asker import Asker, Right, asking
from dashboards.readers.database import Database, SharedMoment, Snapshot, Unanswerable

# Of which all that this task reads is to be.
MOMENT: ContextVar[SharedMoment | None] = ContextVar("moment", default=None)

_HELD: ContextVar[Snapshot | None] = ContextVar("held", default=None)


def own_units(url: str, **more: Any) -> Database:
    """The database as the role ``units``: of some tables it finds views of its own under their names."""
    return Database(url, search_path="own,public", **more)


def limited(province: Database, of_units: Database | None, units: tuple[str, ...]) -> Database:
    """The one that may be asked for whoever sees these units alone (none: the whole province). Raises
    :class:`Unanswerable` where there is none for them: they are never shown the province instead."""
    if not units:
        return province
    if of_units is None:
        raise Unanswerable("no database for askers of some units")
    return of_units


class AskedDatabase:
    """``province`` reads as a role that sees all; ``units`` as the one whose rows are limited by the database itself
    (``infra/db/policies.sql``): a query that forgets a filter shows an officer too little, never too much."""

    def __init__(self, province: Database, units: Database | None) -> None:
        self._province, self._units = province, units

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Snapshot]:
        """Of :data:`MOMENT` where one is set. Raises :class:`dashboards.access.asker.NotAsked`, :class:`NotRead`."""
        asker, held = asking(), _HELD.get()
        if held is not None:
            yield held
            return
        async with self.snapshot_of(asker) as snapshot:
            yield snapshot

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Snapshot]:
        """One snapshot for everything that this task reads meanwhile, one question after the other: what is read in
        many pages is of one moment. For a task of its own, whose asker stays the same."""
        async with self.snapshot_of(asking()) as snapshot:
            token = _HELD.set(snapshot)
            try:
                yield snapshot
            finally:
                _HELD.reset(token)

    @asynccontextmanager
    async def snapshot_of(self, asker: Asker) -> AsyncIterator[Snapshot]:
        """The same for one who is named: our own work, which no request asks for."""
        database = limited(self._province, self._units, asker.units)
        named = asker.may(Right.ACCOUNTS)
        async with database.snapshot(asker.units, accounts=named, moment=MOMENT.get()) as snapshot:
            yield snapshot

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Snapshot]:
        """For :mod:`dashboards.readers.openings` only."""
        asker = asking()
        database = limited(self._province, self._units, asker.units)
        async with database.writing(asker.units, accounts=asker.may(Right.ACCOUNTS)) as snapshot:
            yield snapshot
