"""``ioc sources``: who may send events to the gateway, and what."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from infra.cli.arguments import listed
from infra.cli.lost import lost
from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, database_asked, say
from infra.errors import OperatorError
from schemas.json_text import indented
from streams.intake.gateway import registry

Name = Annotated[str, typer.Argument(help="The source's name, e.g. mot-cua.", show_default=False)]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Who may send events to the gateway, and what: a token a source. docs/sources.md says how to send.",
    )
    verbs.command("add")(add)
    verbs.command("list")(list_)
    verbs.command("rotate")(rotate)
    verbs.command("remove")(remove)
    verbs.command("lost")(lost)
    app.add_typer(verbs, name="sources")


def add(
    name: Name,
    types: Annotated[str, typer.Option(help="Event types that it may send: case.*,lookup.performed.v1")],
    units: Annotated[str, typer.Option(help="Units that it may send, by key or H19.26.*; '*' is every one.")],
    urn: Annotated[str | None, typer.Option(help="Its `source` in every event; by default urn:ioc:NAME.")] = None,
) -> None:
    """Let a source send, and print its token: once, for it is kept nowhere. Two seconds later it may send."""
    with _asking() as url:
        token = registry.add(url, name, urn or f"urn:ioc:{name}", listed(types), listed(units), datetime.now(UTC))
    say(f"{name} may send as source {urn or f'urn:ioc:{name}'}. Its token, which cannot be shown again:")
    answer(token)


def list_(as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False) -> None:
    """List the sources and what each may send; nothing of their tokens."""
    with _asking() as url:
        sources = registry.listed(url)
    if as_json:
        answer(indented([asdict(source) for source in sources]))
        return
    table = Table("name", "source", "types", "units", "token of", box=None)
    for source in sources:
        table.add_row(source.name, source.urn, " ".join(source.types), " ".join(source.units), f"{source.token_at:%F}")
    print_table(table)


def rotate(name: Name) -> None:
    """Give a source another token and print it; the one that it has ends within seconds."""
    with _asking() as url:
        token = registry.rotate(url, name, datetime.now(UTC))
    say(f"The new token of {name}, which cannot be shown again:")
    answer(token)


def remove(name: Name) -> None:
    """Take a source's token away. What it has sent stays."""
    with _asking() as url:
        registry.remove(url, name)
    answer(f"{name} may send nothing more.")


@contextmanager
def _asking() -> Iterator[str]:
    """The database's URL as role migrate; what may go wrong is said in one line."""
    url = addresses().database.migrate
    try:
        with database_asked():
            yield url
    except (registry.Unfit, LookupError) as exc:
        raise OperatorError(str(exc)) from exc
