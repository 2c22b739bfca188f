"""One import: file → events → Kafka → tables, watched from end to end."""

import asyncio
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from schemas.topics import Topic
from streams.broker import Broker
from streams.errors import Retry
from streams.intake.arrival import Arrival, Counts, Tables, arrival, reached
from streams.intake.errors import IntakeError
from streams.intake.feed import Feed
from streams.intake.log import Log
from streams.intake.log_events import Outgoing, Translator
from streams.intake.mapping import Mapping
from streams.intake.memory import Memory
from streams.intake.rows import Rejection, Row

BEAT_AGE = timedelta(seconds=15)  # each worker writes one every 2 s
SHOW_EVERY_S = 0.25


class Viewer(Protocol):
    """Whoever watches an import: a progress bar, or a test."""

    def read(self, position: int, size: int) -> None:
        """Bytes of the file."""

    def sent(self, sent: int, acknowledged: int) -> None:
        """Events handed to Kafka, and those it has."""

    def taken(self, so_far: Arrival) -> None:
        """Of the events that Kafka has, those in the tables."""

    def rejected(self, rejection: Rejection) -> None:
        """A row, or a part of it, that could not be taken."""


@dataclass(slots=True)
class Report:
    """What an import came to. ``outcome`` is what the tables say of this source since the import began; ``None`` after
    a trial."""

    rows: int = 0
    rejected_rows: int = 0
    events: Counter[str] = field(default_factory=Counter)
    outcome: Counts | None = None

    @property
    def clean(self) -> bool:
        return not self.rejected_rows and (self.outcome is None or not self.outcome.rejected)


class Reading:
    """Walks through a file once and keeps the account of it."""

    def __init__(self, path: Path, mapping: Mapping, topic: Topic, report: Report, viewer: Viewer) -> None:
        self._path = path
        self._mapping = mapping
        self._topic = topic
        self._report = report
        self._viewer = viewer
        self._rejected_line = 0

    def events(self) -> Generator[Outgoing, None, None]:
        with Log(self._path, self._mapping) as log, Memory() as memory:
            translator = Translator(self._mapping, self._topic, memory, datetime.now(UTC))
            for number, event in enumerate(translator.events(self._rows(log))):
                if number % 1_000 == 0:
                    self._viewer.read(log.position, log.size)
                if isinstance(event, Rejection):
                    self._reject(event)
                else:
                    self._report.events[event.kind] += 1
                    yield event
            self._viewer.read(log.size, log.size)

    def _rows(self, log: Log) -> Iterator[Row | Rejection]:
        for row in log:
            self._report.rows += 1
            yield row

    def _reject(self, rejection: Rejection) -> None:
        if rejection.line != self._rejected_line:
            self._report.rejected_rows += 1
            self._rejected_line = rejection.line
        self._viewer.rejected(rejection)


def rehearse(path: Path, mapping: Mapping, topic: Topic, viewer: Viewer) -> Report:
    """Reads and checks everything and sends nothing."""
    report = Report()
    for _ in Reading(path, mapping, topic, report, viewer).events():
        pass
    return report


async def import_log(path: Path, mapping: Mapping, topic: Topic, kafka: str, database: str, viewer: Viewer) -> Report:
    """Returns when the tables hold the file's last record, however long a worker or the database is away meanwhile.

    Raises :class:`IntakeError`, before anything is sent, where file and mapping do not fit or no worker runs; and where
    Kafka stays away for a minute while sending. Then what was sent stays, and importing again sends the same events.
    """
    broker = Broker(kafka)
    report = Report()
    try:
        identity = await asyncio.to_thread(broker.identity, [topic.name])
        async with Tables(database, identity, topic.name) as tables:
            await _require_worker(tables)
            async with Feed(kafka, topic.name) as feed:
                await _settle(broker, [(topic.name, part) for part in await feed.partitions()], tables, viewer)
                before = await tables.counts(mapping.constants.source)
                await _send(Reading(path, mapping, topic, report, viewer), feed, tables, viewer)
            viewer.sent(feed.sent, feed.acknowledged)
            await reached(tables, feed.first, feed.next, viewer.taken)
            report.outcome = (await _patiently(tables, mapping.constants.source)).since(before)
    except Retry as exc:
        raise IntakeError(f"stopped: {exc}. Import the file again: what has arrived is not counted twice") from exc
    return report


async def _require_worker(tables: Tables) -> None:
    beat = await tables.last_beat()
    if beat is None or datetime.now(UTC) - beat > BEAT_AGE:
        since = f"the last sign of life was at {beat:%Y-%m-%d %H:%M:%S} UTC" if beat else "there has never been one"
        raise IntakeError(f"no worker is running ({since}), so nothing would take the events. Start them: ioc up")


async def _settle(broker: Broker, parts: list[tuple[str, int]], tables: Tables, viewer: Viewer) -> None:
    """Waits for what earlier imports have sent, so that the counts that follow are this one's."""
    extents = await asyncio.to_thread(broker.extents, parts)
    ends = {partition: extent.end for (_, partition), extent in extents.items()}
    position = await tables.position()
    starts = {partition: min(position.get(partition, 0), end) for partition, end in ends.items()}
    await reached(tables, starts, ends, viewer.taken)


async def _send(reading: Reading, feed: Feed, tables: Tables, viewer: Viewer) -> None:
    finished = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(_watch(feed, tables, viewer, finished))
        try:
            with closing(reading.events()) as events:
                for event in events:
                    await feed.send(event.key, event.value)
            await feed.flush()
        finally:
            finished.set()


async def _watch(feed: Feed, tables: Tables, viewer: Viewer, finished: asyncio.Event) -> None:
    """Shows how the tables follow while the file is still being read."""
    while not finished.is_set():
        viewer.sent(feed.sent, feed.acknowledged)
        next_ = dict(feed.next)
        try:
            viewer.taken(arrival(await tables.position(), feed.first, next_))
        except Retry as exc:
            viewer.taken(arrival({}, feed.first, next_)._replace(waiting=str(exc)))
        with suppress(TimeoutError):
            await asyncio.wait_for(finished.wait(), SHOW_EVERY_S)


async def _patiently(tables: Tables, source: str) -> Counts:
    while True:
        try:
            return await tables.counts(source)
        except Retry:
            await asyncio.sleep(SHOW_EVERY_S)
