"""What was sent, by the day of the events' own time and by unit, so that it can be told as ``source.digest.v1``."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Self

import msgspec

from schemas.province import as_date, day_of, moment
from streams.intake.digest import digests
from streams.intake.outgoing import Outgoing

DIGEST = "source.digest.v1"


class _Data(msgspec.Struct):
    unit: str | None = None


class _Event(msgspec.Struct):
    id: str
    time: datetime
    data: _Data


_decode = msgspec.json.Decoder(_Event).decode


class DayBook:
    """``source`` says the events, on topics of the contract ``topic``. Holds every id: about 100 bytes an event."""

    def __init__(self, source: str, topic: str) -> None:
        self._source = source
        self._topic = topic
        self._ids: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._broken: set[date] = set()  # days of which not everything is known

    def note(self, event: Outgoing) -> None:
        """A fact that was handed on, whether or not it arrives; adapters correct nothing."""
        if event.kind == DIGEST:
            return
        said = _decode(event.value)
        self._ids[as_date(day_of(moment(said.time)))][said.data.unit or ""].add(said.id)

    def told(self, until: date, now: datetime) -> Iterator[Outgoing]:
        """The digests of the days before ``until``, of which nothing is known any more afterwards."""
        closed = sorted(day for day in self._ids if day < until)
        sent = (
            (day, unit or None, id)
            for day in closed
            if day not in self._broken
            for unit, ids in self._ids[day].items()
            for id in ids
        )
        for event in digests(self._source, self._topic, sent, now):
            yield Outgoing(DIGEST, self._source.encode(), event.model_dump_json(exclude_none=True).encode())
        for day in closed:
            del self._ids[day]
        self._broken = {day for day in self._broken if day >= until}

    def keep(self, path: Path) -> None:
        """For the next start."""
        days = {day.isoformat(): {unit: sorted(ids) for unit, ids in of.items()} for day, of in self._ids.items()}
        scratch = path.with_suffix(".new")
        scratch.write_text(json.dumps({"days": days, "broken": sorted(map(date.isoformat, self._broken))}), "utf-8")
        os.replace(scratch, path)

    @classmethod
    def kept(cls, path: Path, source: str, topic: str, today: date) -> Self:
        """As it was kept. Where it was not, because the process before was killed or there was none, today has begun
        without it and is told of by nobody. Takes the file away, so that it stands for one start only."""
        book = cls(source, topic)
        try:
            said = json.loads(path.read_text("utf-8"))
            path.unlink()
            for day, units in said["days"].items():
                for unit, ids in units.items():
                    book._ids[date.fromisoformat(day)][unit].update(ids)
            book._broken.update(map(date.fromisoformat, said["broken"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            book._ids.clear()
            book._broken.add(today)
        return book
