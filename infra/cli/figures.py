"""``ioc figures``: every counter, as the wall and the data API count it."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from dashboards.periods import Period, PeriodName, between, named
from dashboards.readers import domains, sources
from dashboards.readers import figures as reader
from dashboards.readers.database import Connection
from dashboards.readers.figures import By, FigureRow
from dashboards.readers.sources import KnownSource, KnownStream
from infra.cli import figures_views
from infra.cli.asking import snapshot
from infra.cli.printing import print_table
from infra.cli.terminal import addresses, answer, province_clock
from schemas.case_counters import CASE_COUNTERS
from schemas.cases import Channel
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind
from schemas.json_text import indented
from schemas.province_clock import REAL_TIME, ProvinceClock
from schemas.simulated_history import reached_of

DAY = "%Y-%m-%d"


def register(app: typer.Typer) -> None:
    app.command("figures")(figures)


def figures(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=[DAY], help="First day counted, in the province.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=[DAY], help="Last day counted, itself included.")
    ] = None,
) -> None:
    """Print every counter, in total, by channel and by unit, and what each source has sent.

    All of it is of one moment, `as_of`. Without days everything is counted. Days bound what happened (accepted, steps,
    finished …); what is so now (open, overdue) is of that moment, and null where the days are over.

    With --json: {"as_of": …, "cases": {"accepted": 1434, …, "by_channel": {"online": 1250, …} (accepted),
    "by_unit": {UNIT: {"accepted": …, …}}}, DOMAIN: {every counter of it, "by_unit": …, "by_part": {PART: …}} for task,
    dataset and every other topic, "duplicates": …, "rejected": …, "sources": [{"source": …, "events": …,
    "duplicates": …, "rejected": …}]}. A counter that does not add up over parts is null in total and by unit, one
    of this moment where the days are over.
    "score_766": {"reading": …, "days": …, "province": {"total": …, "possible": …, "components": {CODE: {"part": …,
    "whole": …, "points": …, "published": …}}}, "by_unit": {UNIT: …}, "information": what gives no points},
    "essential_services", "portal_gap", "chains" and "forecast" are as the data API answers them. Without days these
    and the score are of this month. A single day has no score: "score_766" is null.
    """
    period = _period(first, last)
    where = addresses()
    found = asyncio.run(read(where.database.api, period, province_clock()))
    if as_json:
        answer(indented(found.plain()))
    else:
        _print(found)


@dataclass(frozen=True, slots=True)
class FoundFigures:
    """All of one snapshot, at ``as_of``."""

    as_of: datetime
    period: Period
    total: dict[str, int]
    by_channel: tuple[FigureRow, ...]
    by_unit: tuple[FigureRow, ...]
    stream: KnownStream
    domains: Mapping[str, Mapping[domains.DomainBy, tuple[domains.DomainRow, ...]]]
    views: Mapping[str, Any]
    history_to: date | None = None  # of a demo that has not loaded its whole year, the earliest day that it has

    @property
    def accepted_by_channel(self) -> dict[str, int]:
        """Every channel that there is, also those of which nothing came."""
        return {channel.value: 0 for channel in Channel} | {
            row.key: row.counts["accepted"] for row in self.by_channel if row.counts["accepted"]
        }

    def plain(self) -> dict[str, Any]:
        """As JSON writes it."""
        position = self.stream.position
        return {
            "as_of": _iso(self.as_of),
            "days": {"first": _iso(self.period.first), "last": _iso(self.period.last)},
            "empty": position.empty,
            "simulated": self.stream.simulated,
            "history_to": _iso(self.history_to),
            "cases": {
                **_every(self.total),
                "by_channel": self.accepted_by_channel,
                "by_unit": {row.key: _every(row.counts) for row in self.by_unit},
            },
            **{
                name: {
                    **rows[domains.DomainBy.TOTAL][0].counts,
                    "by_unit": {row.key: row.counts for row in rows[domains.DomainBy.UNIT]},
                    "by_part": {row.key: row.counts for row in rows[domains.DomainBy.PART]},
                }
                for name, rows in self.domains.items()
            },
            **self.views,
            "duplicates": position.duplicates,
            "rejected": position.rejected,
            "stream": {
                "records": position.records,
                "old_rules": self.stream.old_rules,
                "old_subjects": self.stream.old.subjects,
                "holes": [{**asdict(hole), "found_at": _iso(hole.found_at)} for hole in self.stream.holes],
            },
            "sources": [
                {
                    **asdict(source),
                    "last_time": _iso(source.last_time),
                    "received_at": _iso(source.received_at),
                    "age_s": _age(source, self.as_of),
                    "simulated": source.simulated,
                    "imported": source.imported,
                }
                for source in self.stream.sources
            ],
        }


async def read(url: str, period: Period, clock: ProvinceClock = REAL_TIME) -> FoundFigures:
    """Everything that is printed, from one snapshot. Errors: as :func:`infra.cli.asking.snapshot`."""
    async with snapshot(url, "figures", clock) as (conn, as_of):
        bounded = period.first is not None and period.last is not None
        seen = period if bounded else named(PeriodName.MONTH, as_of)
        return FoundFigures(
            as_of,
            period,
            await reader.total(conn, as_of, period),
            await reader.read(conn, as_of, period, By.CHANNEL),
            await reader.read(conn, as_of, period, By.UNIT),
            await _stream(conn),
            {
                name: {
                    by: await domains.read(conn, as_of, domain, period, by)
                    for by in (domains.DomainBy.TOTAL, domains.DomainBy.UNIT, domains.DomainBy.PART)
                }
                for name, domain in DOMAINS.items()
            },
            await figures_views.read(conn, as_of, seen),
            reached_of((beat.process, beat.state, beat.detail) for beat in await sources.heartbeats(conn)),
        )


async def _stream(conn: Connection) -> KnownStream:
    """With those of which only rejected records came."""
    found = await sources.stream(conn)
    return replace(found, sources=(*found.sources, *await sources.strangers(conn)))


def _period(first: datetime | None, last: datetime | None) -> Period:
    try:
        return between(first.date() if first else None, last.date() if last else None)
    except ValueError as exc:
        raise typer.BadParameter(str(exc), param_hint="--to") from exc


def _every(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Every counter of cases; ``None`` of this moment where the days are over."""
    return {counter.name: counts.get(counter.name) for counter in CASE_COUNTERS}


def _said(amount: int | None) -> str:
    """Nothing for what does not belong to the days asked for."""
    return "" if amount is None else f"{amount:,}"


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def _age(source: KnownSource, as_of: datetime) -> float | None:
    age = source.age(as_of)
    return None if age is None else round(age.total_seconds(), 1)


def _print(found: FoundFigures) -> None:
    if found.stream.position.empty:
        answer("Nothing has been taken yet, so there are no figures. Bring a log in with `ioc import`.")
        return
    days = f"{found.period.first or '…'} to {found.period.last or '…'}, " if found.period.name == "between" else ""
    answer(f"{days}as of {found.as_of:%F %T} UTC" + (", with SIMULATED data" if found.stream.simulated else ""))
    if found.history_to is not None:
        answer(
            f"Simulated history is loaded back to {found.history_to} only: open, overdue and past days still change."
        )

    table = Table("counter", "", "amount", box=None)
    for counter in CASE_COUNTERS:
        now = " (now)" if counter.kind is Kind.NOW else ""
        table.add_row(counter.name, f"{counter.label}{now}", _said(found.total.get(counter.name)))
    print_table(table)

    table = Table("channel", "accepted", box=None)
    for channel, amount in found.accepted_by_channel.items():
        table.add_row(channel or "(none named)", f"{amount:,}")
    print_table(table)

    columns = ("accepted", "steps", "finished", "on_time", "late", "open", "overdue")
    table = Table("unit", *columns, box=None)
    for row in sorted(found.by_unit, key=lambda row: -row.counts["accepted"]):
        table.add_row(row.key or "(none named)", *(_said(row.counts.get(name)) for name in columns))
    print_table(table)

    table = Table("topic", "counter", "", "amount", box=None)
    for name, domain in DOMAINS.items():
        counts = found.domains[name][domains.DomainBy.TOTAL][0].counts
        for of_domain in domain.counters:
            if found_of_it := counts[of_domain.name]:
                table.add_row(name, of_domain.name, f"{domain.label}: {of_domain.label}", f"{found_of_it:,}")
    print_table(table)

    table = Table("source", "topic", "events", "duplicates", "rejected", "last record", box=None)
    for source in found.stream.sources:
        last = f"{source.received_at:%F %T}" if source.received_at else ""
        amounts = (f"{amount:,}" for amount in (source.events, source.duplicates, source.rejected))
        table.add_row(source.source, source.topic, *amounts, last)
    print_table(table)
    for hole in found.stream.holes:
        answer(f"Lost: {hole.topic}/{hole.partition} from {hole.from_offset} to {hole.to_offset}, before it was taken.")
    if found.stream.old_rules:
        answer(f"{found.stream.old_rules:,} cases still stand under older rules.")
    if found.stream.old.subjects:
        answer(f"{found.stream.old.subjects:,} subjects of other topics still stand under older rules or names.")
