"""How verbs speak, and how they find the installation they are about."""

from pathlib import Path

import typer

from infra.endpoints import Endpoints, endpoints
from infra.errors import OperatorError
from infra.home import exists, open_home
from infra.installation import Installation
from infra.settings import Settings


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
        raise OperatorError(f"no home at {settings.home}: nothing has ever run here. Start it with `ioc up`")
    return endpoints(target.home, target.settings)


def demo_home() -> Path:
    """Beside the default home, so that trying the system out and running it never share data."""
    default = Settings.model_fields["home"].get_default(call_default_factory=True)
    return Path(default).with_name("ioc-demo")
