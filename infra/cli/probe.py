"""``ioc probe``: one look at every system of the data centre, without a process that stays."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from infra.cli.printing import print_table
from infra.cli.terminal import addresses
from infra.errors import OperatorError
from infra.processes import PLATFORM_FILE
from infra.settings import Settings
from schemas.json_text import decode
from schemas.topics import PLATFORM
from streams.errors import Retry
from streams.intake.errors import IntakeError
from streams.intake.feed import KafkaFeed
from streams.intake.outgoing import Outgoing
from streams.intake.platform.counters import Counters
from streams.intake.platform.events import PlatformTeller
from streams.intake.platform.prober import look_once
from streams.intake.platform.systems import Systems, load

KEPT = "probe-once.json"  # counters, for the next `ioc probe --send`
WHY = {
    "status": "the page answers another status than 200",
    "too_large": "the page is too long",
    "encoding": "the page is not UTF-8",
    "line": "a line is neither Prometheus nor OpenMetrics",
    "repeated": "a family comes twice",
    "unfinished": "the page breaks off before # EOF",
    "no_answer": "the page does not answer",
}


def register(app: typer.Typer) -> None:
    app.command("probe")(probe)


def probe(
    file: Annotated[
        Path | None, typer.Option(help="Which systems; by default platform.toml in IOC_HOME.", show_default=False)
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Also send what was seen to Kafka.")] = False,
) -> None:
    """Look once at every system of platform.toml, and print what was seen.

    `ioc up` keeps a process `probes` that does so all the time, once IOC_HOME has the file: use this to try the file
    out, or with --send from a timer where no process may stay. Requests and errors are what was added since the last
    look with --send; the first one knows none.

    Exit code 0: every system was reachable. 4: some were not. An unreachable system is sent as such. One whose metrics
    cannot be read is reachable; why its numbers are missing is printed and sent.
    """
    settings = Settings()
    kept = settings.home / "run" / KEPT
    named = file or settings.home / PLATFORM_FILE
    if file is None and not named.exists():
        raise OperatorError(f"no systems to look at: {named} names them, docs/examples/platform.toml is an example")
    try:
        systems = load(named)
        if send:
            kafka = addresses().kafka
            teller = PlatformTeller(systems.source, Counters.kept(kept))
            found = asyncio.run(_look(systems, teller, kafka))
            teller.counters.keep(kept)
        else:
            found = asyncio.run(_look(systems, PlatformTeller(systems.source, Counters()), None))
    except (IntakeError, Retry) as exc:
        raise OperatorError(str(exc)) from exc
    seen = [decode(event.value) for event in found]
    _print(seen)
    if not all(event["data"].get("reachable", True) for event in seen):
        raise typer.Exit(4)


async def _look(systems: Systems, teller: PlatformTeller, kafka: str | None) -> list[Outgoing]:
    found: list[Outgoing] = []
    await look_once(systems, teller, found.append)
    if kafka is not None:
        async with KafkaFeed(kafka, PLATFORM.name, client_id="ioc-probe") as feed:
            for event in found:
                await feed.send(event.key, event.value)
            await feed.flush()
    return found


def _print(seen: list[dict[str, Any]]) -> None:
    table = Table(
        "system", "reachable", "ms", "requests", "errors", "fullest ‰", "numbers", "certificate until", box=None
    )
    until = {e["data"]["system"]: e["data"]["expires_at"] for e in seen if e["type"] == "certificate.seen.v1"}
    for event in seen:
        data = event["data"]
        if event["type"] == "system.measured.v1":
            figures = (str(data.get(name, "")) for name in ("latency_ms", "requests", "errors", "capacity_permille"))
            reachable = "yes" if data["reachable"] else "NO"
            why = data.get("unreadable")
            numbers = "" if why is None else f"unreadable: {WHY[why]}"
            table.add_row(data["system"], reachable, *figures, numbers, str(until.get(data["system"], ""))[:10])
    print_table(table)
