"""An event-log file, opened: plain or gzipped, CSV, XES or XLSX, read once from front to back."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from streams.intake import csv_rows, xes_rows, xlsx_rows
from streams.intake.errors import IntakeError
from streams.intake.mapping import Mapping
from streams.intake.rows import Rejection, Row

GZIP = b"\x1f\x8b"


class Log:
    """A context; iterate it once. ``size`` and ``position`` are bytes of the file as it lies on disk."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        try:
            self._file = path.open("rb")
        except OSError as exc:
            raise IntakeError(f"cannot read {path}: {exc.strerror}") from exc
        self.size = path.stat().st_size
        self._mapping = mapping
        packed = self._file.peek(2).startswith(GZIP)
        self._raw = cast(BinaryIO, gzip.GzipFile(fileobj=self._file)) if packed else self._file
        self._text = io.TextIOWrapper(self._raw, mapping.file.encoding, errors="replace", newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._text.close()
        self._file.close()

    @property
    def position(self) -> int:
        return self._file.tell()

    def __iter__(self) -> Iterator[Row | Rejection]:
        """The rows in the file's order. A gzip stream that breaks off is read up to there."""
        line = 0
        try:
            for row in self._rows():
                line = row.line
                yield row
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield Rejection(line + 1, "file", "gzip_broken")

    def _rows(self) -> Iterator[Row | Rejection]:
        if self._mapping.file.format == "xes":
            return xes_rows.read(self._raw, self._mapping)
        if self._mapping.file.format == "xlsx":
            return xlsx_rows.read(self._raw, self._mapping)
        return csv_rows.read(self._text, self._mapping)
