"""A private Kafka: its configuration, its data folder and its command line."""

import base64
import subprocess
import uuid
from pathlib import Path

from infra.errors import OperatorError
from infra.home import Home, write
from infra.stack.class_archive import prepare_archive
from infra.stack.software import Software
from infra.supervise.programs import Program

HEAP = ("-Xms256m", "-Xmx512m")
CONFIG = """\
# Written anew at every start by infra/stack/broker.py.
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}

# Topics are declared in schemas/topics.py; a misspelt name must fail.
auto.create.topics.enable=false
num.partitions=1
default.replication.factor=1

# One broker: nothing can be replicated.
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=8
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=1

# Workers are static members with a session of 15 s; a group that waits for more members to come is late.
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000

# Sized for a machine that also runs the database and the workers.
num.network.threads=2
num.io.threads=4
num.recovery.threads.per.data.dir=2
log.cleaner.dedupe.buffer.size=16777216
message.max.bytes=2097152
"""


def bootstrap(home: Home) -> str:
    return f"127.0.0.1:{home.ports['kafka']}"


def prepare_broker(home: Home, software: Software, more: str = "") -> Program:
    """Writes the configuration, formats the data folder the first time, and says how the broker runs. ``more``:
    options for its Java, after ours."""
    data = home.kafka / "data"
    config = home.kafka / "server.properties"
    text = CONFIG.format(port=home.ports["kafka"], controller=home.ports["kafka_controller"], data=data)
    write(config, text, account=home.account)
    if not (data / "meta.properties").exists():
        _format(home, software)
    command = (
        *_java(software),
        *HEAP,
        "-XX:+UseG1GC",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        *_archive(software),
        *more.split(),
        "kafka.Kafka",
        str(config),
    )
    return Program(
        name="kafka",
        command=command,
        environment={"HOME": str(home.kafka)},
        directory=home.kafka,
        user=home.account.name if home.account else None,
        stop_wait_s=30,
        start_s=2,
        priority=10,
    )


def prepare_classes(software: Software) -> Path | None:
    """The archive of classes with which a broker starts sooner; made on the first call."""
    return prepare_archive(software.jars, software.java, _java(software), CONFIG)


def _archive(software: Software) -> tuple[str, ...]:
    archive = prepare_classes(software)
    return () if archive is None else (f"-XX:SharedArchiveFile={archive}",)


def _java(software: Software) -> tuple[str, ...]:
    return (
        str(software.java),
        "-cp",
        f"{software.jars}/*",
        "-Djava.awt.headless=true",
        "-Djava.net.preferIPv4Stack=true",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ",
        "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config.AbstractConfig=warn",
    )


def _format(home: Home, software: Software) -> None:
    account = home.account
    light = ("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # it lives for a second or two
    tool = [*_java(software), *light, *_archive(software), "kafka.tools.StorageTool", "format"]
    ended = subprocess.run(
        [*tool, "--cluster-id", cluster_id(), "--config", str(home.kafka / "server.properties")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=home.kafka,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if ended.returncode != 0:
        raise OperatorError(f"Kafka's data folder could not be formatted:\n{(ended.stdout + ended.stderr)[-2000:]}")


def cluster_id() -> str:
    """A new random id as Kafka writes them: 16 bytes in URL-safe base64. A leading dash would be read as an option."""
    while True:
        text = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        if not text.startswith("-"):
            return text
