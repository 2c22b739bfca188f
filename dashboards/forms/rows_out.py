"""Rows into a file: gathered, put on record, and only then handed out."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence

from dashboards.forms.columns import FileColumn, Row, Values, taken
from dashboards.forms.flow import Put
from dashboards.forms.writer import FormWriter

A_PIECE = 10_000  # rows on record at once, and so the most that is held

OnRecord = Callable[[Mapping[str, int]], Awaitable[None]]  # told how many rows of each unit


class RowsOut:
    """What cannot be recorded is not handed out: no byte of a row leaves before its piece is on record."""

    def __init__(self, writer: FormWriter, columns: Sequence[FileColumn], put: Put, on_record: OnRecord) -> None:
        self._writer, self._columns, self._put, self._on_record = writer, columns, put, on_record
        self._values: list[Values] = [[] for _ in columns]
        self._units: Counter[str] = Counter()
        self._rows, self._begun = 0, False

    async def add(self, rows: Sequence[Row], by_unit: Mapping[str, int]) -> None:
        """A page, with how many of its rows are of each unit."""
        for kept, more in zip(self._values, taken(rows, self._columns), strict=True):
            kept.extend(more)
        self._units.update(by_unit)
        self._rows += len(rows)
        if self._rows >= A_PIECE:
            await self._put(await self._piece())

    async def end(self) -> None:
        await self._put(await self._piece() + self._writer.end())

    async def _piece(self) -> bytes:
        await self._on_record(self._units)
        values, self._values = self._values, [[] for _ in self._columns]
        rows, self._rows, self._units = self._rows, 0, Counter()
        begin = b"" if self._begun else self._writer.begin()
        self._begun = True
        return begin + (await asyncio.to_thread(self._writer.rows, values) if rows else b"")
