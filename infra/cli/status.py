"""``ioc status``: what runs."""

from typing import Annotated

import typer
from rich.table import Table

from infra.cli.printing import print_table
from infra.cli.terminal import answer, demo_hint, existing
from infra.disk import left
from infra.settings import Settings
from infra.status import HomeStatus
from infra.status import status as look
from schemas.json_text import encode
from schemas.simulated_history import PROCESS


def register(app: typer.Typer) -> None:
    app.command("status")(status)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say what runs and whether it is ready; exit code 0 either way.

    Ready means: Kafka and the database answer, the schema is the newest, every worker has given a sign of life within
    15 seconds, and the screens, the data API and the gateway answer. With --json:
    {"ready": true, "home": "/var/lib/ioc", "missing": [], "history_to": null, "ending": [], "processes": [{"name":
    "worker-1", "pid": 4711, "url": null}, …]}; missing says what keeps it from being ready, history_to up to which day
    a demo has loaded the year behind the present day, null once it has, and of every other home; ending names keys and
    sources' tokens that end within 14 days.
    """
    settings = Settings()
    target = existing(settings)
    now = look(target.home, target.settings) if target else HomeStatus(settings.home)
    if as_json:
        answer(encode(now.as_json()).decode())
        return
    answer(
        f"Home: {now.home}"
        + (f", {left(target.home.root)} left on its disk" if target else f", not there yet{demo_hint()}")
    )
    if now.processes:
        table = Table("process", "pid", "address", box=None)
        for process in now.processes:
            table.add_row(process.name, str(process.pid), process.url or "")
        print_table(table)
    for key in now.ending:
        answer(key.said() + ".")
    if now.history_to is not None:
        answer(told_of_history(now))
    answer("Ready." if now.ready else "Not ready: " + "; ".join(now.missing) + ".")


def told_of_history(now: HomeStatus) -> str:
    back = f"back to {now.history_to}, the latest days first"
    if any(process.name == PROCESS for process in now.processes):
        return f"Simulated history is still being loaded: {back}. Until then open, overdue and past days change."
    return f"Simulated history is loaded only {back}; `make run` goes on with it."
