"""How verbs speak, and how they find the installation they are about. What they find it with is loaded when they do:
most of what is typed at a terminal asks for help."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from infra.errors import OperatorError

if TYPE_CHECKING:
    from infra.endpoints import Endpoints
    from infra.installation import Installation
    from infra.settings import Settings
    from schemas.province_clock import ProvinceClock


def say(line: str) -> None:
    """A line about what is going on, on standard error: standard output belongs to the answer."""
    typer.echo(line, err=True)


def answer(text: str) -> None:
    typer.echo(text)


def installation(settings: "Settings", *, demo: bool = False) -> "Installation":
    """The installation of the settings' home, which is created where it is missing."""
    from infra.home import open_home
    from infra.installation import Installation

    return Installation(open_home(settings.home), settings, demo)


def existing(settings: "Settings") -> "Installation | None":
    """The same, without creating anything; ``None`` where no home is."""
    from infra.home import exists

    return installation(settings) if exists(settings.home) else None


def addresses() -> "Endpoints":
    """Where Kafka and the database of the settings' home are. Raises :class:`OperatorError` where nothing ever ran."""
    from infra.endpoints import endpoints
    from infra.settings import Settings

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
    from infra.cli.faults import DATABASE_ERRORS, database_fault

    try:
        yield
    except DATABASE_ERRORS as exc:
        raise OperatorError(database_fault(exc)) from exc


def province_clock() -> "ProvinceClock":
    """Of the settings' home: the real time, but in a demo's."""
    from infra.demo_clock import offset_of
    from infra.settings import Settings
    from schemas.province_clock import ProvinceClock

    return ProvinceClock(offset_of(Settings().home))


def receiver_port() -> int:
    """Of the receiver of holding orders that a simulated home runs."""
    from infra.home import open_home
    from infra.settings import Settings

    return open_home(Settings().home).ports["receiver"]


def demo_home() -> Path:
    """Beside the default home, so that trying the system out and running it never share data."""
    from infra.settings import Settings

    default = Settings.model_fields["home"].get_default(call_default_factory=True)
    return Path(default).with_name("ioc-demo")


def demo_hint() -> str:
    """Of whoever looks for what `make run` has started: where it is. Empty where it never ran."""
    from infra.home import exists

    demo = demo_home()
    return f". The demo of `make run` has a home of its own: IOC_HOME={demo} ioc status" if exists(demo) else ""
