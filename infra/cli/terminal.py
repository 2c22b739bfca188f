"""How verbs speak, and how they find the installation they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import typer

from infra.demo_clock import offset_of
from infra.endpoints import Endpoints, endpoints
from infra.errors import OperatorError
from infra.home import exists, open_home
from infra.installation import Installation
from infra.settings import Settings
from schemas.province_clock import ProvinceClock
from schemas.sqlstates import disk_full, passes
from streams.errors import described


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
    """What may go wrong with the database meanwhile becomes one line. That it is away is told from a query that it
    refuses: the first passes, the second is the schema's or ours to mend."""
    try:
        yield
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn, psycopg.errors.InsufficientPrivilege) as exc:
        raise OperatorError(
            f"the database lacks what this version asks for ({described(exc)}); `ioc up` migrates it"
        ) from exc
    except psycopg.Error as exc:
        if disk_full(exc):
            raise OperatorError(f"the disk of the database is full ({described(exc)}); see docs/runbook.md") from exc
        if passes(exc):
            raise OperatorError(
                f"the database does not answer ({type(exc).__name__}); `ioc status` says what runs, `ioc up` starts it"
            ) from exc
        raise OperatorError(f"the database refused a query, which is this program's fault: {described(exc)}") from exc


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
