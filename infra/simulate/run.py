"""One simulation from its plan to its end: decided, sent, waited for, compared."""

import gc
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg

from infra.simulate.calendar import seconds_of
from infra.simulate.play import PlayedBatch, no_truth, play
from infra.simulate.scenarios import Drill, Drills
from infra.simulate.send import GC_THRESHOLD, Show, Stage
from infra.simulate.telling import USUAL, Disturbances
from infra.simulate.topic import SimulatedTopic
from infra.simulate.truth import Head, TruthFile, TruthRow
from infra.simulate.world import TOPICS, build, figures_of
from schemas.losses import SourceLoss
from schemas.province import as_date
from streams.intake.arrival import Arrival
from streams.losses import losses

BOOKS_CLOSE = 2  # days after a day its source closes its books of it


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played: days ``first`` to ``last`` (numbers, the last not included). ``speed`` 0: as fast as it goes."""

    seed: int
    first: int
    last: int
    scale: float = 1.0
    speed: float = 0.0
    topics: tuple[str, ...] = tuple(TOPICS)
    drills: tuple[Drill, ...] = ()
    disturbances: Disturbances = USUAL

    def world(self) -> list[SimulatedTopic]:
        return build(self.seed, self.scale, self.disturbances, Drills(self.drills), self.first, self.last, self.topics)

    def head(self) -> Head:
        return Head(
            seed=self.seed,
            first=as_date(self.first).isoformat(),
            until=as_date(self.last).isoformat(),
            scale=self.scale,
            topics=list(self.topics),
            scenarios=[str(drill) for drill in self.drills],
            disturbances={
                "duplicates": self.disturbances.duplicates,
                "late": self.disturbances.late,
                "corrections": self.disturbances.corrections,
            },
            figures=figures_of(self.topics, Drills(self.drills)),
        )


def rehearse(plan: Plan, truth: Path | None, show: Show) -> int:
    """Decides everything, writes the truth and sends nothing. How many records there would have been."""
    records = 0
    gc.set_threshold(*GC_THRESHOLD)
    with ExitStack() as stack:
        for batch in play(plan.world(), plan.first, plan.last, _keeper(plan, truth, stack)):
            records += len(batch.records)
            show(batch.day, records)
    return records


async def perform(
    plan: Plan,
    kafka: str,
    database: str,
    truth: Path | None,
    show: Show,
    arrived: Callable[[str, Arrival], None],
    suffix: str = "",
) -> int:
    """Sends everything and returns when the tables hold it. How many records were sent. ``suffix`` stands behind the
    names of the topics. Raises ``Retry``."""
    async with Stage(kafka, plan.topics, suffix) as stage:
        with ExitStack() as stack:
            batches: Iterable[PlayedBatch] = play(plan.world(), plan.first, plan.last, _keeper(plan, truth, stack))
            if plan.speed:
                await stage.paced(batches, plan.speed, seconds_of(plan.first), show)
            else:
                await stage.fast(batches, show)
        await stage.in_tables(database, arrived)
        return stage.sent


def lost(database: str, plan: Plan) -> list[SourceLoss]:
    """What differs between the books of the source and what is held, on the days whose books are closed; a few days at
    a time, because the database ends transactions that take long."""
    found: list[SourceLoss] = []
    step, end = max(1, int(5 / plan.scale)), plan.last - BOOKS_CLOSE
    with psycopg.connect(database, autocommit=True) as connection:
        found += losses(connection, date(2022, 1, 1), as_date(plan.first - 1))
        for day in range(plan.first, end, step):
            found += losses(connection, as_date(day), as_date(min(day + step, end) - 1))
    return found


def worker_beats(database: str) -> bool:
    """Whether a worker has given a sign of life within the last 15 seconds."""
    with psycopg.connect(database, autocommit=True) as connection:
        row = connection.execute("SELECT max(beat_at) FROM heartbeat").fetchone()
    return row is not None and row[0] is not None and datetime.now(UTC) - row[0] < timedelta(seconds=15)


def _keeper(plan: Plan, truth: Path | None, stack: ExitStack) -> Callable[[Iterable[TruthRow]], None]:
    return no_truth if truth is None else stack.enter_context(TruthFile(truth, plan.head())).write
