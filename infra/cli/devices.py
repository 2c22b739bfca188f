"""``ioc devices``: screens on walls. They are let in on ``/quan-tri/man-hinh``, where somebody sees their code."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from dashboards.access import registry
from infra.cli.accounts import AsJson, access_asked
from infra.cli.printing import print_table
from infra.cli.terminal import answer
from schemas.json_text import indented

Name = Annotated[str, typer.Argument(help="The screen's name, or its id.", show_default=False)]


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(
        no_args_is_help=True, help="Screens on walls that were let in: who they are, and ending one. docs/access.md."
    )
    verbs.command("list")(list_)
    verbs.command("end")(end)
    app.add_typer(verbs, name="devices")


def list_(as_json: AsJson = False) -> None:
    """List the screens that have not ended, and when each was there last."""
    with access_asked() as (url, _):
        found = registry.devices(url)
    if as_json:
        answer(indented([one._asdict() for one in found]))
        return
    table = Table("name", "id", "walls", "made", "by", "seen", "from", box=None)
    for one in found:
        times = (f"{one.made_at:%F}", one.made_by, f"{one.used_at:%F %H:%M}", one.address)
        table.add_row(one.name, one.id[:8], " ".join(one.screens) or "*", *times)
    print_table(table)


def end(name: Name) -> None:
    """End a screen: it is empty within seconds, also while it is open."""
    with access_asked() as (url, by):
        ended = registry.end_device(url, name, datetime.now(UTC), by=by)
    answer(f"{ended} of {name} ended.")
