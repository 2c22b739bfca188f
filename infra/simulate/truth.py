"""The truth: what the centre must show, written from what was decided to happen and never from the events.

Nothing here knows how events are folded. A figure's row is (figure, counter, unit, part, slot, amount): the slot is a
day (``2024-01-23``), for look-ups an hour of the province (``2024-01-23T09``). Of figures that depend on the clock
the slot is the day at whose beginning the span ends. Rows of days that can no longer change go to the file at once,
so that the truth of a year needs no more memory than that of a quarter. Amounts of 0 are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from infra.simulate.calendar import day_at
from schemas.province import as_date

Key = tuple[str, str, str, str]  # figure, counter, unit, part
_encode = msgspec.json.Encoder().encode


@lru_cache(maxsize=10_000)
def _hour(hour: int) -> str:
    """The hour's name in the province; ``hour`` as hours since 1970-01-01 UTC."""
    day, into = divmod(hour + 7, 24)
    return f"{as_date(day).isoformat()}T{into:02d}"


class TruthRow(NamedTuple):
    figure: str
    counter: str
    unit: str
    part: str
    slot: str
    amount: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The file's first line."""

    seed: int
    first: str  # the first day
    until: str  # the day at whose beginning it ends
    scale: float
    topics: list[str]
    scenarios: list[str]
    disturbances: dict[str, float]
    figures: list[str]  # every figure that the file speaks of, also those without a row


class Truth:
    """Adds up. ``until``: what happens from that moment on is not known yet."""

    def __init__(self, until: int) -> None:
        self.until = until
        self._rows: dict[int, dict[tuple[Key, str], int]] = defaultdict(dict)

    def add(self, figure: str, counter: str, unit: str, part: str, at: int, amount: int = 1) -> None:
        """``at``: the moment (in seconds) on whose day it counts; from ``until`` on it does not count at all."""
        if at < self.until:
            self.add_on(figure, counter, unit, part, day_at(at), amount)

    def add_hour(self, figure: str, counter: str, unit: str, part: str, at: int, amount: int = 1) -> None:
        """The same for a figure of hours."""
        if at < self.until:
            self._put(day_at(at), ((figure, counter, unit, part), _hour(at // 3_600)), amount)

    def add_on(self, figure: str, counter: str, unit: str, part: str, day: int, amount: int = 1) -> None:
        """The same where only the day is known, whatever the clock says."""
        self._put(day, ((figure, counter, unit, part), ""), amount)

    def add_now(self, figure: str, counter: str, unit: str, part: str, amount: int = 1) -> None:
        """What is so when the span ends."""
        self._put(day_at(self.until), ((figure, counter, unit, part), ""), amount)

    def _put(self, day: int, key: tuple[Key, str], amount: int) -> None:
        rows = self._rows[day]
        rows[key] = rows.get(key, 0) + amount

    def closed(self, before: int | None) -> Iterator[TruthRow]:
        """Takes out the rows of all days before that one, in order; of all days with ``None``."""
        for day in sorted(self._rows):
            if before is not None and day >= before:
                return
            text = as_date(day).isoformat()
            for (key, slot), amount in sorted(self._rows.pop(day).items()):
                if amount:
                    yield TruthRow(*key, slot or text, amount)


class NoTruth(Truth):
    """For play that nobody compares with anything: remembers nothing."""

    def __init__(self) -> None:
        super().__init__(0)

    def _put(self, day: int, key: tuple[Key, str], amount: int) -> None: ...


class TruthFile:
    """A context: JSON lines, the head first. It is there under its name only once it is whole."""

    def __init__(self, path: Path, head: Head) -> None:
        self._path = path
        self._scratch = path.with_name(f"{path.name}.new")
        self._head = head
        self._file: IO[bytes] | None = None

    def __enter__(self) -> "TruthFile":
        self._file = self._scratch.open("wb")
        self._file.write(_encode(self._head) + b"\n")
        return self

    def write(self, rows: Iterable[TruthRow]) -> None:
        assert self._file is not None  # noqa: S101 - for the type checker: it is open between enter and exit
        self._file.writelines(_encode(row) + b"\n" for row in rows)

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        assert self._file is not None  # noqa: S101
        self._file.close()
        if kind is None:
            self._scratch.replace(self._path)
        else:
            self._scratch.unlink(missing_ok=True)


_head = msgspec.json.Decoder(Head)
_row = msgspec.json.Decoder(tuple[str, str, str, str, str, int])


def read_head(path: Path) -> Head:
    with path.open("rb") as file:
        return _head.decode(file.readline())


def read_rows(path: Path) -> Iterator[TruthRow]:
    """All rows, in the order of the file."""
    with path.open("rb") as file:
        file.readline()
        for line in file:
            yield TruthRow(*_row.decode(line))
