"""``ioc forecast``: what is due tomorrow and at risk, and what the forecasts are worth."""

import asyncio
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from dashboards.views.forecast import reader
from infra.cli.asking import snapshot
from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, province_clock, say
from schemas.json_text import indented
from schemas.province_clock import ProvinceClock
from streams.forecast.nightly import run as run_now


def register(app: typer.Typer) -> None:
    app.command("forecast")(forecast)


def forecast(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    now: Annotated[bool, typer.Option("--run", help="Make today's forecast now, in place of the night's.")] = False,
) -> None:
    """Print how many open cases are due tomorrow and at risk, by unit, and how good the forecasts were.

    The night's run makes them (`forecast` in `ioc status`). Where they do not beat the mean time of each step they are
    hidden, and the reason is said. docs/forecast.md.
    """
    where, clock = addresses(), province_clock()
    if now:
        ran = run_now(where.database.streams, clock())
        say(f"learned from {ran.cases:,} cases; {ran.forecasts:,} forecasts, {ran.at_risk:,} at risk")
    found = asyncio.run(_read(where.database.api, clock))
    if as_json:
        answer(indented(found))
    else:
        _print(found)


async def _read(url: str, clock: ProvinceClock) -> dict[str, Any]:
    async with snapshot(url, "forecast", clock) as (conn, as_of):
        run, worth = await reader.run(conn, as_of), await reader.worth(conn, as_of)
        counts = await reader.counts(conn, as_of)
        return {
            "as_of": as_of.isoformat(),
            "run": None if run is None else {**asdict(run), "shown": run.shown},
            "worth": asdict(worth),
            **{str(name): of for name, of in counts.items()},
        }


def _print(found: dict[str, Any]) -> None:
    run = found["run"]
    if run is None:
        answer("no forecast has been made yet")
    elif run["reason"]:
        answer(f"hidden: {run['reason']}")
    else:
        for part, shown in (("chances", run["chances_shown"]), ("days", run["days_shown"])):
            if not shown:
                answer(f"hidden: {part}, no better than the baseline")
        if run["chances_shown"] and run["at_risk"] is None:
            answer("nobody is named: no threshold tells the late from the others")
    table = Table("unit", *(str(name) for name in reader.ListName), box=None)
    lists = [found[str(name)] for name in reader.ListName]
    for unit in sorted(set().union(*lists)):
        table.add_row(unit, *(f"{of.get(unit, 0):,}" for of in lists))
    table.add_row("all", *(f"{sum(of.values()):,}" for of in lists))
    print_table(table)
    worth = found["worth"]
    if worth["error"] is not None:
        answer(
            f"30 days: error {worth['error']:.2f} of the baseline's; {worth['named_late']:,} of {worth['late_cases']:,}"
            f" late cases named 2 working days before, of {worth['named']:,} named; of all {worth['ahead']:,} that were"
            f" open then {worth['late_ahead']:,} were late"
        )
