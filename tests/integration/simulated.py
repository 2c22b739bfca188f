"""Cases of the simulated province, taken by the real store as a worker would, without Kafka between."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from infra.simulate.calendar import seconds_of
from infra.simulate.play import play
from infra.simulate.run import Plan
from infra.simulate.truth import TruthFile
from schemas.topics import CASES
from streams.decode import Decoder
from streams.span import Partition
from streams.store import Store, connect
from tests.integration.test_store import Rec

PARTITION = Partition("cluster", "topic-id", CASES.name, 0)
A_SPAN = 2_000


def told(plan: Plan, truth: Path) -> list[bytes]:
    """Every record of the plan in the order of its arrival; writes the truth."""
    with TruthFile(truth, plan.head()) as file:
        return [
            value for batch in play(plan.world(), plan.first, plan.last, file.write) for _, _, value in batch.records
        ]


async def fill(url: str, values: Iterable[bytes], last: int) -> None:
    """Takes all records, received when the day ``last`` begins; ``url`` is that of the role ``streams``."""
    received = seconds_of(last) * 1_000
    records = [Rec(offset, value, received) for offset, value in enumerate(values)]
    decoder = Decoder(CASES)
    connection = await connect(url)
    try:
        store = Store(connection)
        await store.begin(PARTITION, 0)
        for first in range(0, len(records), A_SPAN):
            span = records[first : first + A_SPAN]
            batch = decoder.batch(span)
            assert not batch.rejected, batch.rejected[:3]
            await store.apply(PARTITION, first, first + len(span), batch)
    finally:
        await connection.close()


def moment(day: int) -> datetime:
    """When the province's day begins."""
    return datetime.fromtimestamp(seconds_of(day), UTC)
