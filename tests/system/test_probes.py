"""The process that looks at the data centre, through Kafka and a worker into the tables."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from infra.kafka.topics import ensure_topics
from infra.ports import free_port
from schemas.topics import PLATFORM
from tests.integration.data_centre import Answers, certificate, serving, soon
from tests.system.harness import Ground, Slot, wait_for

FILE = """source = "urn:test:probes"
[[system]]
key = "web"
interval_s = 10
[system.probe]
url = "https://127.0.0.1:{web}/"
[[system]]
key = "gone"
timeout_s = 2
[system.probe]
url = "tcp://127.0.0.1:{gone}"
"""


@contextmanager
def probing(ground: Ground) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "IOC_KAFKA": ground.kafka,
        "IOC_HOME": str(ground.folder),
        "IOC_TOPIC_SUFFIX": ground.suffix,
    }
    with (ground.folder / "probes.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "streams.intake.platform"],
            env=environment,
            cwd=ground.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def figures(ground: Ground, domain: str) -> dict[str, int]:
    with ground.superuser() as db:
        rows = db.execute("SELECT counter, sum(amount)::int FROM subject_figure WHERE domain = %s GROUP BY 1", [domain])
        return dict(rows.fetchall())


@pytest.fixture
def platform(ground: Ground) -> str:
    ensure_topics(ground.kafka, [replace(PLATFORM, name=PLATFORM.name + ground.suffix)])
    (ground.folder / "run").mkdir(exist_ok=True)
    return PLATFORM.name


def test_what_the_probes_see_is_in_the_tables_and_a_changed_file_is_taken(
    ground: Ground, platform: str, make_slot: Callable[..., Slot], tmp_path: Path
) -> None:
    worker = make_slot(topics=platform)
    file = ground.folder / "platform.toml"
    with serving(Answers(), certificate(tmp_path, soon(3))) as web:
        file.write_text(FILE.format(web=web, gone=free_port()), "utf-8")
        with probing(ground) as process:
            said = (ground.folder / "probes.log").read_text
            wait_for(lambda: figures(ground, "certificate") or None, 60, lambda: said() + worker.said())
            found = wait_for(lambda: figures(ground, "system").get("unreachable"), 60, said)
            assert found >= 1
            assert figures(ground, "certificate") == {"seen": 1}
            file.write_text(file.read_text("utf-8").replace('key = "gone"', 'key = "still-gone"'), "utf-8")
            assert process.wait(30) == 0, said()
        assert "has changed" in said()

        with probing(ground) as process:
            wait_for(lambda: "begins: systems=2" in said().partition("has changed")[2], 30, said)
            os.kill(process.pid, signal.SIGTERM)
            assert process.wait(10) == 0, said()
        assert (ground.folder / "run" / "probes.json").exists()


def test_a_file_that_cannot_be_used_is_told_and_while_running_it_changes_nothing(ground: Ground, platform: str) -> None:
    file = ground.folder / "platform.toml"
    file.write_text("source = 3\n", "utf-8")
    said = (ground.folder / "probes.log").read_text
    with probing(ground) as process:
        assert process.wait(30) == 1
    assert "source must be text, in quotes" in said()

    file.write_text(FILE.format(web=free_port(), gone=free_port()), "utf-8")
    with probing(ground) as process:
        wait_for(lambda: "begins" in said(), 30, said)
        file.write_text("source = 3\n", "utf-8")
        wait_for(lambda: "going on with what it said before" in said(), 30, said)
        assert process.poll() is None
