"""kafka-python's admin client, opened and closed in one place."""

import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

REQUEST_MS = 10_000
BOOTSTRAP_MS = 10_000


@contextmanager
def admin(bootstrap: str) -> Iterator[Any]:
    """An admin client. Raises ``kafka.errors.KafkaError`` when no broker answers."""
    client = _kafka_admin().KafkaAdminClient(
        bootstrap_servers=bootstrap.split(","),
        request_timeout_ms=REQUEST_MS,
        bootstrap_timeout_ms=BOOTSTRAP_MS,
        client_id="ioc-infra",
    )
    try:
        yield client
    finally:
        client.close()


def reachable(bootstrap: str) -> bool:
    """Whether a broker answers now. Asked by TCP first: a client that finds nobody tries for seconds, and leaves its
    sockets to the garbage collector."""
    from kafka.errors import KafkaError

    host, _, port = bootstrap.split(",")[0].rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=3).close()
    except OSError:
        return False
    try:
        with admin(bootstrap) as client:
            return bool(client.describe_cluster()["brokers"])
    except (KafkaError, OSError, KeyError):
        return False


def config_resources(topics: list[str]) -> list[Any]:
    """The topics as ``describe_configs`` wants them, with all their settings."""
    kafka_admin = _kafka_admin()
    return [kafka_admin.ConfigResource(kafka_admin.ConfigResourceType.TOPIC, name) for name in topics]


def _kafka_admin() -> Any:
    """Importing kafka.admin warns hundreds of times from Python 3.11 on (it reads its protocol files by a deprecated
    call); that says nothing about us."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        import kafka.admin

    return kafka.admin
