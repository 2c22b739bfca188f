"""``ioc stack``: Kafka and TimescaleDB alone."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.endpoints import own_url
from infra.home import open_home
from infra.kafka.admin import reachable
from tests.conftest import remove_home, temporary_home
from tests.system.ioc_command import Ioc


@pytest.fixture
def ioc() -> Iterator[Ioc]:
    command = Ioc(temporary_home())
    yield command
    command.close()
    remove_home(command.home)


def test_a_stack_keeps_its_data_through_a_killed_supervisor_and_a_stop_until_it_is_reset(ioc: Ioc) -> None:
    """It starts and answers; started again, nothing changes. What a killed supervisor left behind is ended first.
    Stopped, nothing is left of it but its data. A reset asks, and then deletes the data but not the identity."""
    first = ioc.must("stack", "up")
    home = open_home(ioc.home)
    assert first.split() == [
        "kafka",
        f"127.0.0.1:{home.ports['kafka']}",
        "postgres",
        f"127.0.0.1:{home.ports['postgres']}",
    ]
    assert reachable(f"127.0.0.1:{home.ports['kafka']}")
    with psycopg.connect(own_url(home, "migrate")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    before = ioc.pids()
    assert set(before) == {"kafka", "postgres"}
    assert "/kafka.jsa" in Path(f"/proc/{before['kafka']}/maps").read_text(), "it loads its classes anew"

    ioc.must("stack", "up")
    assert ioc.pids() == before

    (supervisor,) = [one for one in ioc.leftovers() if "supervisor.supervisord" in one.cmdline()]
    supervisor.kill()
    supervisor.wait(10)
    assert "left behind by an earlier run" in ioc.run("stack", "up").stderr
    after = ioc.pids()
    assert set(after) == {"kafka", "postgres"}
    assert set(after.values()) & set(before.values()) == set()
    assert {process.pid for process in ioc.leftovers()} & set(before.values()) == set()

    ioc.must("stack", "down")
    assert ioc.must("stack", "status") == "not running\n"
    assert ioc.leftovers() == []

    ioc.must("stack", "up")
    with psycopg.connect(own_url(home, "migrate")) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)
    (ioc.home / "demo.json").write_text("{}")  # what the demo has played; without its data it must begin anew

    assert ioc.run("reset", stdin="n\n").returncode != 0
    assert set(ioc.pids()) == {"kafka", "postgres"}

    ioc.must("reset", "--yes")
    assert ioc.leftovers() == []
    assert list((ioc.home / "postgres").iterdir()) == []
    assert not (ioc.home / "demo.json").exists()
    assert open_home(ioc.home) == home


def test_a_port_in_use_is_named_with_who_holds_it(ioc: Ioc) -> None:
    port = open_home(ioc.home).ports["postgres"]
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused = ioc.run("stack", "up")

    assert refused.returncode == 1
    assert f"port {port}, which this home uses for postgres, is held by" in refused.stderr
    assert f"(pid {os.getpid()}, " in refused.stderr
    assert ioc.leftovers() == []


def test_looking_at_what_is_not_there_creates_nothing(tmp_path: Path) -> None:
    nowhere = Ioc(tmp_path / "none")

    assert nowhere.status()["missing"] == ["nothing is running"]
    assert nowhere.must("stack", "status") == "not running\n"
    for verb in (("down",), ("stack", "down"), ("reset",), ("logs",)):
        nowhere.must(*verb)
    assert not nowhere.home.exists()
