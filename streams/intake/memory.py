"""What a translator has to remember of a whole file, in a temporary database rather than in memory.

A 1 GB log has some ten million steps; a Python set of their fingerprints would take a gigabyte. SQLite's unnamed
database lives in a file that is gone with the process, even a killed one, and keeps at most its page cache in memory.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

from schemas.json_text import decode, encode

CACHE_KB = 65_536
PENDING = 5_000  # cases whose earliest row is still in memory


class Memory:
    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in (f"cache_size = -{CACHE_KB}", "journal_mode = OFF", "synchronous = OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID")
        self._db.execute(
            "CREATE TABLE earliest"
            " (case_code TEXT PRIMARY KEY, us INTEGER NOT NULL, tie TEXT NOT NULL, value BLOB NOT NULL) WITHOUT ROWID"
        )
        self._db.execute("CREATE TABLE begun (work TEXT NOT NULL, row TEXT NOT NULL)")
        self._db.execute("CREATE INDEX begun_work ON begun (work)")
        self._db.execute("CREATE TABLE start (case_code TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID")
        self._db.execute("BEGIN")
        self._count = self._db.cursor()
        self._pending: dict[str, tuple[int, str, bytes]] = {}
        self._starts: set[tuple[str, bool]] = set()  # those of which this was said lately

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._db.close()

    def times(self, key: bytes) -> int:
        """How often this key has been asked for, this time included."""
        sql = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
        (times,) = self._count.execute(sql, (key,)).fetchone()
        return int(times)

    def may_be_earliest(self, case: str, us: int, tie: str) -> bool:
        """Whether :meth:`keep_earliest` could matter; cheap, and true when in doubt."""
        known = self._pending.get(case)
        return known is None or (us, tie) < known[:2]

    def keep_earliest(self, case: str, us: int, tie: str, value: bytes) -> None:
        """Remembers ``value`` if ``(us, tie)`` is the least that the case has had."""
        if self.may_be_earliest(case, us, tie):
            self._pending[case] = (us, tie, value)
            if len(self._pending) >= PENDING:
                self._flush()

    def earliest(self) -> Iterator[tuple[str, bytes]]:
        """What is remembered of each case, in the order of their codes."""
        self._flush()
        yield from self._db.execute("SELECT case_code, value FROM earliest ORDER BY case_code")

    def start_told(self, case: str, line: int, *, told: bool) -> None:
        """Whether the row of a case says when it was accepted."""
        if (case, told) in self._starts:
            return
        if len(self._starts) >= PENDING:
            self._starts.clear()
        self._starts.add((case, told))
        sql = "INSERT INTO start VALUES (?, ?) ON CONFLICT DO UPDATE SET line = min(line, excluded.line)"
        self._db.execute(sql, (case, 0 if told else line))

    def never_started(self) -> Iterator[int]:
        """The first lines of the cases of which no row says it."""
        for (line,) in self._db.execute("SELECT line FROM start WHERE line > 0 ORDER BY line"):
            yield line

    def begin(self, work: Sequence[str], row: Sequence[Any]) -> None:
        """A piece of work was begun, by this row."""
        self._db.execute("INSERT INTO begun VALUES (?, ?)", (encode(work).decode(), encode(row).decode()))

    def begun(self, work: Sequence[str]) -> list[Any] | None:
        """The row that began it, of several the first; it is forgotten with this. ``None`` where there is none."""
        sql = (
            "DELETE FROM begun WHERE rowid = (SELECT rowid FROM begun WHERE work = ? ORDER BY rowid LIMIT 1)"
            " RETURNING row"
        )
        found = self._db.execute(sql, (encode(work).decode(),)).fetchall()
        return decode(found[0][0]) if found else None

    def never_completed(self) -> Iterator[list[Any]]:
        """The rows that began what :meth:`begun` was never asked for, in the order of :meth:`begin`."""
        for (row,) in self._db.execute("SELECT row FROM begun ORDER BY rowid"):
            yield decode(row)

    def _flush(self) -> None:
        self._db.executemany(
            "INSERT INTO earliest AS e VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET us = excluded.us, tie = excluded.tie, value = excluded.value"
            " WHERE (excluded.us, excluded.tie) < (e.us, e.tie)",
            ((case, *rest) for case, rest in self._pending.items()),
        )
        self._pending.clear()
