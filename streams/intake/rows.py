"""A log's rows, as readers hand them on: only what the mapping names, as text, with the line it stood on."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import BaseModel


class LogRow(NamedTuple):
    """One step of a case, its fields those of the mapping's ``columns``. What the log does not have is ``""``."""

    line: int  # the first of the record, from 1
    case: str
    step: str
    time: str
    id: str = ""
    step_unit: str = ""
    status: str = ""
    new_due: str = ""
    transition: str = ""  # of its step's life: start, complete, …
    instance: str = ""  # which piece of work the transition is of
    unit: str = ""
    channel: str = ""
    procedure: str = ""
    submitted: str = ""
    start: str = ""
    due: str = ""
    end: str = ""
    verdict: str = ""
    begun: str = ""  # of a step that the log tells by two transitions: when it was begun


class Rejection(NamedTuple):
    """What could not be taken from a row: the mapping's field and the rule it broke, never the value. Where a column is
    meant, it is named as the mapping or the template names it, which is not taken from the file; of a workbook the
    sheet is named as the file does, unless that looks like an identity number."""

    line: int
    field: str
    rule: str
    column: str = ""
    sheet: str = ""
    cell: str = ""  # as F12


FIELDS = LogRow._fields[1:-1]  # those of the mapping's columns, in the order in which rows are built


def wanted_by(columns: BaseModel) -> Mapping[str, str | None]:
    """The columns of a mapping in the order of :data:`FIELDS`."""
    return {f"columns.{field}": getattr(columns, field) for field in FIELDS}
