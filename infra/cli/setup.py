"""``ioc setup``: fetches what a private stack needs."""

from typing import Annotated

import typer

from infra.account import server_account
from infra.cli.terminal import installation, say
from infra.settings import Settings
from infra.stack.broker import prepare_classes
from infra.stack.software import prepare_software


def register(app: typer.Typer) -> None:
    app.command("setup")(setup)


def setup(
    software_only: Annotated[
        bool, typer.Option("--software", help="Fetch the software that homes share; make no home.")
    ] = False,
) -> None:
    """Prepare everything that `ioc up` needs, and start nothing.

    Makes the home with its secrets and ports, and fetches Kafka (by Maven) and TimescaleDB (Debian's packages, unpacked
    into a folder) once for all homes, into IOC_SOFTWARE. A second run takes no time.
    """
    settings = Settings()
    if settings.kafka is not None and settings.database is not None:
        say("Kafka and the database are somebody else's (IOC_KAFKA, IOC_DATABASE): nothing to fetch.")
        return
    account = server_account()
    software = prepare_software(settings.software, account, say)
    if settings.kafka is None:
        prepare_classes(software)
    say(f"Kafka: {software.jars}")
    say(f"PostgreSQL {software.postgres.major} with TimescaleDB: {software.postgres.bin}")
    if not software_only:
        say(f"Home: {installation(settings).home.root}")
