"""``ioc simulate``: a seeded province, played into the running system, and what it must show."""

import asyncio
import re
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.bar import Bar
from infra.cli.terminal import addresses, answer, database_asked, say
from infra.endpoints import Endpoints
from infra.errors import OperatorError
from infra.simulate.check import FigureDifference, compare
from infra.simulate.run import Plan, lost, perform, rehearse, worker_beats
from infra.simulate.scenarios import NAMES, parse
from infra.simulate.send import Show, held_before
from infra.simulate.telling import Disturbances
from infra.simulate.world import TOPICS
from schemas.province import ZONE, as_date, day_number
from schemas.topics import TOPICS as DECLARED
from streams.errors import Retry
from streams.intake.arrival import Arrival

EXIT_DIFFERENT = 2
EARLIEST = date(2023, 7, 1)  # the simulation's agendas begin in 2023
SAY_EVERY_S = 5.0


def register(app: typer.Typer) -> None:
    listed = "\n\n".join(f"{name}: {what}." for name, what in NAMES.items())
    app.command("simulate", epilog=f"Scenarios.\n\n{listed}")(simulate)


def simulate(
    seed: Annotated[int, typer.Option(min=0, max=2**32, help="The same seed plays the same province.")] = 6,
    span: Annotated[str, typer.Option(help="How many days, e.g. 90d.")] = "90d",
    from_: Annotated[
        str | None, typer.Option("--from", help="First day, YYYY-MM-DD. Default: so that it ends today.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="Day at whose beginning it ends; not after today.")] = None,
    speed: Annotated[
        str, typer.Option(help="1 is real time, 1000 a thousand times that; max as fast as it goes.")
    ] = "max",
    scale: Annotated[float, typer.Option(min=0.001, max=10, help="Size of the province; 1 is Đồng Nai's.")] = 1.0,
    topics: Annotated[str, typer.Option(help=f"Which, with commas between: {', '.join(TOPICS)}.")] = ",".join(TOPICS),
    scenario: Annotated[
        list[str] | None, typer.Option(help="NAME or NAME@YYYY-MM-DD, of those below; may be given several times.")
    ] = None,
    duplicates: Annotated[float, typer.Option(min=0, max=0.5, help="Share of events that are sent twice.")] = 0.02,
    late: Annotated[float, typer.Option(min=0, max=0.4, help="Share that arrive up to 40 days late.")] = 0.05,
    corrections: Annotated[float, typer.Option(min=0, max=0.1, help="Share that are corrected or voided.")] = 0.01,
    truth: Annotated[
        Path | None, typer.Option(help="Write the true figures to this file, JSON lines.", show_default=False)
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Wait until the tables hold everything, and compare every figure.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Decide everything, write the truth, send nothing.")
    ] = False,
) -> None:
    """Play a simulated province into the running system: cases, look-ups, data sets, tasks, platform, portal, outreach.

    Everything comes from the source urn:ioc:simulated and is badged as simulated on every screen. What happens is a
    function of the seed and the days alone. With --truth, what was decided to happen is written beside it as the
    figures that the centre must show.

    With --check the installation must be a fresh one (`ioc reset`), for its figures would not be the simulation's
    alone; then every figure of every topic is compared with the truth, and what the source has sent with what is
    held.

    Exit code 0: done, and with --check no figure differs. 2: some differ, and are listed. 1: it could not be played.
    """
    plan = _plan(
        seed, span, from_, to, speed, scale, topics, scenario or [], Disturbances(duplicates, late, corrections)
    )
    days = plan.last - plan.first
    say(f"Seed {plan.seed}, {as_date(plan.first)} to {as_date(plan.last)} ({days} days), scale {plan.scale:g}.")
    for drill in plan.drills:
        say(f"Scenario {drill}: {NAMES[drill.name]}.")
    if dry_run:
        began = time.monotonic()
        with Bar("simulate") as bar:
            records = rehearse(plan, truth, _progress(plan, bar))
        answer(f"{records:,} events in {time.monotonic() - began:.1f} s; nothing was sent.")
        return
    with tempfile.TemporaryDirectory(prefix="ioc-truth-") as folder:
        kept = truth or (Path(folder) / "truth.jsonl" if check else None)
        where = addresses()
        with database_asked():
            _play(plan, where, kept, fresh=check)
            found = _compare(plan, where, kept) if check and kept is not None else 0
    if found:
        sys.exit(EXIT_DIFFERENT)


def _play(plan: Plan, where: Endpoints, truth: Path | None, *, fresh: bool) -> None:
    if not worker_beats(where.database.screens):
        raise OperatorError("no worker is running, so nothing would take the events. Start them: ioc up")
    try:
        if fresh:
            held = asyncio.run(held_before(where.kafka, [topic.name for topic in DECLARED]))
            if held:
                names = ", ".join(f"{name} ({count:,})" for name, count in held.items())
                raise OperatorError(f"--check needs a fresh installation, and there are events already: {names}")
        began = time.monotonic()
        with Bar("simulate") as bar:
            shown = _progress(plan, bar), _Arriving(bar).show
            sent = asyncio.run(perform(plan, where.kafka, where.database.streams, truth, *shown))
    except Retry as exc:
        raise OperatorError(f"stopped: {exc}") from exc
    except KeyboardInterrupt:
        say("Interrupted. What was sent stays.")
        raise typer.Exit(130) from None
    seconds = time.monotonic() - began
    answer(f"{sent:,} events sent and in the tables after {seconds:.1f} s ({sent / seconds:,.0f} a second).")


def _compare(plan: Plan, where: Endpoints, truth: Path) -> int:
    compared, found = compare(where.database.screens, truth)
    for one in found:
        answer(_line(one))
    gone = lost(where.database.streams, plan)
    for loss in gone:
        answer(f"lost {loss.topic} {loss.day} {loss.unit or '-'}: sent {loss.sent}, held {loss.held}")
    verdict = "every figure equals the truth" if not found else f"{len(found):,} differ"
    answer(f"{compared:,} figures compared: {verdict}. Books of the source: {len(gone) or 'no'} differences.")
    return len(found) + len(gone)


def _line(one: FigureDifference) -> str:
    place = " / ".join(name or "-" for name in (one.unit, one.part))
    return f"{one.figure}.{one.counter} {place} {one.slot}: truth {one.truth:,}, shown {one.shown:,}"


def _plan(
    seed: int,
    span: str,
    from_: str | None,
    to: str | None,
    speed: str,
    scale: float,
    topics: str,
    scenarios: list[str],
    disturbances: Disturbances,
) -> Plan:
    today = datetime.now(UTC).astimezone(ZONE).date()
    matched = re.fullmatch(r"([1-9]\d{0,3})d", span)
    if matched is None:
        raise OperatorError("--span is a number of days, e.g. 90d")
    days = int(matched[1])
    first, last = _day("--from", from_), _day("--to", to)
    if last is None:
        last = as_date(day_number(first) + days) if first is not None else today
    begin, end = day_number(first) if first is not None else day_number(last) - days, day_number(last)
    if not day_number(EARLIEST) <= begin < end:
        raise OperatorError(f"the first day must be before the last and not before {EARLIEST}")
    if end > day_number(today):
        raise OperatorError("it must not end after today: no event may lie in the future. See --from, --to and --span")
    chosen = tuple(topic for topic in topics.split(",") if topic)
    unknown = set(chosen) - set(TOPICS)
    if unknown or not chosen:
        raise OperatorError(f"--topics: there are {', '.join(TOPICS)}")
    try:
        drills = tuple(parse(text, begin, end - 1) for text in scenarios)
    except ValueError as exc:
        raise OperatorError(f"--scenario: {exc}") from None
    outside = [str(drill) for drill in drills if not begin <= drill.day < end]
    if outside:
        raise OperatorError(f"--scenario: {', '.join(outside)} lies outside {as_date(begin)} to {as_date(end)}")
    return Plan(seed, begin, end, scale, _speed(speed), chosen, drills, disturbances)


def _day(option: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise OperatorError(f"{option} is a day, YYYY-MM-DD") from None


def _speed(text: str) -> float:
    """0 for ``max``."""
    if text == "max":
        return 0.0
    try:
        speed = float(text.rstrip("x×"))
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 1_000:
        raise OperatorError("--speed is max, or a number from 1 (real time) to 1000")
    return speed


def _progress(plan: Plan, bar: Bar) -> Show:
    """Says which day is played: a bar at a terminal, elsewhere a line now and then."""
    last = time.monotonic()

    def show(day: int, records: int) -> None:
        nonlocal last
        bar.at(day - plan.first + 1, plan.last - plan.first, f"{as_date(day)}, {records:,} events")
        if not bar.shown and time.monotonic() - last >= SAY_EVERY_S:
            last = time.monotonic()
            say(f"{as_date(day)}: {records:,} events, {day - plan.first + 1} of {plan.last - plan.first} days")

    return show


class _Arriving:
    """Says how far the tables are, likewise."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._last = time.monotonic()

    def show(self, topic: str, so_far: Arrival) -> None:
        self._bar.at(so_far.taken, so_far.wanted, f"ioc.{topic} into the tables {so_far.waiting}".rstrip())
        if not self._bar.shown and time.monotonic() - self._last >= SAY_EVERY_S and not so_far.complete:
            self._last = time.monotonic()
            say(f"ioc.{topic}: {so_far.taken:,} of {so_far.wanted:,} in the tables {so_far.waiting}".rstrip())
