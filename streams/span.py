"""A span: the records of one partition from an offset to another, taken in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from streams.decode import KafkaRecord

MAX_BYTES = 4 * 1024 * 1024  # of record values in one span; what is buffered ahead counts objects, not bytes


class Partition(NamedTuple):
    """A partition by what it is, not by its name alone: a re-created topic has another id."""

    cluster_id: str
    topic_id: str
    topic: str
    number: int


@dataclass(slots=True)
class Span:
    """Records of ``[start, end)``. ``end`` is the last offset + 1 and the next span starts there, so that compaction
    and control records leave no hole; behind the last record of a partition they are a span without records. ``turn``
    counts the seeks of the partition: a span from before one is stale."""

    partition: Partition
    start: int
    end: int
    records: Sequence[KafkaRecord]
    turn: int

    @property
    def received(self) -> int:
        """Kafka's timestamp of the last record, in microseconds; 0 where there is none."""
        return self.records[-1].timestamp * 1000 if self.records else 0

    def hand_over(self) -> Sequence[KafkaRecord]:
        """The records, once: decoded and raw ones of a span that waits would take memory twice."""
        records, self.records = self.records, ()
        return records


def cut(records: Sequence[KafkaRecord], max_bytes: int = MAX_BYTES) -> Iterator[Sequence[KafkaRecord]]:
    """The records in runs of at most ``max_bytes`` of values; a larger record is a run of its own."""
    # Nearly always one run, and adding up is cheaper than looking at each.
    if records and sum([len(record.value or b"") for record in records]) <= max_bytes:
        yield records
        return
    first = size = 0
    for index, record in enumerate(records):
        length = len(record.value or b"")
        if size + length > max_bytes and index > first:
            yield records[first:index]
            first, size = index, 0
        size += length
    if first < len(records):
        yield records[first:]


def spans(partition: Partition, start: int, records: Sequence[KafkaRecord], turn: int) -> Iterable[Span]:
    """The fetched records of a partition as spans, the first of which begins at ``start``."""
    for run in cut(records):
        end = run[-1].offset + 1
        yield Span(partition, start, end, run, turn)
        start = end
