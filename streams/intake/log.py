"""An event-log file, opened: plain or gzipped, CSV, XES or XLSX, read once from front to back."""

import io
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

from streams.intake import csv_rows, gunzip, xes_rows, xlsx_rows
from streams.intake.errors import IntakeError
from streams.intake.file_signature import GZIP, HEAD_BYTES, refuse_other
from streams.intake.gunzip import BrokenGzip
from streams.intake.mapping import Mapping
from streams.intake.places import FilePlaces
from streams.intake.rows import LogRow, Rejection


class Log:
    """A context; iterate it once. ``size`` and ``position`` are bytes of the file as it lies on disk. Raises
    :class:`IntakeError` where it cannot be read, or is not what the mapping says."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        try:
            self._file = path.open("rb")
            self.size = path.stat().st_size
            packed = self._file.peek(2).startswith(GZIP)
        except OSError as exc:
            raise IntakeError(f"cannot read {path}: {exc.strerror}") from exc
        self._mapping = mapping
        self.places = FilePlaces()
        try:
            self._gunzip = gunzip.opened(cast(BinaryIO, self._file)) if packed else None
            raw = self._file if self._gunzip is None else io.BufferedReader(self._gunzip)
            self._raw = cast("io.BufferedReader[Any]", raw)
            if packed and mapping.file.format == "xlsx":
                raise IntakeError(f"{path} is packed by gzip: unpack the workbook first")
            refuse_other(self._raw.peek(HEAD_BYTES)[:HEAD_BYTES], mapping.file.format, mapping.file.encoding)
        except BrokenGzip:
            pass  # told when it is read
        except IntakeError:
            self._file.close()
            raise
        self._text = io.TextIOWrapper(self._raw, mapping.file.encoding, errors="replace", newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._text.close()
        self._file.close()

    @property
    def position(self) -> int:
        return min(self._file.tell(), self.size)  # a broken workbook may point behind its end

    def __iter__(self) -> Iterator[LogRow | Rejection]:
        """The rows in the file's order. A gzip stream that breaks off is read up to there."""
        line = 0
        broken = False
        try:
            for row in self._rows():
                line = row.line
                yield row
        except BrokenGzip:
            broken = True
        except UnicodeError as exc:
            raise IntakeError(f"the file is not in the encoding {self._mapping.file.encoding!r}") from exc
        except OSError as exc:
            raise IntakeError(f"the file cannot be read behind line {line}: {exc.strerror or exc}") from exc
        if broken or (self._gunzip is not None and self._gunzip.trailing):
            yield Rejection(line + 1, "file", "gzip_broken")

    def _rows(self) -> Iterator[LogRow | Rejection]:
        if self._mapping.file.format == "xes":
            return xes_rows.read(self._raw, self._mapping)
        if self._mapping.file.format == "xlsx":
            return xlsx_rows.read(cast(BinaryIO, self._raw), self._mapping, self.places)
        return csv_rows.read(self._text, self._mapping)
