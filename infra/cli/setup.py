"""``ioc setup``: fetches what a private stack needs."""

import typer

from infra.cli.terminal import installation, say
from infra.settings import Settings
from infra.stack.software import prepare_software


def register(app: typer.Typer) -> None:
    app.command("setup")(setup)


def setup() -> None:
    """Prepare everything that `ioc up` needs, and start nothing.

    Makes the home and its secrets, and fetches Kafka (by Maven) and TimescaleDB (Debian's packages, unpacked into a
    folder) once for all homes, into IOC_SOFTWARE. A second run takes no time.
    """
    settings = Settings()
    target = installation(settings)
    if not target.stack.kafka and not target.stack.postgres:
        say("Kafka and the database are somebody else's (IOC_KAFKA, IOC_DATABASE): nothing to fetch.")
        return
    software = prepare_software(settings.software, target.home.account, say)
    say(f"Kafka: {software.jars}")
    say(f"PostgreSQL {software.postgres.major} with TimescaleDB: {software.postgres.bin}")
