"""Every topic, declared once: its contract and its operation together.

``infra.kafka`` creates them from here and reports drift; ``streams`` reads from here what it may accept.
"""

from dataclasses import dataclass, replace
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
    contract: str  # what may be said on it, by its name in schemas.contracts
    retention_ms: int = 30 * DAY_MS  # longer than the oldest backup that would be restored
    max_event_bytes: int = 65_536  # one event; a larger record is a dead letter
    max_ahead: timedelta = timedelta(hours=24)  # event time against Kafka's own timestamp

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
PROJECT_06 = datetime(2022, 1, 1, tzinfo=UTC)  # Quyết định 06/QĐ-TTg is of 06/01/2022

CASES = Topic(
    name="ioc.cases",
    partitions=4,
    owner="Văn phòng UBND tỉnh (hệ thống thông tin giải quyết TTHC)",
    purpose="what happens to a case, as it happens",
    earliest=CASES_EARLIEST,
    contract="cases",
)
CASES_HISTORY = Topic(
    name="ioc.cases.history",
    partitions=4,
    owner="Tổ vận hành IOC (nhập sổ cũ)",
    purpose="the same events from files; read only while ioc.cases has no lag",
    earliest=CASES_EARLIEST,
    contract="cases",
)
LOOKUPS = Topic(
    name="ioc.lookups",
    partitions=4,
    owner="Văn phòng UBND tỉnh, Công an tỉnh (các hệ thống được khai thác CSDLQG về dân cư)",
    purpose="every look-up of the national population database; the connection; the province's own limits",
    earliest=PROJECT_06,
    contract="lookups",
)
DATASETS = Topic(
    name="ioc.datasets",
    partitions=2,
    owner="các sở, ngành có dữ liệu chuyên ngành",
    purpose="how far sector data are digitised, valid, complete, clean, fresh and shared; campaigns",
    earliest=PROJECT_06,
    contract="datasets",
)
TASKS = Topic(
    name="ioc.tasks",
    partitions=2,
    owner="Tổ thư ký Ban chỉ đạo Đề án 06",
    purpose="tasks of the plans and pilot models, and what becomes of them",
    earliest=PROJECT_06,
    contract="tasks",
)
PLATFORM = Topic(
    name="ioc.platform",
    partitions=2,
    owner="Trung tâm tích hợp dữ liệu tỉnh",
    purpose="health of the data integration centre and of every connected system",
    earliest=PROJECT_06,
    contract="platform",
)
PORTAL = Topic(
    name="ioc.portal",
    partitions=2,
    owner="Văn phòng UBND tỉnh (số liệu Cổng Dịch vụ công quốc gia)",
    purpose="the national portal's own figures, and petitions",
    earliest=PROJECT_06,
    contract="portal",
)
OUTREACH = Topic(
    name="ioc.outreach",
    partitions=2,
    owner="các đơn vị (truyền thông, tập huấn, nhân lực)",
    purpose="communications, training and IT staffing of units",
    earliest=PROJECT_06,
    contract="outreach",
)
ACTIONS = Topic(
    name="ioc.actions",
    partitions=2,
    owner="Tổ vận hành IOC (các màn hình và API của trung tâm)",
    purpose="what is ordered, answered and found in the centre itself",
    earliest=PROJECT_06,
    contract="actions",
)

TOPICS: tuple[Topic, ...] = (CASES, CASES_HISTORY, LOOKUPS, DATASETS, TASKS, PLATFORM, PORTAL, OUTREACH, ACTIONS)
BY_NAME = {topic.name: topic for topic in TOPICS}
BY_CONTRACT = {topic.contract: topic for topic in TOPICS if topic is not CASES_HISTORY}


def declared(name: str) -> Topic:
    """The declaration of a topic by its name, or of the topic that it stands for: one with a suffix behind (``.t-1``).

    Raises ``KeyError`` for a name that is neither.
    """
    known = BY_NAME.get(name)
    if known is not None:
        return known
    like = max(
        (topic for topic in TOPICS if name.startswith(f"{topic.name}.")), key=lambda t: len(t.name), default=None
    )
    if like is None:
        raise KeyError(name)
    return replace(like, name=name)
