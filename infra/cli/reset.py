"""``ioc reset``: deletes a home's data."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.terminal import existing, say
from infra.errors import OperatorError
from infra.home import Home
from infra.settings import Settings

KEPT = {"installation", "ports.json", "secrets", "run"}


def register(app: typer.Typer) -> None:
    app.command("reset")(reset)


def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete all data of this home: events, cases, figures, topics and logs. Asks first.

    What runs is stopped. Ports, secrets and the installation's id stay, so the next `ioc up` begins empty at the same
    addresses. A Kafka or database that IOC_KAFKA or IOC_DATABASE names is never touched.
    """
    settings = Settings()
    target = existing(settings)
    if target is None:
        say(f"There is no home at {settings.home}: nothing to delete.")
        return
    if settings.kafka is not None or settings.database is not None:
        raise OperatorError("IOC_KAFKA or IOC_DATABASE names somebody else's server; reset deletes only a home's own")
    if not yes:
        typer.confirm(f"Delete all data in {target.home.root}? This cannot be undone.", abort=True, err=True)
    target.down(say)
    target.stack.down()
    delete_data(target.home)
    say("Deleted.")


def delete_data(home: Home) -> None:
    """Everything in the home but its identity, and the emptied folders that it always has."""
    for entry in home.root.iterdir():
        if entry.name in KEPT:
            continue
        if not entry.is_dir():
            entry.unlink()
        elif entry in (home.kafka, home.postgres, home.logs):
            for inside in entry.iterdir():
                _remove(inside)
        else:
            shutil.rmtree(entry)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
