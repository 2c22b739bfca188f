"""What is read beside the snapshots, because it takes long or is of all of them: what sources lost before Kafka, how
much stands under older rules, which days are worked, and what units are called."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from time import perf_counter

from dashboards import part_names, periods, unit_names, working_time
from dashboards.readers import reference, sending, sources
from dashboards.readers.database import Database, Unavailable
from dashboards.readers.snapshot import Feeding
from dashboards.readers.sources import OldRules
from dashboards.readers.worktime import worktime
from schemas.losses import SourceLoss
from schemas.rules.worktime import WorkTime

log = logging.getLogger(__name__)
COMPARE_EVERY = 60.0  # seconds
LOOK_EVERY = 2.0  # whether anybody watches the sources
COUNT_EVERY = 5.0
NAME_EVERY = 10.0
REST = 10  # a count rests so many times its cost


class Survey:
    """One for the process; each loop runs until it is cancelled."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._losses: tuple[SourceLoss, ...] = ()
        self._losses_at: datetime | None = None
        self._old = OldRules()
        self._work: WorkTime | None = None

    def told(self, known: Feeding) -> Feeding:
        """With what was found last."""
        losses, at = self._losses, self._losses_at
        return replace(known, losses=losses, losses_at=at, old=self._old, work=self._work)

    async def compare(self, watched: Callable[[], bool]) -> None:
        """Digests with what came, once a minute while the sources are ``watched``: it reads every event of a week."""
        while True:
            if watched():
                with told_of("digests"):
                    async with self._database.snapshot() as (conn, as_of):
                        self._losses, self._losses_at = await sending.recent_losses(conn, as_of), as_of
                await asyncio.sleep(COMPARE_EVERY)
            await asyncio.sleep(LOOK_EVERY)

    async def count_old_rules(self) -> None:
        """Next to nothing where there are none; while a year is judged again, it counts them all."""
        while True:
            began = perf_counter()
            with told_of("old rules"):
                async with self._database.snapshot() as (conn, _):
                    self._old = await sources.under_old_rules(conn)
            await asyncio.sleep(max(COUNT_EVERY, REST * (perf_counter() - began)))

    async def name_units(self) -> None:
        """As the reference data has them, which may be loaded any time; the working calendar with them."""
        while True:
            await self.name_units_once()
            await asyncio.sleep(NAME_EVERY)

    async def name_units_once(self) -> None:
        """Before the first screen is made, and then again. Each is asked by itself: what cannot be read stays as it was
        read last."""
        with told_of("names of units"):
            async with self._database.snapshot() as (conn, as_of):
                today = periods.today(as_of)
                unit_names.hold(await reference.unit_names(conn, today), await reference.abbreviations(conn, today))
        with told_of("names of parts"):
            async with self._database.snapshot() as (conn, as_of):
                today = periods.today(as_of)
                short = await reference.abbreviations(conn, today, part_names.PROCEDURE)
                part_names.hold(await reference.part_names(conn, today), short)
        with told_of("working calendar"):
            async with self._database.snapshot() as (conn, _):
                self._work = await worktime(conn)
            working_time.hold(self._work)


@contextmanager
def told_of(what: str) -> Iterator[None]:
    """Whatever fails in one reading is that reading's fault, and is told; it never ends the process."""
    try:
        yield
    except Unavailable as exc:
        log.warning("not read what=%r error=%s cause=%s", what, type(exc).__name__, type(exc.__cause__).__name__)
    except Exception:  # a refused question, or rows that make no calendar
        log.exception("not read what=%r", what)
