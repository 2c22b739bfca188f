"""What went wrong, in one line that an operator can act on. Loaded when something has: it knows drivers and models."""

import sqlite3
from pathlib import Path

import psycopg
from psycopg.errors import InsufficientPrivilege, LockNotAvailable, QueryCanceled, UndefinedColumn, UndefinedTable
from pydantic import ValidationError

from infra import disk
from infra.cli.terminal import existing
from infra.errors import OperatorError
from infra.settings import Settings
from infra.stack.stack import Stack
from schemas.model_faults import faults_in
from schemas.sqlstates import NotRead, disk_full, passes
from streams.errors import StreamError, described

DATABASE_ERRORS = (psycopg.Error, NotRead)
# What the operator can act on: his own input, a file, and a dependency that does not answer, has no room, or refuses.
KNOWN = (OperatorError, OSError, ValidationError, sqlite3.OperationalError, StreamError, *DATABASE_ERRORS)
LACKING = (UndefinedTable, UndefinedColumn, InsufficientPrivilege)
GIVEN_UP = (QueryCanceled, LockNotAvailable)
LOOK = "`ioc status` says what runs, `ioc up` starts it"


def told(exc: Exception) -> str | None:
    """What a verb has not worded itself; ``None`` of a fault of our own, which keeps its traceback."""
    if not isinstance(exc, KNOWN):
        return None
    if isinstance(exc, OSError):
        return f"cannot read or write {exc.filename or 'a file'}: {exc.strerror or type(exc).__name__}"
    if isinstance(exc, ValidationError):
        if exc.title not in ("Settings", "OutsideEnvironment"):
            return None
        return "; ".join(f"IOC_{_capitals(fault)}" for fault in faults_in(exc, "settings"))
    if isinstance(exc, DATABASE_ERRORS):
        return database_fault(exc)
    if isinstance(exc, sqlite3.Error):
        return f"the temporary folder cannot hold what has to be remembered of the file: {exc}"
    return str(exc)


def _capitals(fault: str) -> str:
    """With the variable as it is typed."""
    field, space, rule = fault.partition(" ")
    return field.upper() + space + rule


def full_disk() -> str | None:
    """Said beside every fault: it makes everything else fail."""
    try:
        return disk.full(Settings().home)
    except (ValidationError, OSError):
        return None


def database_fault(exc: psycopg.Error | NotRead) -> str:
    """What went wrong, in one line. That it is away is told from a query that it refuses: the first passes, the second
    is the schema's or ours to mend."""
    cause = exc.__cause__ if isinstance(exc, NotRead) else exc
    if not isinstance(cause, psycopg.Error):
        return f"the database does not answer; {LOOK}"
    word = described(cause)
    if isinstance(cause, LACKING):
        return f"the database lacks what this version asks for ({word}); `ioc up` migrates it"
    if disk_full(cause):
        return f"the disk of the database is full ({word}); see docs/runbook.md"
    if isinstance(cause, GIVEN_UP):
        return f"the database gave the question up ({type(cause).__name__}): it is busy; ask again, or of fewer days"
    if passes(cause):
        if cause.sqlstate is None and (home := _stopped()) is not None:
            return f"the database of {home} is stopped; `ioc up` starts it"
        return f"the database does not answer ({type(cause).__name__}); {LOOK}"
    return f"the database refused a query, which is this program's fault: {word}"


def _stopped() -> Path | None:
    """The home, where its own database is meant and does not run."""
    try:
        settings = Settings()
        target = existing(settings)
        if target is None:
            return None
        stack = Stack.of(target.home, settings)
        return settings.home if stack.postgres and not stack.running() else None
    except (OperatorError, OSError, ValidationError):
        return None
