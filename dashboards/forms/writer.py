"""Writers of files: one of each form, all told the same columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from dashboards.forms.columns import FileColumn, Values
from dashboards.forms.csv_writer import CsvWriter
from dashboards.forms.form import FileForm
from dashboards.forms.head import FileHead
from dashboards.forms.parquet_writer import ParquetFormWriter
from dashboards.forms.xlsx_writer import XlsxWriter


class FormWriter(Protocol):
    """Each returns the file's next bytes, possibly none; nothing of what was written is kept."""

    def begin(self) -> bytes: ...
    def rows(self, values: Sequence[Values]) -> bytes:
        """The values of each column, all of one length."""

    def end(self) -> bytes: ...


_WRITERS: Mapping[FileForm, Callable[[FileHead, Sequence[FileColumn]], FormWriter]] = {
    FileForm.CSV: CsvWriter,
    FileForm.XLSX: XlsxWriter,
    FileForm.PARQUET: ParquetFormWriter,
}


def writer(form: FileForm, head: FileHead, columns: Sequence[FileColumn]) -> FormWriter:
    """``KeyError`` for a form that is no file."""
    return _WRITERS[form](head, columns)
