"""What readers of files hand on: events on their way to Kafka, and why one could not be made."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from streams.intake.rows import LogRow, Rejection

T = TypeVar("T")

BROKEN = "\ufffd"  # stands where bytes are not of the file's encoding


class Outgoing(NamedTuple):
    """An event on its way to Kafka."""

    kind: str
    key: bytes
    value: bytes


class RowRefused(Exception):
    """This event, or this field of it, cannot be made of the row: the field and the rule, never the value."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(field, rule)
        self.field = field
        self.rule = rule

    def at(self, row: LogRow) -> Rejection:
        return Rejection(row.line, self.field, self.rule)


def told(faults: list[RowRefused], read: Callable[..., T], *given: Any) -> T | None:
    """What ``read`` makes of the arguments; ``None`` where it refuses, which is kept."""
    try:
        return read(*given)
    except RowRefused as refused:
        faults.append(refused)
        return None
