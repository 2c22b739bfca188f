"""Where a worker begins, asked while another still works."""

from collections.abc import Callable, Sequence

import psycopg

from infra.endpoints import DatabaseUrls
from schemas.topics import Topic
from streams.broker import Broker, Extent
from streams.partition_lanes import LaneHealth
from streams.partition_positions import Positions


class BusyBroker(Broker):
    """The real broker; between its answer and the next thing that its asker does, somebody else takes records."""

    def __init__(self, bootstrap: str, meanwhile: Callable[[], None]) -> None:
        super().__init__(bootstrap)
        self._meanwhile = meanwhile

    def extents(self, partitions: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Extent]:
        found = super().extents(partitions)
        self._meanwhile()
        return found


async def test_records_that_another_worker_takes_meanwhile_are_not_lost_ones(
    kafka: str, make_topic: Callable[..., Topic], database: DatabaseUrls
) -> None:
    from kafka import KafkaProducer

    topic = make_topic(partitions=1)
    producer = KafkaProducer(bootstrap_servers=kafka)

    def produce_and_take() -> None:
        producer.send(topic.name, b"{}").get(timeout=30)
        with psycopg.connect(database.streams) as db:
            db.execute("UPDATE stream_offset SET next = next + 1")

    wanted = [(topic.name, 0)]
    try:
        await Positions(Broker(kafka), database.streams, LaneHealth()).begin(wanted)
        begun = await Positions(BusyBroker(kafka, produce_and_take), database.streams, LaneHealth()).begin(wanted)
    finally:
        producer.close()

    assert begun[topic.name, 0].next == 0
