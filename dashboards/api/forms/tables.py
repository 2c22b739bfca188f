"""Which tables an answer has, and their columns: told by its model, so that a new route has its files at once."""

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import BaseModel

from dashboards.forms.columns import ColumnKind, FileColumn, Row

MAIN = ("rows", "cases", "subjects", "steps", "history", "readings", "indicators", "sources")  # first: it is the answer
_KINDS: Sequence[tuple[type, ColumnKind]] = (  # in order: a bool is an int, a datetime a date
    (bool, ColumnKind.TRUTH),
    (int, ColumnKind.INTEGER),
    (float, ColumnKind.NUMBER),
    (datetime, ColumnKind.MOMENT),
    (date, ColumnKind.DAY),
    (str, ColumnKind.TEXT),
)


@cache
def tables_of(answer: type[BaseModel]) -> Mapping[str, type[BaseModel]]:
    """The model of a row of each table, the main one first; none of an answer that is no table."""
    found = {}
    for name, field in answer.model_fields.items():
        inner = _plain(field.annotation)
        if typing.get_origin(inner) is list and (row := _model(typing.get_args(inner)[0])) is not None:
            found[name] = row
    main = next((name for name in MAIN if name in found and (name != "sources" or "losses" in found)), None)
    if main is None:
        return {}
    return {main: found.pop(main), **found}


def columns_of(row: type[BaseModel], rows: Sequence[Row]) -> list[FileColumn]:
    """Of counters by name (a topic's), those that the rows have."""
    return list(_columns(row, (), rows))


def _columns(row: type[BaseModel], path: tuple[str, ...], rows: Sequence[Row]) -> Iterator[FileColumn]:
    for name, field in row.model_fields.items():
        inner, here = _plain(field.annotation), (*path, name)
        if (model := _model(inner)) is not None and model is not row:
            yield from _columns(model, here, rows)
        elif typing.get_origin(inner) is dict and _plain(typing.get_args(inner)[1]) is int:
            for counter in dict.fromkeys(counter for one in rows for counter in _at(one, here)):
                yield FileColumn((*here, counter), ColumnKind.INTEGER)
        else:
            yield FileColumn(here, _kind(inner))


def _at(row: Row, path: Sequence[str]) -> Mapping[str, Any]:
    found: Any = row
    for name in path:
        found = found.get(name) if found is not None else None
    return found or {}


def _plain(annotation: Any) -> Any:
    """Without ``Annotated`` and ``None``."""
    while typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        kept = [one for one in typing.get_args(annotation) if one is not type(None)]
        if len(kept) == 1:
            return _plain(kept[0])
    return annotation


def _model(annotation: Any) -> type[BaseModel] | None:
    inner = _plain(annotation)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _kind(annotation: Any) -> ColumnKind:
    if isinstance(annotation, type):
        return next((kind for known, kind in _KINDS if issubclass(annotation, known)), ColumnKind.NESTED)
    if typing.get_origin(annotation) is typing.Literal:
        return ColumnKind.TEXT
    return ColumnKind.NESTED
