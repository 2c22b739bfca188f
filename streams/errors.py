"""Errors, named by what happens next."""

import traceback
from pathlib import Path


class StreamError(Exception):
    """Anything the stream says about a record or a dependency."""


class Reject(StreamError):
    """The record can never be processed: it becomes a dead letter that names field and rule, never the value."""

    def __init__(self, field: str, rule: str, source: str | None = None) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule
        self.source = source


class Retry(StreamError):
    """A dependency is away; nothing was written and nothing may be acknowledged."""


class Stop(StreamError):
    """Going on would lose or double something; the worker stops and says what an operator has to decide."""


def described(exc: BaseException) -> str:
    """What failed and where, for the log; without the message unless it is ours: a driver's quotes records."""
    if isinstance(exc, StreamError):
        return f"{type(exc).__name__}: {exc}"
    code = getattr(exc, "sqlstate", None)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(exc.__traceback__)]
    return " < ".join([type(exc).__name__ + (f" {code}" if code else ""), *places[:-5:-1]])
