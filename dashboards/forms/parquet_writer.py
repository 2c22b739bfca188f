"""Parquet: the head in the file's own metadata, the types as they are."""

from collections.abc import Sequence

import pyarrow as pa
from pyarrow import parquet

from dashboards.forms.columns import ColumnKind, FileColumn, Values
from dashboards.forms.head import FileHead
from dashboards.forms.taken_bytes import TakenBytes

_TYPES = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.NESTED: pa.string(),
    ColumnKind.INTEGER: pa.int64(),
    ColumnKind.NUMBER: pa.float64(),
    ColumnKind.TRUTH: pa.bool_(),
    ColumnKind.MOMENT: pa.timestamp("us", tz="UTC"),
    ColumnKind.DAY: pa.date32(),
}
_SAID_AS_TEXT = (ColumnKind.MOMENT, ColumnKind.DAY)


class ParquetFormWriter:
    """A row group for each call of :meth:`rows`. Nothing is escaped: no program takes a Parquet value for a formula."""

    def __init__(self, head: FileHead, columns: Sequence[FileColumn]) -> None:
        self._columns = columns
        fields = [pa.field(column.name, _TYPES[column.kind]) for column in columns]
        self._schema = pa.schema(fields, metadata=dict(head.lines))
        self._sink = TakenBytes()
        self._writer = parquet.ParquetWriter(self._sink, self._schema, compression="zstd")

    def begin(self) -> bytes:
        return self._sink.take()

    def rows(self, values: Sequence[Values]) -> bytes:
        arrays = [_array(column.kind, one) for column, one in zip(self._columns, values, strict=True)]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        return self._sink.take()

    def end(self) -> bytes:
        self._writer.close()
        return self._sink.take()


def _array(kind: ColumnKind, values: Values) -> pa.Array:
    if kind in _SAID_AS_TEXT:
        return pa.array(values, pa.string()).cast(_TYPES[kind])
    return pa.array(values, _TYPES[kind])
