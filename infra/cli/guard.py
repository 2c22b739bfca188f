"""``ioc guard``: campaigns of look-ups that are announced, so that they are no attack."""

from datetime import date, datetime
from typing import Annotated

import psycopg
import typer
from rich.table import Table

from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, say
from infra.errors import OperatorError

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="YYYY-MM-DD")]
ANNOUNCE = """
INSERT INTO lookup_campaign (name, unit, application, first_day, last_day, lookups)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""
LISTED = """
SELECT id, name, unit, application, first_day, last_day, lookups, withdrawn_at FROM lookup_campaign ORDER BY id DESC
LIMIT 100
"""
WITHDRAW = "UPDATE lookup_campaign SET withdrawn_at = now() WHERE id = %s AND withdrawn_at IS NULL"


def register(app: typer.Typer) -> None:
    verbs = typer.Typer(no_args_is_help=True, help="Campaigns of look-ups that are announced. docs/guard.md.")
    verbs.command("announce")(announce)
    verbs.command("campaigns")(campaigns)
    verbs.command("withdraw")(withdraw)
    app.add_typer(verbs, name="guard")


def announce(
    name: Annotated[str, typer.Argument(help="What it is: tuyển sinh, làm sạch dữ liệu.", show_default=False)],
    first: Day,
    last: Day,
    lookups: Annotated[int, typer.Option(min=1, max=10**7, help="Look-ups expected a day, beside the usual.")],
    unit: Annotated[str, typer.Option(help="The unit's key; every unit without it.")] = "",
    application: Annotated[str, typer.Option(help="The application; every one without it.")] = "",
) -> None:
    """Announce a campaign: while it runs, so many look-ups more a day are no attack. The guard knows within 20 s."""
    begins, ends = first.date(), last.date()
    if ends < begins:
        raise OperatorError("last: before first")
    if not 0 < len(name) <= 200 or not name.isprintable():
        raise OperatorError("name: 1 to 200 printable letters")
    with psycopg.connect(addresses().database.migrate, autocommit=True) as connection:
        if unit and not _known(connection, unit):
            raise OperatorError("unit: no such key; `ioc reference` says which there are")
        row = connection.execute(ANNOUNCE, [name, unit, application, begins, ends, lookups]).fetchone()
    say(f"campaign {row[0] if row else ''} announced")


def campaigns() -> None:
    """List the campaigns, the last announced first."""
    table = Table("id", "name", "unit", "application", "from", "to", "look-ups a day", "")
    with psycopg.connect(addresses().database.migrate, autocommit=True) as connection:
        for row in connection.execute(LISTED):
            *shown, withdrawn = row
            table.add_row(*(_word(one) for one in shown), "" if withdrawn is None else "withdrawn")
    print_table(table)


def withdraw(id: Annotated[int, typer.Argument(help="As `ioc guard campaigns` lists it.")]) -> None:
    """End a campaign now: what it excused is judged from then on."""
    with psycopg.connect(addresses().database.migrate, autocommit=True) as connection:
        if connection.execute(WITHDRAW, [id]).rowcount == 0:
            raise OperatorError("no such campaign, or it was withdrawn before")
    answer(f"campaign {id} withdrawn")


def _word(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _known(connection: psycopg.Connection[tuple[object, ...]], unit: str) -> bool:
    return connection.execute("SELECT FROM ref_unit WHERE code = %s LIMIT 1", [unit]).fetchone() is not None
