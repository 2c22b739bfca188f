"""``ioc stack``: Kafka and TimescaleDB alone."""

import typer

from infra.cli.terminal import answer, existing, installation, say
from infra.endpoints import endpoints
from infra.settings import Settings


def register(app: typer.Typer) -> None:
    stack = typer.Typer(
        no_args_is_help=True, help="Start, stop or look at the home's private Kafka and TimescaleDB alone."
    )
    stack.command("up")(up)
    stack.command("down")(down)
    stack.command("status")(status)
    app.add_typer(stack, name="stack")


def up() -> None:
    """Start Kafka and TimescaleDB and leave them running.

    They outlive `ioc up` and its Ctrl-C, until `ioc stack down`. Missing software is fetched first, once for all homes
    (IOC_SOFTWARE). The data survives a restart of the machine.
    """
    settings = Settings()
    target = installation(settings)
    target.stack.up(say, owner="stack")
    say("Kafka and TimescaleDB are running; `ioc stack down` stops them.")
    answer(f"kafka {endpoints(target.home, settings).kafka}")
    answer(f"postgres 127.0.0.1:{target.home.ports['postgres']}")


def down() -> None:
    """Stop Kafka and TimescaleDB. Refused while `ioc up` uses them. Data is kept."""
    target = existing(Settings())
    if target is None:
        say("Nothing is running: there is no home yet.")
    elif target.supervisor.pid() is not None:
        say("The workers and screens of this home are running on it; `ioc down` stops those first.")
        raise typer.Exit(1)
    elif target.stack.down():
        say("Stopped Kafka and TimescaleDB.")
    else:
        say("Nothing was running.")


def status() -> None:
    """Say whether Kafka and TimescaleDB run, with their pids and addresses."""
    target = existing(Settings())
    processes = target.stack.processes() if target else []
    ports = target.home.ports if target else {}
    for process in processes:
        answer(f"{process.name} {process.state.lower()} pid {process.pid} 127.0.0.1:{ports[process.name]}")
    if not processes:
        answer("not running")
