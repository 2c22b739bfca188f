"""What the stream asks Kafka about itself: identities and ends of partitions. Blocking: call it in a thread.

kafka-python's admin client, because aiokafka knows no topic id, and because a second client tells a stalled one from
an idle topic.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from streams.errors import Retry

REQUEST_MS = 4_000


@dataclass(frozen=True, slots=True)
class Identity:
    """The cluster and the topics in it, by what they are: a re-created topic keeps its name and gets another id."""

    cluster_id: str
    topic_ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Extent:
    """Offsets that the partition holds: ``[first, end)``."""

    first: int
    end: int


class Broker:
    """Questions to one Kafka cluster, each on a connection of its own."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap

    def identity(self, topics: Sequence[str]) -> Identity:
        """Raises :class:`Retry` while Kafka is away or does not know one of the topics."""
        with self._admin() as admin:
            cluster_id = str(admin.describe_cluster()["cluster_id"])
            ids = {row["name"]: str(row["topic_id"]) for row in admin.describe_topics(list(topics)) if row["topic_id"]}
        missing = [topic for topic in topics if topic not in ids]
        if missing:
            raise Retry(f"Kafka has no topic {', '.join(missing)}")
        return Identity(cluster_id, ids)

    def extents(self, partitions: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Extent]:
        """Where each (topic, partition) begins and ends now. Raises :class:`Retry`."""
        with self._admin() as admin:
            first = self._offsets(admin, partitions, -2)
            end = self._offsets(admin, partitions, -1)
        return {p: Extent(first[p], end[p]) for p in partitions}

    def leave_group(self, group: str, instance: str) -> None:
        """Takes a static member out of its consumer group. Its place in the assignment would outlive the process, and
        an assignment from before a topic was created again leaves that topic out. Raises :class:`Retry`."""
        with self._admin() as admin:
            from kafka.admin import MemberToRemove

            admin.remove_group_members(group, [MemberToRemove(group_instance_id=instance)])

    @staticmethod
    def _offsets(admin: Any, partitions: Sequence[tuple[str, int]], which: int) -> dict[tuple[str, int], int]:
        from kafka import TopicPartition

        answer = admin.list_partition_offsets({TopicPartition(*p): which for p in partitions})
        return {(tp.topic, tp.partition): found.offset for tp, found in answer.items()}

    @contextmanager
    def _admin(self) -> Iterator[Any]:
        with warnings.catch_warnings():  # it reads its protocol files by calls that Python 3.11 and 3.12 deprecate
            warnings.simplefilter("ignore", DeprecationWarning)
            from kafka.admin import KafkaAdminClient
        from kafka.errors import KafkaError

        client = None
        try:
            client = KafkaAdminClient(
                bootstrap_servers=self._bootstrap.split(","),
                request_timeout_ms=REQUEST_MS,
                bootstrap_timeout_ms=REQUEST_MS,
                client_id="ioc-streams",
            )
            yield client
        except (KafkaError, OSError) as exc:
            raise Retry(f"Kafka: {type(exc).__name__}") from exc
        finally:
            if client is not None:
                client.close()
