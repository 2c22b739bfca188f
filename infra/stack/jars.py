"""Kafka's jars, copied by Maven as ``pom.xml`` names them."""

import hashlib
import re
import subprocess
from pathlib import Path

from infra.errors import OperatorError
from infra.stack.once import prepare_once

POM = Path(__file__).with_name("pom.xml")
COPY_DEPENDENCIES = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


def kafka_version() -> str:
    """The version of Kafka that ``pom.xml`` names."""
    found = re.search(r"<artifactId>kafka_2\.13</artifactId>\s*<version>([^<]+)</version>", POM.read_text())
    if found is None:
        raise OperatorError(f"{POM} names no kafka_2.13")
    return found[1]


def jars_folder(software: Path) -> Path:
    """Where the jars of exactly this ``pom.xml`` are or will be."""
    return software / f"kafka-{kafka_version()}-{hashlib.sha256(POM.read_bytes()).hexdigest()[:8]}"


def prepare_jars(software: Path) -> Path:
    """The folder of Kafka's jars; fetched on the first call (44 MB)."""
    return prepare_once(jars_folder(software), _fetch)


def _fetch(scratch: Path, _target: Path) -> None:
    command = ["mvn", "-B", "-q", "-f", str(POM), COPY_DEPENDENCIES]
    try:
        ended = subprocess.run(
            [*command, f"-DoutputDirectory={scratch}", "-DincludeScope=runtime"],
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
    except FileNotFoundError as exc:
        raise OperatorError("Maven is missing (`mvn`); `make setup` says which package to install") from exc
    if ended.returncode != 0 or not any(scratch.glob("kafka_2.13-*.jar")):
        raise OperatorError(f"Maven could not fetch Kafka:\n{(ended.stdout + ended.stderr)[-2000:]}")
