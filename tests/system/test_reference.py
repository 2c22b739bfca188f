"""A real installation on servers of somebody else: what it starts, what it loads, and what it leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from infra.stack.stack import Stack
from tests.conftest import remove_home, temporary_home
from tests.system.ioc_command import Ioc
from tests.system.test_ioc_up import OURS


@pytest.fixture
def ioc(kafka: str, empty_database: DatabaseUrls) -> Iterator[Ioc]:
    settings = {"IOC_KAFKA": kafka, "IOC_DATABASE": empty_database.migrate}
    for login in ("streams", "screens", "api", "access", "units"):
        settings[f"IOC_DATABASE_{login.upper()}"] = getattr(empty_database, login)
    command = Ioc(temporary_home(), settings)
    yield command
    command.run("down")
    command.close()
    remove_home(command.home)


def test_servers_of_somebody_else_are_used_left_alone_and_given_the_reference_data_that_they_lack(
    ioc: Ioc, stack: Stack, empty_database: DatabaseUrls
) -> None:
    """A start loads what it has never seen, and goes on where it cannot. That an unchanged start loads nothing:
    ``test_ioc_up.py``."""
    servers = {process.name: process.pid for process in stack.processes()}

    first = ioc.run("up", "--detach")
    assert set(ioc.pids()) == OURS
    assert ioc.run("reset", "--yes").returncode == 1
    ioc.must("down")
    assert ioc.leftovers() == []
    own = ioc.home / "reference"
    own.mkdir()
    write_plan(own, "nhiều")
    second = ioc.run("up", "--detach")
    ioc.must("down")
    write_plan(own, "7")
    third = ioc.run("up", "--detach")

    assert "Loaded reference data: aliases.csv, " in first.stderr
    assert "Warning: reference data was not loaded: plans.csv:2: amount: int_parsing." in second.stderr
    assert "Ready." in second.stderr
    assert "Loaded reference data: plans.csv." in third.stderr
    with psycopg.connect(empty_database.screens) as connection:
        stands = "SELECT plan, amount FROM ref_plan WHERE replaced_by IS NULL AND NOT kept"
        assert connection.execute(stands).fetchall() == [("KH1", 7)]
        assert connection.execute("SELECT count(*) FROM ref_unit WHERE tier = 'commune'").fetchone() == (
            170 + 159 + 95,
        )
    assert {process.name: process.pid for process in stack.processes()} == servers


def write_plan(folder: Path, amount: str) -> None:
    head = "plan,number,part,name,amount,valid_from,confidence"
    (folder / "plans.csv").write_text(f"{head}\nKH1,1/KH,chung,Nhiệm vụ,{amount},2027-01-01,sourced\n", "utf-8")
