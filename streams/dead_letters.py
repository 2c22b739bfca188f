"""Dead letters for the operator: list, look at, send again. The payload is in Kafka only, as long as it is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import psycopg

from schemas.topics import Topic, declared
from streams.broker import Broker
from streams.decode import Decoder
from streams.errors import Retry, StreamError
from streams.queries import QUERIES

POLL_MS = 10_000


class LetterGone(StreamError):
    """The record is not what was rejected any more: Kafka has removed it, or the topic was created again."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One rejected record, without what it said. ``source``: as stated, where it may be kept; ``hash`` SHA-256, hex."""

    id: int
    topic: str
    partition: int
    offset: int
    received_at: datetime
    source: str | None
    field: str
    rule: str
    hash: str
    replayed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """Dead letters that have the same wrong with them."""

    topic: str
    source: str | None
    field: str
    rule: str
    count: int
    last_at: datetime
    replayed: int


def listed(
    url: str, *, source: str | None = None, rule: str | None = None, waiting: bool = False, limit: int = 50
) -> list[DeadLetter]:
    """The newest dead letters. ``waiting``: only those that were not sent again."""
    arguments = {"source": source, "rule": rule, "waiting": waiting, "limit": limit}
    with psycopg.connect(url) as connection:
        return [DeadLetter(*row) for row in connection.execute(QUERIES["shared/dead_letters"], arguments)]


def grouped(url: str) -> list[LetterGroup]:
    with psycopg.connect(url) as connection:
        return [LetterGroup(*row) for row in connection.execute(QUERIES["shared/dead_letter_counts"])]


def get(url: str, id: int) -> tuple[DeadLetter, str] | None:
    """The dead letter and the id of the topic it came from."""
    with psycopg.connect(url) as connection:
        row = connection.execute(QUERIES["shared/dead_letter"], {"id": id}).fetchone()
    return None if row is None else (DeadLetter(*row[:-1]), str(row[-1]))


def payload(kafka: str, letter: DeadLetter, topic_id: str) -> bytes | None:
    """The record's value, read from Kafka; ``None`` for a record without one.

    Raises :class:`LetterGone`, and :class:`Retry` while Kafka is away.
    """
    broker = Broker(kafka)
    if broker.identity([letter.topic]).topic_ids[letter.topic] != topic_id:
        raise LetterGone(f"topic {letter.topic} was created again since")
    extent = broker.extents([(letter.topic, letter.partition)])[letter.topic, letter.partition]
    if not extent.first <= letter.offset < extent.end:
        raise LetterGone(f"Kafka has removed it: {letter.topic}/{letter.partition} begins at {extent.first} now")
    value = _read(kafka, letter)
    if sha256(value or b"").hexdigest() != letter.hash:
        raise LetterGone("the record at this offset is another one")
    return value


def _read(kafka: str, letter: DeadLetter) -> bytes | None:
    from kafka import KafkaConsumer, TopicPartition
    from kafka.errors import KafkaError

    tp = TopicPartition(letter.topic, letter.partition)
    try:
        consumer = KafkaConsumer(
            bootstrap_servers=kafka.split(","), enable_auto_commit=False, auto_offset_reset="none", max_poll_records=1
        )
        try:
            consumer.assign([tp])
            consumer.seek(tp, letter.offset)
            for records in consumer.poll(timeout_ms=POLL_MS).values():
                for record in records:
                    if record.offset == letter.offset:
                        found: bytes | None = record.value
                        return found
        finally:
            consumer.close()
    except (KafkaError, OSError) as exc:
        raise Retry(f"Kafka: {type(exc).__name__}") from exc
    raise LetterGone("there is no record at this offset")


@dataclass(slots=True)
class _Arriving:
    """A record as it would arrive now."""

    value: bytes | None
    offset: int = 0
    timestamp: int = 0


def check(topic: Topic, value: bytes | None) -> str:
    """The subject of the event, if it would be accepted now. Raises :class:`Reject` with what is still wrong."""
    now = int(datetime.now(UTC).timestamp() * 1000)
    return Decoder(topic).decode(_Arriving(value, timestamp=now)).subject


def replay(url: str, kafka: str, id: int, corrected: bytes | None = None) -> tuple[str, int, int]:
    """Sends the rejected record, or a corrected one, to its topic again and marks the dead letter.

    Returns topic, partition and offset of the new record. Raises ``LookupError`` where there is no such dead letter,
    :class:`Reject` where it would be rejected again (nothing is sent), :class:`LetterGone`, :class:`Retry`.
    """
    found = get(url, id)
    if found is None:
        raise LookupError(f"there is no dead letter {id}")
    letter, topic_id = found
    value = corrected if corrected is not None else payload(kafka, letter, topic_id)
    topic = declared(letter.topic)
    subject = check(topic, value)
    sent = _send(kafka, letter.topic, subject, value)
    with psycopg.connect(url) as connection:
        connection.execute(QUERIES["shared/mark_replayed"], {"id": id, "now": datetime.now(UTC)})
    return sent


def _send(kafka: str, topic: str, subject: str, value: bytes | None) -> tuple[str, int, int]:
    from kafka import KafkaProducer
    from kafka.errors import KafkaError

    try:
        producer = KafkaProducer(bootstrap_servers=kafka.split(","), acks="all")
        try:
            done = producer.send(topic, key=subject.encode(), value=value).get(timeout=POLL_MS / 1000)
        finally:
            producer.close()
    except (KafkaError, OSError) as exc:
        raise Retry(f"Kafka: {type(exc).__name__}") from exc
    return done.topic, done.partition, done.offset
