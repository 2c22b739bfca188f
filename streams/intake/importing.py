"""One import: file → events → Kafka → tables, watched from end to end."""

import asyncio
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from schemas.topics import Topic
from streams.broker import Broker
from streams.errors import Retry
from streams.intake.arrival import Tables, arrival, patiently, reached
from streams.intake.corrector import Corrector, domains_of, slices
from streams.intake.day_book import DayBook
from streams.intake.errors import IntakeError
from streams.intake.feed import KafkaFeed
from streams.intake.footer_rows import above
from streams.intake.identity_hashing import Hasher
from streams.intake.log import Log
from streams.intake.log_events import Translator
from streams.intake.mapping import Mapping
from streams.intake.memory import Memory
from streams.intake.moments import reader
from streams.intake.outgoing import Outgoing
from streams.intake.reading import Events, ImportAccount, ImportReport, Viewer, digests
from streams.intake.rows import LogRow, Rejection

BEAT_AGE = timedelta(seconds=15)  # each worker writes one every 2 s
SHOW_EVERY_S = 0.25


class LogReading:
    """Walks through a case log once and keeps the account of it."""

    def __init__(self, path: Path, mapping: Mapping, topic: Topic, hasher: Hasher, viewer: Viewer) -> None:
        book = DayBook(mapping.constants.source, topic.contract) if mapping.file.whole_days else None
        self.report = ImportReport(book=book, once=mapping.once)
        self._hasher = hasher
        self.source = mapping.constants.source
        self._path = path
        self._mapping = mapping
        self.topic = topic
        self._viewer = viewer
        self._account = ImportAccount(self.report, viewer)

    def events(self) -> Generator[Outgoing, None, None]:
        with Log(self._path, self._mapping) as log, Memory() as memory:
            translator = Translator(self._mapping, self.topic, memory, datetime.now(UTC), self._hasher)
            yield from self._account.passing(self._watched(translator.events(self._rows(log)), log))

    def _watched(self, found: Iterator[Outgoing | Rejection], log: Log) -> Iterator[Outgoing | Rejection]:
        for number, one in enumerate(found):
            if number % 1_000 == 0:
                self._viewer.read(log.position, log.size)
            yield log.places.at(one) if isinstance(one, Rejection) else one
        self._viewer.read(log.size, log.size)

    def _rows(self, log: Log) -> Iterator[LogRow | Rejection]:
        for row in log if self._mapping.file.format == "xes" else self._above(log):
            self.report.rows += not isinstance(row, Rejection) or row.field == "file"  # others belong to a row
            yield row

    def _above(self, log: Log) -> Iterator[LogRow | Rejection]:
        return above(iter(log), says_nothing(self._mapping), self.report.below, log.places.unread)


def says_nothing(mapping: Mapping) -> Callable[[LogRow], bool]:
    """Whether a row of a log says nothing of a case: it has no date, and in place of a case's code nothing or words."""
    read = reader(mapping.file.moments, ZoneInfo(mapping.file.zone))

    def nothing(row: LogRow) -> bool:
        code = row.case.strip()
        is_code = any(map(str.isdecimal, code)) and (bool(mapping.case.spaces) or len(code.split()) == 1)
        return not is_code and not any(read(text) for text in (row.time, row.start, row.submitted, row.end))

    return nothing


def rehearse(reading: Events) -> ImportReport:
    """Reads and checks everything and sends nothing."""
    for _ in chain(reading.events(), digests(reading.report)):
        pass
    return reading.report


async def bring(
    reading: Events, kafka: str, database: str, viewer: Viewer, *, last_counts: bool = True
) -> ImportReport:
    """Returns when the tables hold the file's last record, however long a worker or the database is away meanwhile.
    What is held under its names and was never what the file says now is corrected, if the last import counts.

    Raises :class:`IntakeError`, before anything is sent, where file and mapping do not fit or no worker runs; and where
    Kafka stays away for a minute while sending, or the file cannot be read any further. Then what was sent stays, the
    error says how much that was, and importing again sends the same events.
    """
    broker = Broker(kafka)
    report, topic, domains = reading.report, reading.topic.name, domains_of(reading.topic)
    try:
        identity = await asyncio.to_thread(broker.identity, [topic])
        async with Tables(database, identity, topic) as tables, Tables(database, identity, topic) as past:
            await _require_worker(tables)
            async with KafkaFeed(kafka, topic) as feed:
                ends = await _settle(broker, [(topic, part) for part in await feed.partitions()], tables, viewer)
                before, lost = await tables.counts(reading.source), await tables.conflicts(domains)
                corrector = Corrector(past, reading.topic, ends, datetime.now(UTC), report) if last_counts else None
                await _send(reading, feed, corrector, tables, viewer)
            viewer.sent(feed.sent, feed.acknowledged)
            await reached(tables, feed.first, feed.next, viewer.taken)
            report.outcome = (await patiently(tables.counts, reading.source)).since(before)
            report.conflicts = await patiently(tables.conflicts, domains) - lost
    except Retry as exc:
        begun = "" if report.events.total() else " Are the servers running? See ioc status; ioc up starts them."
        raise IntakeError(f"stopped: {exc}.\n{how_far(report)}{begun}") from exc
    except IntakeError as exc:
        raise IntakeError(f"{exc}\n{how_far(report)}") from exc
    return report


def how_far(report: ImportReport) -> str:
    """A sentence on how far an import that broke off had come."""
    sent = report.events.total()
    if not sent:
        return "Nothing was sent."
    return (
        f"Until then {report.rows:,} rows had been read and {sent:,} events sent. Import again: what has arrived is not"
        " counted twice."
    )


async def _require_worker(tables: Tables) -> None:
    beat = await tables.last_beat()
    if beat is None or datetime.now(UTC) - beat > BEAT_AGE:
        since = f"the last sign of life was at {beat:%Y-%m-%d %H:%M:%S} UTC" if beat else "there has never been one"
        raise IntakeError(f"no worker is running ({since}), so nothing would take the events. Start them: ioc up")


async def _settle(broker: Broker, parts: list[tuple[str, int]], tables: Tables, viewer: Viewer) -> dict[int, int]:
    """Waits for what earlier imports have sent, so that the counts that follow are this one's. Where each partition
    ended."""
    extents = await asyncio.to_thread(broker.extents, parts)
    ends = {partition: extent.end for (_, partition), extent in extents.items()}
    position = await tables.position()
    starts = {partition: min(position.get(partition, 0), end) for partition, end in ends.items()}
    await reached(tables, starts, ends, viewer.taken)
    return ends


async def _send(reading: Events, feed: KafkaFeed, corrector: Corrector | None, tables: Tables, viewer: Viewer) -> None:
    finished = asyncio.Event()
    watching = asyncio.create_task(_watch(feed, tables, viewer, finished))
    try:  # no task group: it would hand on a fault of the file within a group of exceptions
        with closing(reading.events()) as events:
            for part in slices(events):
                for event in part if corrector is None else await corrector.judged(part):
                    await feed.send(event.key, event.value)
        for event in digests(reading.report):
            await feed.send(event.key, event.value)
        await feed.flush()
    finally:
        finished.set()
        await watching


async def _watch(feed: KafkaFeed, tables: Tables, viewer: Viewer, finished: asyncio.Event) -> None:
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
