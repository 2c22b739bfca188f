"""The rules that cases are judged by, as the tables hold them: read, kept, and read again when they have changed.

Who folds holds the rules' lock shared until its transaction ends and has compared editions behind it (see
:class:`streams.books.cases.CaseTaking`), so no case is judged by an edition before the last one loaded (ADR 0030).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import psycopg
from psycopg.rows import dict_row

from schemas.reference.names import Names
from schemas.reference.rows import CalendarDay, Procedure, RuleRow, WorkingHours
from schemas.rules import RULES_LOCK
from schemas.rules.in_force import Limits, Rules, RuleSets, no_rules
from schemas.rules.worktime import WorkTime
from streams.books.book import Connection
from streams.queries import QUERIES

LOCK = {"lock": RULES_LOCK}
_PARTS = ("rules/calendar", "rules/hours", "rules/sets", "rules/limits", "rules/names", "rules/successions")
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
Row = Mapping[str, Any]


class NewEdition(Exception):
    """Reference data was loaded since the rules in hand were read: nothing was written, read them again."""


class Rulebook:
    """The rules of a process. Whoever shares one waits for one reading."""

    def __init__(self) -> None:
        self._rules: Rules | None = None
        self._reading = asyncio.Lock()

    @property
    def in_hand(self) -> Rules:
        """Those that were read last."""
        return self._rules if self._rules is not None else no_rules()

    @property
    def was_read(self) -> bool:
        return self._rules is not None

    async def read(self, connection: Connection) -> Rules:
        """Takes in what is loaded now. The connection must be outside a transaction."""
        async with self._reading:
            row = await (await connection.execute(QUERIES["rules/edition"])).fetchone()
            if self._rules is not None and row is not None and row[0] == self._rules.edition:
                return self._rules
            await connection.execute(_SNAPSHOT)
            try:
                edition = await (await connection.execute(QUERIES["rules/edition"])).fetchone()
                parts = [await _rows(connection, name) for name in _PARTS]
            finally:
                await connection.execute("ROLLBACK")
            self._rules = await asyncio.to_thread(_made, int(edition[0]) if edition else 0, *parts)
            return self._rules


async def by_present_rules(rulebook: Rulebook, connection: Connection, attempt: Callable[[], Awaitable[int]]) -> int:
    """What the attempt comes to; again by the rules as they are now where it raised :class:`NewEdition`."""
    while True:
        try:
            return await attempt()
        except NewEdition:
            await rulebook.read(connection)


async def _rows(connection: Connection, name: str) -> list[dict[str, Any]]:
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(QUERIES[name])
        return await cursor.fetchall()


def present(connection: psycopg.Connection[Any]) -> Rules:
    """As a transaction sees them. Blocking."""
    edition = connection.execute(QUERIES["rules/edition"]).fetchone()
    with connection.cursor(row_factory=dict_row) as cursor:
        parts = [cursor.execute(QUERIES[name]).fetchall() for name in _PARTS]
    return _made(int(edition[0]) if edition is not None else 0, *parts)


def _made(
    edition: int,
    calendar: Iterable[Row],
    hours: Iterable[Row],
    sets: Iterable[Row],
    limits: Iterable[Row],
    names: Iterable[Row],
    successions: Iterable[Row],
) -> Rules:
    work = WorkTime([CalendarDay(**row) for row in calendar], [WorkingHours(**row) for row in hours])
    named = ((row["alias"], Procedure(**{k: v for k, v in row.items() if k != "alias"})) for row in limits)
    meanings = (tuple(row.values()) for row in names)
    called = Names.stored(meanings, (tuple(row.values()) for row in successions))
    return Rules(edition, work, RuleSets(RuleRow(**row) for row in sets), Limits(named), called)
