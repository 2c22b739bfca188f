"""The ``ioc`` command. Each verb is one module, listed here, with ``register(app)``."""

import importlib
import importlib.metadata
import importlib.util
import sqlite3
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from pydantic import ValidationError

from infra import disk
from infra.cli.escaped import escape_terminals
from infra.cli.terminal import DATABASE_ERRORS, database_fault
from infra.errors import OperatorError
from infra.settings import Settings
from streams.errors import StreamError

# In the order of --help: each verb, and its module. A verb whose module is not there yet is left out.
VERBS = {
    "up": "up",
    "down": "down",
    "status": "status",
    "import": "import_log",
    "templates": "templates",
    "probe": "probe",
    "ingest": "ingest",
    "figures": "figures",
    "check": "check",
    "audit": "audit",
    "forecast": "forecast",
    "dead-letters": "dead_letters",
    "reference": "reference",
    "sources": "sources",
    "simulate": "simulate",
    "logs": "logs",
    "stack": "stack",
    "setup": "setup",
    "reset": "reset",
}


# What a dependency says: it does not answer, has no room, or refuses.
DEPENDENCIES = (*DATABASE_ERRORS, sqlite3.OperationalError, StreamError)


def build(typed: Sequence[str] = ()) -> typer.Typer:
    """The whole command line; of one that is typed, only its verb: loading them all takes longer than most of them."""
    app = typer.Typer(
        name="ioc",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Runs and asks the Project 06 operations centre.\n\nEverything of one installation lives in a home:"
        " IOC_HOME, by default ~/.local/share/ioc, for root /var/lib/ioc. Several homes run side by side.",
    )

    @app.callback()
    def root(
        version: Annotated[
            bool, typer.Option("--version", help="Print the version and end.", callback=_version, is_eager=True)
        ] = False,
    ) -> None:
        """Options before the verb."""

    for verb in (typed[0],) if typed and typed[0] in VERBS else VERBS:
        module = f"infra.cli.{VERBS[verb]}"
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module).register(app)
    return app


def main() -> None:
    """Entry point. What the operator can act on is one message on standard error and exit code 1."""
    escape_terminals()
    try:
        build(sys.argv[1:])()
    except (OperatorError, OSError, ValidationError, *DEPENDENCIES) as exc:
        typer.echo(f"ioc: {_told(exc)}", err=True)
        if (full := _full_disk()) is not None:  # which makes everything else fail
            typer.echo(f"ioc: {full}", err=True)
        sys.exit(1)


def _told(exc: Exception) -> str:
    """What a verb has not worded itself. A fault of our own is none of these and keeps its traceback."""
    if isinstance(exc, OSError):
        return f"cannot read or write {exc.filename or 'a file'}: {exc.strerror or type(exc).__name__}"
    if isinstance(exc, ValidationError):
        if exc.title not in ("Settings", "OutsideEnvironment"):
            raise exc
        faults = exc.errors(include_url=False, include_input=False)
        return "; ".join(f"IOC_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in faults if fault["loc"])
    if isinstance(exc, DATABASE_ERRORS):
        return database_fault(exc)
    if isinstance(exc, sqlite3.Error):
        return f"the temporary folder cannot hold what has to be remembered of the file: {exc}"
    return str(exc)


def _full_disk() -> str | None:
    try:
        return disk.full(Settings().home)
    except (ValidationError, OSError):
        return None


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ioc {importlib.metadata.version('ioc-dong-nai')}")
        raise typer.Exit


if __name__ == "__main__":
    main()
