"""Declared topics against a real broker."""

from collections.abc import Callable
from dataclasses import replace

from infra.kafka.admin import admin, reachable
from infra.kafka.topics import Drift, ensure_topics, find_drift
from schemas.topics import TOPICS, Topic


def test_declared_topics_are_created_once_and_do_not_drift(kafka: str, make_topic: Callable[..., Topic]) -> None:
    topic = make_topic()

    assert ensure_topics(kafka, [topic]) == []
    assert find_drift(kafka, [topic]) == []


def test_every_declared_setting_is_one_that_kafka_knows(kafka: str, make_topic: Callable[..., Topic]) -> None:
    made = [make_topic(topic) for topic in TOPICS]

    assert find_drift(kafka, made) == []


def test_drift_is_reported_and_left_as_it_is(kafka: str, make_topic: Callable[..., Topic]) -> None:
    topic = make_topic(partitions=2)
    declared = replace(topic, partitions=3, retention_ms=topic.retention_ms + 1)

    expected = [
        Drift(topic.name, "partitions", "3", "2"),
        Drift(topic.name, "retention.ms", str(declared.retention_ms), str(topic.retention_ms)),
    ]
    assert find_drift(kafka, [declared]) == expected
    assert ensure_topics(kafka, [declared]) == []
    assert find_drift(kafka, [declared]) == expected


def test_a_setting_that_somebody_added_is_drift(kafka: str, make_topic: Callable[..., Topic]) -> None:
    topic = make_topic()
    from infra.kafka.admin import config_resources

    (resource,) = config_resources([topic.name])
    resource.configs = {"segment.bytes": "10485760"}
    with admin(kafka) as client:
        client.alter_configs([resource])

    assert find_drift(kafka, [topic]) == [Drift(topic.name, "segment.bytes", "nothing", "10485760")]


def test_a_missing_topic_is_drift(kafka: str, make_topic: Callable[..., Topic]) -> None:
    absent = replace(make_topic(), name="ioc.absent")

    assert find_drift(kafka, [absent]) == [Drift("ioc.absent", "existence", "created", "missing")]


def test_a_misspelt_topic_does_not_spring_into_being(kafka: str) -> None:
    with admin(kafka) as client:
        assert client.describe_topics(["ioc.misspelt"])[0]["error_code"] != 0
        assert "ioc.misspelt" not in client.list_topics()


def test_a_broker_that_is_away_is_not_reachable(kafka: str) -> None:
    assert reachable(kafka)
    assert not reachable("127.0.0.1:1")
