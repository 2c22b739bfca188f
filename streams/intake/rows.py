"""A log's rows, as readers hand them on: only what the mapping names, as text, with the line it stood on."""

from typing import NamedTuple


class Row(NamedTuple):
    """One step of a case, its fields those of the mapping's ``columns``. What the log does not have is ``""``."""

    line: int  # the first of the record, from 1
    case: str
    step: str
    time: str
    id: str = ""
    step_unit: str = ""
    status: str = ""
    new_due: str = ""
    unit: str = ""
    channel: str = ""
    procedure: str = ""
    submitted: str = ""
    start: str = ""
    due: str = ""
    end: str = ""


class Rejection(NamedTuple):
    """What could not be taken from a row: the mapping's field and the rule it broke, never the value."""

    line: int
    field: str
    rule: str


FIELDS = Row._fields[1:]  # in the order in which rows are built
