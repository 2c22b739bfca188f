"""How verbs speak, and how they find the installation they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import typer
from psycopg.errors import InsufficientPrivilege, LockNotAvailable, QueryCanceled, UndefinedColumn, UndefinedTable
from pydantic import ValidationError

from infra.demo_clock import offset_of
from infra.endpoints import Endpoints, endpoints
from infra.errors import OperatorError
from infra.home import exists, open_home
from infra.installation import Installation
from infra.settings import Settings
from infra.stack.stack import Stack
from schemas.province_clock import ProvinceClock
from schemas.sqlstates import NotRead, disk_full, passes
from streams.errors import described

DATABASE_ERRORS = (psycopg.Error, NotRead)
LACKING = (UndefinedTable, UndefinedColumn, InsufficientPrivilege)
GIVEN_UP = (QueryCanceled, LockNotAvailable)
LOOK = "`ioc status` says what runs, `ioc up` starts it"


def say(line: str) -> None:
    """A line about what is going on, on standard error: standard output belongs to the answer."""
    typer.echo(line, err=True)


def answer(text: str) -> None:
    typer.echo(text)


def installation(settings: Settings, *, demo: bool = False) -> Installation:
    """The installation of the settings' home, which is created where it is missing."""
    return Installation(open_home(settings.home), settings, demo)


def existing(settings: Settings) -> Installation | None:
    """The same, without creating anything; ``None`` where no home is."""
    return installation(settings) if exists(settings.home) else None


def addresses() -> Endpoints:
    """Where Kafka and the database of the settings' home are. Raises :class:`OperatorError` where nothing ever ran."""
    settings = Settings()
    target = existing(settings)
    if target is None:
        raise OperatorError(
            f"no home at {settings.home}: nothing has ever run here. Start it with `ioc up`{demo_hint()}"
        )
    return endpoints(target.home, target.settings)


@contextmanager
def database_asked() -> Iterator[None]:
    """What may go wrong with the database meanwhile becomes one line."""
    try:
        yield
    except DATABASE_ERRORS as exc:
        raise OperatorError(database_fault(exc)) from exc


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


def province_clock() -> ProvinceClock:
    """Of the settings' home: the real time, but in a demo's."""
    return ProvinceClock(offset_of(Settings().home))


def demo_home() -> Path:
    """Beside the default home, so that trying the system out and running it never share data."""
    default = Settings.model_fields["home"].get_default(call_default_factory=True)
    return Path(default).with_name("ioc-demo")


def demo_hint() -> str:
    """Of whoever looks for what `make run` has started: where it is. Empty where it never ran."""
    demo = demo_home()
    return f". The demo of `make run` has a home of its own: IOC_HOME={demo} ioc status" if exists(demo) else ""
