"""Creates the declared topics, and reports where real ones have drifted from what is declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from infra.kafka.admin import admin, config_resources
from schemas.topics import Topic


@dataclass(frozen=True, slots=True)
class Drift:
    """One setting of one topic that is not as declared. Reported, never changed by itself: a partition too many
    cannot be taken back, and a shorter retention loses data."""

    topic: str
    setting: str
    declared: str
    real: str

    def __str__(self) -> str:
        return f"topic {self.topic}: {self.setting} is {self.real}, declared {self.declared}"


def ensure_topics(bootstrap: str, topics: Sequence[Topic]) -> list[str]:
    """Creates the missing ones and returns their names, once each has a leader everywhere."""
    with admin(bootstrap) as client:
        existing = set(client.list_topics())
        missing = {
            topic.name: {"num_partitions": topic.partitions, "replication_factor": -1, "configs": topic.kafka_config()}
            for topic in topics
            if topic.name not in existing
        }
        if missing:
            client.create_topics(missing, timeout_ms=30_000, wait_for_metadata=True)
        return sorted(missing)


def find_drift(bootstrap: str, topics: Sequence[Topic]) -> list[Drift]:
    """Missing topics, other partition counts, other values of declared settings, and settings that were changed on
    the topic itself without being declared."""
    with admin(bootstrap) as client:
        existing = set(client.list_topics())
        present = [topic for topic in topics if topic.name in existing]
        drift = [Drift(topic.name, "existence", "created", "missing") for topic in topics if topic not in present]
        if not present:
            return drift
        names = [topic.name for topic in present]
        partitions = {row["name"]: len(row["partitions"]) for row in client.describe_topics(names)}
        configs = client.describe_configs(config_resources(names), config_filter="all")["topic"]
    for topic in present:
        drift += _differences(topic, partitions[topic.name], configs[topic.name])
    return drift


def _differences(topic: Topic, partitions: int, config: dict[str, dict[str, Any]]) -> list[Drift]:
    found = []
    if partitions != topic.partitions:
        found.append(Drift(topic.name, "partitions", str(topic.partitions), str(partitions)))
    declared = topic.kafka_config()
    for setting, value in sorted(declared.items()):
        real = str(config.get(setting, {}).get("value", "unknown to this Kafka"))
        if real != value:
            found.append(Drift(topic.name, setting, value, real))
    for setting, entry in sorted(config.items()):
        if entry["config_source"] == "DYNAMIC_TOPIC_CONFIG" and setting not in declared:
            found.append(Drift(topic.name, setting, "nothing", str(entry["value"])))
    return found
