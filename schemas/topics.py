"""Every topic, declared once: its contract and its operation together.

``infra.kafka`` creates them from here and reports drift; ``streams`` reads from here what it may accept.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. Key = the event's ``subject``, UTF-8; nothing may depend on a subject staying in one partition."""

    name: str
    partitions: int
    owner: str
    purpose: str
    earliest: datetime  # an event that happened before is rejected
    retention_ms: int = 30 * DAY_MS  # longer than the oldest backup that would be restored
    max_event_bytes: int = 65_536  # one event; a larger record is a dead letter
    max_ahead: timedelta = timedelta(hours=24)  # event time against Kafka's own timestamp
    examples: str = ""  # folder prefix under schemas/examples

    def kafka_config(self) -> dict[str, str]:
        """The topic's settings as Kafka names them. CreateTime is the producer's clock, so LogAppendTime; one broker
        must survive a power cut, so every acknowledged record is on disk. Records may be larger than an event may be:
        an oversize event must reach us to become a dead letter that its owner can see."""
        return {
            "message.timestamp.type": "LogAppendTime",
            "cleanup.policy": "delete",
            "retention.ms": str(self.retention_ms),
            "flush.messages": "1",
            "max.message.bytes": str(2 * 1024 * 1024),
        }


CASES_EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)

CASES = Topic(
    name="ioc.cases",
    partitions=4,
    owner="Văn phòng UBND tỉnh (hệ thống thông tin giải quyết TTHC)",
    purpose="what happens to a case, as it happens",
    earliest=CASES_EARLIEST,
    examples="case.",
)
CASES_HISTORY = Topic(
    name="ioc.cases.history",
    partitions=4,
    owner="Tổ vận hành IOC (nhập sổ cũ)",
    purpose="the same events from files; read only while ioc.cases has no lag",
    earliest=CASES_EARLIEST,
    examples="case.",
)

TOPICS: tuple[Topic, ...] = (CASES, CASES_HISTORY)
BY_NAME = {topic.name: topic for topic in TOPICS}
