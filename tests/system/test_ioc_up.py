"""``ioc up`` and ``ioc down``, with every real process."""

import http.client
import json
import signal
import socket
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import psutil
import psycopg
import pytest

from dashboards.screens import links
from infra.endpoints import own_url
from infra.home import open_home
from infra.ports import free_port
from schemas.province import ZONE
from tests.conftest import remove_home, temporary_home
from tests.system.ioc_command import Ioc, wait_for

OURS = {"worker-1", "screens", "api", "gateway", "forecast", "relay", "delivery"}
SERVERS = {"kafka", "postgres"}


@pytest.fixture(scope="module")
def on_a_stack() -> Iterator[Ioc]:
    """A home whose stack ``ioc stack up`` started: most of what ``ioc up`` does needs no new one each time."""
    command = Ioc(temporary_home())
    command.must("stack", "up")
    yield command
    command.close()
    remove_home(command.home)


@pytest.fixture
def ioc(on_a_stack: Ioc) -> Iterator[Ioc]:
    yield on_a_stack
    on_a_stack.run("down")
    for process in on_a_stack.spawned:
        process.kill()
        process.wait()
    on_a_stack.spawned.clear()
    assert set(on_a_stack.pids()) == SERVERS, "the stack went with it"


def test_everything_starts_is_ready_and_a_ctrl_c_stops_it_all() -> None:
    command = Ioc(temporary_home())
    try:
        running = command.spawn("up")
        status = command.wait_ready()
        assert {process["name"] for process in status["processes"]} == OURS | SERVERS
        addresses = {process["name"]: process["url"] for process in status["processes"]}
        ports = open_home(command.home).ports
        assert addresses["screens"] == f"http://127.0.0.1:{ports['screens']}/"
        assert addresses["api"] == f"http://127.0.0.1:{ports['api']}/"
        assert addresses["gateway"] == f"http://127.0.0.1:{ports['gateway']}/"
        assert addresses["worker-1"] is None
        assert answer_of(ports["screens"], "/healthz") == http.client.OK

        refused = command.run("up")
        assert refused.returncode == 1
        assert f"`ioc up` with pid {running.pid}" in refused.stderr

        wait_for(lambda: True if f"Wall: {addresses['screens']}" in command.said() else None, 20, command.said)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert command.leftovers() == []
        assert command.status()["processes"] == []
    finally:
        command.close()
        remove_home(command.home)


def test_detached_it_comes_back_when_ready_and_a_second_time_changes_nothing(ioc: Ioc) -> None:
    """Nothing listens for other machines; a killed process comes back; ``ioc down`` leaves the stack of others."""
    ioc.must("up", "--detach")
    before = ioc.status()
    assert before["ready"]
    listening = [
        connection.laddr.ip
        for process in ioc.leftovers()
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 5
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}

    ioc.must("up", "--detach")

    assert ioc.status() == before
    pids = ioc.pids()
    for name in OURS:
        psutil.Process(pids[name]).kill()
    ioc.wait_ready()
    after = wait_for(lambda: now if set(now := ioc.pids()) >= OURS else None, 20)
    assert all(after[name] != pids[name] for name in OURS)

    ioc.must("down")
    assert set(ioc.pids()) == SERVERS


def test_a_killed_supervisor_and_a_killed_up_are_followed_by_one_of_each(ioc: Ioc) -> None:
    """The supervisor is started again by the ``up`` that watches; what that leaves, when it is killed, is ended by
    the next one, which loads no reference data anew."""
    running = ioc.spawn("up")
    ioc.wait_ready()
    before = ioc.pids()
    home = open_home(ioc.home)
    psutil.Process(int((home.run / "processes.pid").read_text())).kill()

    wait_for(lambda: True if set(ioc.pids()) >= OURS else None, 30, ioc.said)

    ioc.wait_ready()
    alive = [process for process in ioc.leftovers() if process.pid in before.values()]
    assert {process.pid for process in alive} == {before[name] for name in SERVERS}
    assert "The processes' supervisor has gone; starting it again." in ioc.said()

    before = ioc.pids()
    running.kill()
    running.wait()
    assert set(ioc.pids()) == OURS | SERVERS  # it leaves them

    said = ioc.run("up", "--detach").stderr

    assert "left behind by an earlier run" in said
    assert "reference data" not in said
    after = ioc.pids()
    assert ioc.status()["ready"]
    for name in OURS:
        assert after[name] != before[name]
        assert not psutil.pid_exists(before[name])
    assert {name: after[name] for name in SERVERS} == {name: before[name] for name in SERVERS}


def test_a_port_of_the_screens_in_use_is_named_and_nothing_is_started(ioc: Ioc) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Ioc(ioc.home, {"IOC_PORT": str(port)}).run("up", "--detach")

    assert refused.returncode == 1
    assert f"port {port} of the screens is held by" in refused.stderr
    assert "choose another with IOC_PORT" in refused.stderr
    assert set(ioc.pids()) == SERVERS


def test_the_demo_started_on_a_sunday_night_feeds_a_working_day_that_moves() -> None:
    port = free_port()
    command = Ioc(temporary_home(), {"IOC_PORT": str(port), "IOC_DEMO_START": "2026-11-29T23:00+07:00"})
    try:
        running = command.spawn("up", "--demo")
        command.wait_ready()
        assert set(command.pids()) == OURS | SERVERS | {"demo"}
        assert Ioc(command.home).status()["ready"], "asked without IOC_PORT, it looks at another port"
        url = own_url(open_home(command.home), "screens")
        first = wait_for(lambda: count if (count := events_in(url)) else None, 30, command.said)
        wait_for(lambda: True if events_in(url) > first else None, 60, command.said)
        assert "province clock says Friday 2026-11-27 13:3" in command.said()
        last = last_case(url)
        wall = wait_for(lambda: now if moment_of(now := on_the_wall(port)) > last else None, 10, command.said)
        shown = moment_of(wall)
        assert shown.date().isoformat() == "2026-11-27", "a Friday, not the Sunday"
        assert shown - last < timedelta(minutes=2), "nothing is ahead of the clock or behind"
        reached = command.status()["history_to"]
        assert "2025-11-27" < reached <= "2026-11-27", "the year behind it is being loaded, the latest days first"
        assert "Đang nạp lịch sử" in json.dumps(wall, ensure_ascii=False)
        assert "history is still being loaded: back to 202" in command.must("status")

        running.terminate()
        assert running.wait(60) == 0
        assert command.leftovers() == []
    finally:
        command.close()
        remove_home(command.home)


def events_in(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM case_event WHERE time > '2010-01-01'").fetchone()
    return int(row[0]) if row else 0


def last_case(url: str) -> datetime:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT max(time) FROM case_event WHERE time > '2010-01-01'").fetchone()
    assert row is not None
    return datetime.fromisoformat(str(row[0])).astimezone(ZONE)


def on_the_wall(port: int) -> dict[str, Any]:
    """The snapshot that the wall shows now."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{links.STREAM}?man=ho-so", timeout=10) as events:
        for line in events:
            if line.startswith(b"data:"):
                snapshot: dict[str, Any] = json.loads(line[5:])
                return snapshot
    raise AssertionError("the stream ended")


def moment_of(snapshot: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(snapshot["asOf"] / 1_000, ZONE)


def answer_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()
