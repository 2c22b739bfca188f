"""``ioc reference`` as it is typed, on a real database."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from dashboards import part_names, source_names
from infra.cli.__main__ import build
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError
from infra.home import Home


@pytest.fixture
def command(
    home: Home, database: DatabaseUrls, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., tuple[int, str]]]:
    """``ioc reference`` on a database of its own."""
    monkeypatch.setenv("IOC_HOME", str(home.root))
    monkeypatch.setenv("IOC_DATABASE", database.migrate)
    monkeypatch.setenv("IOC_FEEDS", '[{"source": "urn:test:quen", "name": "Quen"}]')
    for login in ("streams", "screens", "api", "access", "units"):
        monkeypatch.setenv(f"IOC_DATABASE_{login.upper()}", getattr(database, login))

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(build(), ["reference", *arguments], catch_exceptions=False)
        return result.exit_code, result.stdout

    yield run
    part_names.hold({})  # which a process of its own would have taken with it
    source_names.hold(())


def test_the_command_loads_lists_and_says_when_there_is_nothing_to_do(
    database: DatabaseUrls, command: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert command("unknown") == (0, "Every unit, procedure, system, plan and source in the figures is known.\n")
    code, said = command("load")
    assert code == 0
    assert re.search(r"units_2024\.csv +package +182 +182 +0 +0", said)
    assert command("load") == (0, "Nothing to load: the tables say what the files say.\n")
    with psycopg.connect(database.migrate) as connection:
        connection.execute(
            "INSERT INTO case_by_unit_day (unit, day, channel, accepted) VALUES ('Ấp [lạ]', '2025-08-01', 'online', 3)"
        )
        connection.execute(
            "INSERT INTO subject_figure (domain, counter, unit, part, day, amount, subjects) VALUES"
            " ('system', 'looks', '', 'kho-moi', '2025-08-02', 9, 2),"
            " ('system', 'looks', '', 'lgsp', '2025-08-02', 9, 2)"
        )
        connection.execute(
            "INSERT INTO stream_source (source, topic_id, topic, partition, events, received_at) VALUES"
            " ('urn:test:la', 'a', 'cases', 0, 4, '2025-08-03 08:00+07'),"
            " ('urn:test:la', 'b', 'tasks', 0, 3, '2025-08-02 08:00+07'),"
            " ('urn:test:quen', 'a', 'cases', 0, 9, '2025-08-03 08:00+07'),"
            " ('urn:test:lgsp', 'a', 'cases', 0, 9, '2025-08-03 08:00+07')"
        )
    code, said = command("unknown", "--json")
    assert code == 0
    assert json.loads(said)["unknown"] == [
        {
            "kind": "unit", "key": "Ấp [lạ]", "why": "unknown",
            "first_day": "2025-08-01", "last_day": "2025-08-01", "amount": 3, "sources": [],
        },
        {  # of which the screens say "chưa có tên"
            "kind": "system", "key": "kho-moi", "why": "unknown",
            "first_day": "2025-08-02", "last_day": "2025-08-02", "amount": 2, "sources": [],
        },
        {  # neither the operator's nor a system's
            "kind": "source", "key": "urn:test:la", "why": "unknown",
            "first_day": None, "last_day": "2025-08-03", "amount": 7, "sources": [],
        },
    ]  # fmt: skip
    code, said = command("unknown")
    assert re.search(r"unit +Ấp \[lạ\] +3 +2025-08-01 +2025-08-01 +no reference row has it", said)

    (tmp_path / "plans.csv").write_text("plan,number,part,name,amount,valid_from,confidence\n", "utf-8")
    code, said = command("load", "--folder", str(tmp_path))
    assert re.search(r"plans\.csv +own +0 +4 +4 +4", said), "its four parts are kept for the days before"


def test_a_database_that_was_not_migrated_is_told(
    empty_database: DatabaseUrls, command: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_DATABASE", empty_database.migrate)
    with pytest.raises(OperatorError, match=r"lacks what this version asks for.*UndefinedTable"):
        command("load")
