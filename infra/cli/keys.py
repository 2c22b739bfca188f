"""``ioc keys``: programs that may ask the data API."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.table import Table

from dashboards.access import registry
from dashboards.access.fit_access import KEY_LIVES, KEY_USUAL
from infra.cli.accounts import AsJson, access_asked
from infra.cli.arguments import listed
from infra.cli.printing import print_table
from infra.cli.terminal import answer, say
from schemas.json_text import indented

Name = Annotated[str, typer.Argument(help="The key's name, e.g. so-tnmt-bao-cao.", show_default=False)]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(no_args_is_help=True, help="Programs that may ask the data API: a key each. docs/access.md.")
    verbs.command("add")(add)
    verbs.command("list")(list_)
    verbs.command("end")(end)
    app.add_typer(verbs, name="keys")


def add(
    name: Name,
    units: Annotated[str, typer.Option(help="Units of which it may ask, by commas; none is the province.")] = "",
    scopes: Annotated[
        str, typer.Option(help="figures, cases, directives, operations (none: all these), accounts, answer.")
    ] = "",
    days: Annotated[int, typer.Option(help="For how many days it lives.", min=1, max=KEY_LIVES.days)] = KEY_USUAL.days,
) -> None:
    """Make a key and print it: once, for it is kept nowhere. Two seconds later it may ask.

    Of a name there may be two at once: a program is given the new one, then the old one is ended.
    """
    with access_asked() as (url, by):
        token = registry.add_key(
            url, name, listed(units), listed(scopes), timedelta(days=days), datetime.now(UTC), by=by
        )
    say(f"{name} may ask for {days} days. Its key, which cannot be shown again:")
    answer(token)


def list_(as_json: AsJson = False) -> None:
    """List the keys that have not ended; nothing of what they are."""
    with access_asked() as (url, _):
        found = registry.keys(url, datetime.now(UTC))
    if as_json:
        answer(indented([asdict(one) for one in found]))
        return
    table = Table("name", "id", "units", "scopes", "made", "until", "used", box=None)
    for one in found:
        times = (f"{one.created_at:%F}", f"{one.expires_at:%F}", f"{one.used_at:%F %H:%M}")
        table.add_row(one.name, one.id[:8], " ".join(one.units) or "*", " ".join(one.scopes) or "*", *times)
    print_table(table)


def end(
    name: Name, id_: Annotated[str, typer.Option("--id", help="Which of two; as `ioc keys list --json` shows it.")] = ""
) -> None:
    """End a key, within seconds."""
    with access_asked() as (url, by):
        ended = registry.end_key(url, name, datetime.now(UTC), by=by, id_=id_ or None)
    answer(f"{ended} of {name} ended.")
