"""Kafka's classes as Java has loaded and checked them once: a broker that is given them starts on two thirds of the
processor time (measured: 5.0 s without, 3.3 with; JEP 350, ``-XX:ArchiveClassesAtExit``).

A Java that does not know the archive, or jars of another day, make it worthless and do no harm: it is passed over.
"""

import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from infra.ports import free_port
from infra.stack.once import prepare_once

ARCHIVE = "kafka.jsa"
STARTED = "Kafka Server started"
STARTS_WITHIN = 60.0  # seconds
ENDS_WITHIN = 60.0


def archive_folder(jars: Path, java: Path) -> Path:
    """Where the archive of these jars for this Java is or will be."""
    return jars.parent / f"{jars.name}-classes-{java.parent.parent.name}"


def prepare_archive(jars: Path, java: Path, java_command: Sequence[str], config: str) -> Path | None:
    """The archive, made on the first call by a broker of its own that starts and ends; ``None`` where that fails: then
    brokers start as they would without. ``config``: a broker's, with places for ports and folder."""
    folder = archive_folder(jars, java)

    def build(scratch: Path, _target: Path) -> None:
        with suppress(OSError, subprocess.SubprocessError):
            _record(scratch, java_command, config)

    archive = prepare_once(folder, build) / ARCHIVE
    return archive if archive.is_file() else None


def _record(scratch: Path, java_command: Sequence[str], config: str) -> None:
    home = scratch / "broker"
    home.mkdir()
    properties, log = home / "server.properties", home / "log"
    port = free_port()
    properties.write_text(config.format(port=port, controller=free_port({port}), data=home / "data"))
    form = ("kafka.tools.StorageTool", "format", "--cluster-id", "AAAAAAAAAAAAAAAAAAAAAQ", "--config", str(properties))
    subprocess.run([*java_command, *form], check=True, capture_output=True, timeout=STARTS_WITHIN, cwd=home)
    recording = f"-XX:ArchiveClassesAtExit={scratch / ARCHIVE}"
    with log.open("w") as said:
        broker = subprocess.Popen(
            [*java_command, recording, "kafka.Kafka", str(properties)], stdout=said, stderr=subprocess.STDOUT, cwd=home
        )
        try:
            until = time.monotonic() + STARTS_WITHIN
            while STARTED not in log.read_text() and broker.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            broker.terminate()
            broker.wait(ENDS_WITHIN)
        finally:
            broker.kill()
            broker.wait()
            shutil.rmtree(home)
