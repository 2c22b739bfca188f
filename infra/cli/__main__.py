"""The ``ioc`` command. Each verb is one module with ``register(app)``, listed in :mod:`infra.cli.verbs`."""

import importlib
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from infra.cli.arguments import PlainlyRefusing
from infra.cli.escaped import escape_terminals
from infra.cli.verbs import VERBS, Verb


def build(typed: Sequence[str] | None = None) -> typer.Typer:
    """The whole command line. Of one that is typed, only its verb; where none is, only what each says of itself:
    loading them takes longer than most of them."""
    app = typer.Typer(
        name="ioc",
        cls=PlainlyRefusing,
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

    wanted = VERBS if typed is None else {typed[0]} & VERBS.keys() if typed else set()
    for name, verb in VERBS.items():
        if name in wanted:
            importlib.import_module(f"infra.cli.{verb.module}").register(app)
        elif not wanted:
            _listed(app, name, verb)
    return app


def main() -> None:
    """Entry point. What the operator can act on is one message on standard error and exit code 1."""
    escape_terminals()
    try:
        build(sys.argv[1:])()
    except Exception as exc:
        from infra.cli.faults import full_disk, told

        said = told(exc)
        if said is None:
            raise
        typer.echo(f"ioc: {said}", err=True)
        if (full := full_disk()) is not None:
            typer.echo(f"ioc: {full}", err=True)
        sys.exit(1)


def _listed(app: typer.Typer, name: str, verb: Verb) -> None:
    """For help and for what is no verb."""
    if verb.group:
        app.add_typer(typer.Typer(), name=name, help=verb.says)
    else:
        app.command(name, help=verb.says)(lambda: None)


def _version(asked: bool) -> None:
    if asked:
        import importlib.metadata

        typer.echo(f"ioc {importlib.metadata.version('ioc-dong-nai')}")
        raise typer.Exit


if __name__ == "__main__":
    main()
