"""``ioc drill``: plays an attack on the look-ups in a simulated home, and says when it was seen and held back."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import psycopg
import typer

from infra.cli.terminal import addresses, answer, province_clock, receiver_port, say
from infra.demo_clock import other_source
from infra.errors import OperatorError
from schemas.case_data import SIMULATED
from schemas.province_clock import ProvinceClock
from schemas.topics import LOOKUPS
from streams.intake.feed import KafkaFeed

EVERY_S = 0.5
AFTER_S = 60  # that one waits for a finding once all is sent
SIMULATED_HOME = "SELECT count(*) FROM stream_source WHERE source = %s AND events > 0"
SEEN = "SELECT rule, seen_at, lookups FROM lookup_finding WHERE key = %s AND last_at >= %s ORDER BY seen_at, rule"


def register(app: typer.Typer) -> None:
    app.command("drill")(drill)


def drill(
    name: Annotated[str, typer.Argument(help="surge, retry-storm or leaked-account.", show_default=False)],
    minutes: Annotated[int, typer.Option(min=1, max=240, help="How long it lasts.")] = 5,
) -> None:
    """Play an attack on the look-ups in a simulated home, as it happens, and say when the guard saw it.

    An order that holds its account, unit or application back is obeyed."""
    from infra.simulate.drills import DRILLS  # a working calendar takes a moment to make

    if name not in DRILLS:
        raise OperatorError(f"no such drill; there are {', '.join(DRILLS)}")
    where, clock = addresses(), province_clock()
    if (other := other_source(where.database.streams)) is not None:
        raise OperatorError(f"drills are for simulated homes, and this one holds events of {other}")
    with psycopg.connect(where.database.streams, autocommit=True) as connection:
        row = connection.execute(SIMULATED_HOME, [SIMULATED]).fetchone()
        if row is None or not row[0]:
            raise OperatorError("drills are for simulated homes; `ioc up --demo` makes one")
        say(DRILLS[name][0])
        asyncio.run(_play(where.kafka, connection, name, minutes, clock, receiver_port()))


async def _play(
    kafka: str,
    connection: psycopg.Connection[tuple[object, ...]],
    name: str,
    minutes: int,
    clock: ProvinceClock,
    receiver: int,
) -> None:
    from infra.simulate.drills import records
    from infra.simulate.held_now import held_now, let_through

    begins = int(clock().timestamp()) + 1
    who, coming = records(name, 6, begins, minutes)
    since = datetime.fromtimestamp(begins, UTC)
    ordered = None
    ends, told = coming[-1][0] if coming else begins, set[str]()
    async with KafkaFeed(kafka, LOOKUPS.name, "ioc-drill") as feed:
        place, held_back = 0, 0
        while clock().timestamp() < ends + AFTER_S and not (told and place == len(coming)):
            measure = await asyncio.to_thread(held_now, receiver, who.account, who.unit, who.application)
            if measure is not ordered:
                word = "no longer held back" if measure is None else f"held back by an order ({measure})"
                answer(f"{word}, {clock().timestamp() - begins:.0f} s after it began")
                ordered = measure
            while place < len(coming) and coming[place][0] <= clock().timestamp():
                if let_through(measure, place):
                    await feed.send(*coming[place][1:])
                else:
                    held_back += 1
                place += 1
            await feed.flush()
            rows = await asyncio.to_thread(lambda: connection.execute(SEEN, [who.account, since]).fetchall())
            for rule, seen, lookups in rows:
                if rule not in told and isinstance(seen, datetime):
                    told.add(str(rule))
                    delay = max((seen - since).total_seconds(), 0.0)
                    answer(f"{rule}: seen {delay:.0f} s after it began, at {lookups} look-ups")
            await asyncio.sleep(EVERY_S)
    answer(f"sent {feed.sent} look-ups by {who.account}, {held_back} held back; " + ("seen" if told else "NOT SEEN"))
