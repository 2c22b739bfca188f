"""``ioc sources``: who may send events to the gateway, and what."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from dashboards.access.fit_access import KEY_LIVES, KEY_USUAL, OVERLAP
from dashboards.access.registry import ListedKey
from infra.cli.accounts import AsJson, access_asked
from infra.cli.arguments import listed
from infra.cli.lost import lost
from infra.cli.printing import print_table
from infra.cli.source_registry import add_source, listed_sources, remove_source, rotate_source
from infra.cli.terminal import answer, say
from infra.errors import OperatorError
from schemas.json_text import indented
from streams.intake.gateway.registry import Unfit

Name = Annotated[str, typer.Argument(help="The source's name, e.g. mot-cua.", show_default=False)]
Days = Annotated[int, typer.Option(help="For how many days the token lives.", min=1, max=KEY_LIVES.days)]


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
    days: Days = KEY_USUAL.days,
) -> None:
    """Let a source send, and print its token: once, for it is kept nowhere. Two seconds later it may send."""
    urn, now, lives = urn or f"urn:ioc:{name}", datetime.now(UTC), timedelta(days=days)
    with _asking() as (url, by):
        token = add_source(url, name, urn, listed(types), listed(units), now, by=by, lives=lives)
    say(f"{name} may send as source {urn} until {now + lives:%F}. Its token, which cannot be shown again:")
    answer(token)


def list_(as_json: AsJson = False) -> None:
    """List the sources, what each may send and when its tokens end; nothing of what they are."""
    with _asking() as (url, _):
        sources = listed_sources(url, datetime.now(UTC))
    if as_json:
        answer(indented([asdict(source) | {"tokens": _times(tokens)} for source, tokens in sources]))
        return
    table = Table("name", "source", "types", "units", "token until", box=None)
    for source, tokens in sources:
        ends = ", ".join(f"{one.expires_at:%F}" for one in tokens) or "ended"
        table.add_row(source.name, source.urn, " ".join(source.types), " ".join(source.units), ends)
    print_table(table)


def _times(tokens: list[ListedKey]) -> list[dict[str, datetime]]:
    return [{"created_at": one.created_at, "expires_at": one.expires_at} for one in tokens]


def rotate(
    name: Name,
    days: Days = KEY_USUAL.days,
    at_once: Annotated[bool, typer.Option("--at-once", help="The one that it has ends now.")] = False,
) -> None:
    """Give a source another token and print it. The one that it has lives a week longer at most, so that the source can
    be given the new one meanwhile; with --at-once it ends within seconds."""
    now = datetime.now(UTC)
    with _asking() as (url, by):
        token = rotate_source(url, name, now, by=by, lives=timedelta(days=days), at_once=at_once)
    before = "The one before has ended." if at_once else f"The one before ends by {now + OVERLAP:%F}."
    say(f"{before} The new token of {name}, until {now + timedelta(days=days):%F}, which cannot be shown again:")
    answer(token)


def remove(name: Name) -> None:
    """Take a source's tokens away. What it has sent stays."""
    with _asking() as (url, by):
        remove_source(url, name, datetime.now(UTC), by=by)
    answer(f"{name} may send nothing more.")


@contextmanager
def _asking() -> Iterator[tuple[str, str]]:
    """The database's URL as role migrate, and who is at the terminal; what may go wrong is said in one line."""
    try:
        with access_asked() as asked:
            yield asked
    except Unfit as exc:
        raise OperatorError(str(exc)) from exc
