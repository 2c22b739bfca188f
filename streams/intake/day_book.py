"""What was sent, by the day of the events' own time and by unit, so that it can be told as ``source.digest.v1``."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Self

import msgspec

from schemas.digests import part_of
from schemas.json_text import decode, encode
from schemas.province import as_date, day_of, moment
from streams.intake.digest import parts_for, told_in_parts
from streams.intake.outgoing import Outgoing

DIGEST = "source.digest.v1"
CACHE_KB = 16_384
Place = tuple[date, str]  # day and unit


class _Data(msgspec.Struct):
    unit: str | None = None


class _Event(msgspec.Struct):
    id: str
    time: datetime
    data: _Data


_decode = msgspec.json.Decoder(_Event).decode


class DayBook:
    """``source`` says the events, on topics of the contract ``topic``. The ids lie in a temporary database: a file of
    years holds more of them than memory does."""

    def __init__(self, source: str, topic: str) -> None:
        self._source = source
        self._topic = topic
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in (f"cache_size = -{CACHE_KB}", "journal_mode = OFF", "synchronous = OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.create_function("part_of", 2, part_of, deterministic=True)
        self._db.execute("CREATE TABLE sent (day TEXT, unit TEXT, id TEXT, PRIMARY KEY (day, unit, id)) WITHOUT ROWID")
        self._db.execute("BEGIN")
        self._broken: set[date] = set()  # days of which not everything is known

    def __del__(self) -> None:
        self._db.close()

    def note(self, event: Outgoing) -> None:
        """A fact that was handed on, whether or not it arrives."""
        if event.kind == DIGEST:
            return
        said = _decode(event.value)
        self._add(as_date(day_of(moment(said.time))), said.data.unit or "", said.id)

    def move(self, id: str, said: Place, held: str, *places: Place) -> None:
        """What was noted under one day and unit is held as ``held`` under another, the first of ``places`` if it is
        none of them: it came there first, and what is said otherwise now corrects it."""
        if held == id and said in places:
            return
        self._db.execute("DELETE FROM sent WHERE day = ? AND unit = ? AND id = ?", (said[0].isoformat(), said[1], id))
        for place in places[:1]:
            self._add(*place, held)

    def told(self, until: date, now: datetime) -> Iterator[Outgoing]:
        """The digests of the days before ``until``, of which nothing is known any more afterwards."""
        days = self._db.execute(
            "SELECT day, unit, count(*) FROM sent WHERE day < ? GROUP BY day, unit ORDER BY day, unit", (str(until),)
        )
        for day, unit, count in days:
            if date.fromisoformat(day) in self._broken:
                continue
            parts = parts_for(count)
            for event in told_in_parts(
                self._source, self._topic, date.fromisoformat(day), unit, parts, self._members(day, unit, parts), now
            ):
                yield Outgoing(DIGEST, self._source.encode(), event.model_dump_json(exclude_none=True).encode())
        self._db.execute("DELETE FROM sent WHERE day < ?", (str(until),))
        self._broken = {day for day in self._broken if day >= until}

    def keep(self, path: Path) -> None:
        """For the next start."""
        days: dict[str, dict[str, list[str]]] = {}
        for day, unit, id in self._db.execute("SELECT day, unit, id FROM sent ORDER BY day, unit, id"):
            days.setdefault(day, {}).setdefault(unit, []).append(id)
        scratch = path.with_suffix(".new")
        scratch.write_bytes(encode({"days": days, "broken": sorted(map(date.isoformat, self._broken))}))
        os.replace(scratch, path)

    @classmethod
    def kept(cls, path: Path, source: str, topic: str, today: date) -> Self:
        """As it was kept. Where it was not, because the process before was killed or there was none, today has begun
        without it and is told of by nobody. Takes the file away, so that it stands for one start only."""
        book = cls(source, topic)
        try:
            said = decode(path.read_bytes())
            path.unlink()
            for day, units in said["days"].items():
                for unit, ids in units.items():
                    for id in ids:
                        book._add(date.fromisoformat(day), unit, id)
            book._broken.update(map(date.fromisoformat, said["broken"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            book._db.execute("DELETE FROM sent")
            book._broken.add(today)
        return book

    def _add(self, day: date, unit: str, id: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO sent VALUES (?, ?, ?)", (day.isoformat(), unit, id))

    def _members(self, day: str, unit: str, parts: int) -> Iterator[tuple[int, str]]:
        yield from self._db.execute(
            "SELECT part_of(id, ?) AS part, id FROM sent WHERE day = ? AND unit = ? ORDER BY part, id",
            (parts, day, unit),
        )
