"""The ``ioc`` command. Each verb is one module, listed here, with ``register(app)``."""

import importlib
import importlib.metadata
import importlib.util
import sys
from typing import Annotated

import typer

from infra.errors import OperatorError

# In the order of --help. A verb whose module is not there yet is left out.
VERBS = (
    "up",
    "down",
    "status",
    "import_log",
    "templates",
    "probe",
    "ingest",
    "figures",
    "audit",
    "forecast",
    "dead_letters",
    "reference",
    "sources",
    "simulate",
    "logs",
    "stack",
    "setup",
    "reset",
)


def build() -> typer.Typer:
    """The whole command line."""
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

    for verb in VERBS:
        module = f"infra.cli.{verb}"
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module).register(app)
    return app


def main() -> None:
    """Entry point. What the operator can act on is one message on standard error and exit code 1."""
    try:
        build()()
    except OperatorError as exc:
        typer.echo(f"ioc: {exc}", err=True)
        sys.exit(1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"ioc {importlib.metadata.version('ioc-dong-nai')}")
        raise typer.Exit


if __name__ == "__main__":
    main()
