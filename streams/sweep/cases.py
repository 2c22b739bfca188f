"""Folds again what stands under older rules or older names, a few hundred a transaction, beside the live stream.

The same locks in the same order as a span's, so it changes no total; killed, it goes on where it stood, because what is
left is found by what the cases themselves say. One worker of all sweeps at a time.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from datetime import UTC, datetime
from functools import partial
from typing import Any

from schemas import history
from schemas.state import RULES_VERSION
from streams import rulebook
from streams.books.book import Connection, transaction
from streams.books.cases import CaseChanges
from streams.column_arrays import array
from streams.crash import CrashPoints
from streams.queries import QUERIES
from streams.rulebook import NewEdition, Rulebook, by_present_rules
from streams.store import connect, wrapped
from streams.sweep.lookups import sweep_lookups
from streams.sweep.subjects import sweep_subjects

log = logging.getLogger(__name__)
SWEEP_LOCK = 7106_0603
AT_ONCE = 300  # cases a transaction
HANDS = 2  # transactions beside each other: one is folded while PostgreSQL writes the other
SEARCH_AT_MOST = "10min"  # one look at every case


async def sweep_alone(
    url: str,
    points: CrashPoints | None = None,
    gives_way: Callable[[], bool] = lambda: False,
    at_once: int = AT_ONCE,
    hands: int = HANDS,
) -> int:
    """Sweeps until nothing stands under older rules; how many cases were folded again. 0 at once where another worker
    sweeps. Stops early once it must give way. Raises :class:`streams.errors.Retry` while the database is away."""
    async with AsyncExitStack() as opened:

        async def another() -> Connection:
            connection = await connect(url)
            opened.push_async_callback(connection.close)
            return connection

        connection = await another()
        async with wrapped():
            row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", [SWEEP_LOCK])).fetchone()
            if row is None or not row[0]:
                return 0
            return await Sweep(connection, [await another() for _ in range(hands)], points, at_once).run(gives_way)


class Sweep:
    """``connection`` holds the sweep's lock and what was found; each of the ``hands`` folds in its transactions."""

    def __init__(
        self,
        connection: Connection,
        hands: Sequence[Connection],
        points: CrashPoints | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._connection = connection
        self._hands = hands
        self._points = points or CrashPoints()
        self._at_once = at_once
        self._rulebook = Rulebook()

    async def run(self, gives_way: Callable[[], bool] = lambda: False) -> int:
        done = 0
        while not gives_way():
            edition = (await self._rulebook.read(self._connection)).edition
            before, nothing = done, True
            async with aclosing(self._find()) as found:
                async for subjects in found:
                    nothing = False
                    if gives_way():
                        break
                    done += await self._fold_beside(sorted(subjects))
            if nothing:
                others = await sweep_subjects(
                    self._connection, self._hands[0], self._rulebook, self._at_once, gives_way
                )
                if others is None:
                    break
                done += others
                try:
                    moved = await sweep_lookups(self._hands[0], self._rulebook, gives_way)
                except NewEdition:  # the next sweep begins with it
                    break
                if moved is None:
                    break
                done += moved
                # Found under an edition that was loaded before the search: whoever wrote since has looked at it.
                await self._connection.execute(QUERIES["rules/swept"], {"edition": edition, "now": datetime.now(UTC)})
                break
            if done == before:  # others have folded them, or they are a newer release's
                break
        if done:
            log.info("swept: subjects=%d edition=%d", done, self._rulebook.in_hand.edition)
        return done

    async def _find(self) -> AsyncGenerator[list[str], None]:
        """All of them, as many at a time as all hands take. Looked for once: a search for the next few
        would pass by all that are done, and takes longer the more of them there are."""
        connection = self._connection
        async with connection.cursor("cases_under_old_rules", withhold=True) as found:
            await connection.execute(f"SET transaction_timeout = '{SEARCH_AT_MOST}'")
            await found.execute(QUERIES["rules/old"], {"rules_version": RULES_VERSION})
            await connection.execute("RESET transaction_timeout")
            while rows := await found.fetchmany(self._at_once * len(self._hands)):
                yield [row[0] for row in rows]

    async def _fold_beside(self, subjects: Sequence[str]) -> int:
        """Each hand its part. All have ended when this returns or raises the first error of one."""
        parts = [subjects[first : first + self._at_once] for first in range(0, len(subjects), self._at_once)]
        folding = [
            by_present_rules(self._rulebook, hand, partial(self._fold_again, hand, part))
            for hand, part in zip(self._hands, parts, strict=False)
        ]
        done = 0
        for result in await asyncio.gather(*folding, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result
            done += result
        return done

    async def _fold_again(self, connection: Connection, subjects: Sequence[str]) -> int:
        """One transaction; of these cases only those that still stand under older rules."""
        changes = CaseChanges(self._rulebook.in_hand)
        keys: dict[str, Any] = {"subjects": array(subjects)}
        async with transaction(connection):
            async with connection.pipeline():
                await connection.execute(QUERIES["rules/shared_lock"], rulebook.LOCK)
                edition = await connection.execute(QUERIES["rules/edition"])
                held = await connection.execute(QUERIES["cases/lock_histories"], keys)
                old = await connection.execute(QUERIES["rules/still_old"], {**keys, "rules_version": RULES_VERSION})
                row = await edition.fetchone()
                if row is None or row[0] != changes.rules.edition:
                    raise NewEdition
                stored = {subject: (text, version) for subject, text, version in await old.fetchall()}
                histories = await held.fetchall()
            self._points.reached("locked")
            for subject, events, oversized in histories:
                text, version = stored.get(subject, ("", RULES_VERSION + 1))
                if version <= RULES_VERSION:  # a newer release's are not ours to touch
                    changes.take(subject, history.decode(events), oversized, text)
            if changes.subjects:
                async with connection.pipeline():
                    await changes.write(connection)
            self._points.reached("written")
        return len(changes.subjects)
