"""``ioc down``: stops what runs."""

import typer

from infra.cli.terminal import existing, say
from infra.settings import Settings


def register(app: typer.Typer) -> None:
    app.command("down")(down)


def down() -> None:
    """Stop the processes of this home, and its Kafka and TimescaleDB.

    An `ioc up` at another terminal is asked to end. A stack that `ioc stack up` started goes on; `ioc stack down` stops
    it. Data is kept. Nothing running is fine too.
    """
    target = existing(Settings())
    if target is None:
        say("Nothing is running: there is no home yet.")
        return
    target.down(say)
