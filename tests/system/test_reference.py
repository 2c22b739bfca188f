"""Reference data at the start of a real installation."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.endpoints import DatabaseUrls
from tests.conftest import remove_home, temporary_home
from tests.system.ioc_command import Ioc


@pytest.fixture
def ioc(kafka: str, empty_database: DatabaseUrls) -> Iterator[Ioc]:
    settings = {"IOC_KAFKA": kafka, "IOC_DATABASE": empty_database.migrate}
    for login in ("streams", "screens", "api"):
        settings[f"IOC_DATABASE_{login.upper()}"] = getattr(empty_database, login)
    command = Ioc(temporary_home(), settings)
    yield command
    command.run("down")
    command.close()
    remove_home(command.home)


def test_a_start_loads_what_it_has_never_seen_and_goes_on_where_it_cannot(
    ioc: Ioc, empty_database: DatabaseUrls
) -> None:
    first = ioc.run("up", "--detach")
    ioc.must("down")
    second = ioc.run("up", "--detach")
    ioc.must("down")
    own = ioc.home / "reference"
    own.mkdir()
    write_plan(own, "nhiều")
    third = ioc.run("up", "--detach")
    ioc.must("down")
    write_plan(own, "7")
    fourth = ioc.run("up", "--detach")

    assert "Loaded reference data: aliases.csv, " in first.stderr
    assert "reference data" not in second.stderr
    assert "Warning: reference data was not loaded: plans.csv:2: amount: int_parsing." in third.stderr
    assert "Ready." in third.stderr
    assert "Loaded reference data: plans.csv." in fourth.stderr
    with psycopg.connect(empty_database.screens) as connection:
        stands = "SELECT plan, amount FROM ref_plan WHERE replaced_by IS NULL AND NOT kept"
        assert connection.execute(stands).fetchall() == [("KH1", 7)]
        assert connection.execute("SELECT count(*) FROM ref_unit WHERE tier = 'commune'").fetchone() == (
            170 + 159 + 95,
        )


def write_plan(folder: Path, amount: str) -> None:
    head = "plan,number,part,name,amount,valid_from,confidence"
    (folder / "plans.csv").write_text(f"{head}\nKH1,1/KH,chung,Nhiệm vụ,{amount},2027-01-01,sourced\n", "utf-8")
