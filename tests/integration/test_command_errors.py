"""Every verb of ``ioc``, given what a user may give it by mistake: one message, exit code, and never a traceback."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from infra.cli.__main__ import build, main
from infra.cli.arguments import arguments_of
from infra.home import open_home
from tests.conftest import remove_home, temporary_home

MAPPING = """
[file]
format = "csv"
[columns]
case = "case"
step = "step"
time = "time"
[constants]
source = "urn:test"
unit = "U"
"""
# Verbs that start or fetch something where nothing is wrong; they get a home that cannot be.
STARTING = (("up",), ("setup",), ("stack", "up"))
NO_FILE = (
    *(("down",), ("status",), ("status", "--json"), ("logs",), ("logs", "worker-9"), ("figures",), ("audit",)),
    *(("figures", "--from", "2026-13-01"), ("forecast",), ("forecast", "--run"), ("simulate",), ("simulate", "--span")),
    *(
        ("dead-letters", "list"),
        ("dead-letters", "purge"),
        ("dead-letters", "show", "1"),
        ("dead-letters", "replay", "1"),
        ("reference", "load"),
    ),
    *(("reference", "check"), ("reference", "unknown"), ("stack", "status"), ("stack", "down"), ("reset", "--yes")),
    *(("accounts", "add", "Có Dấu", "--role", "leader", "--name", "x"), ("accounts", "list"), ("record", "list")),
    *(("accounts", "role", "nobody", "--role", "king"), ("accounts", "password", "nobody"), ("record", "verify")),
    *(("accounts", "disable", "nobody"), ("accounts", "enable", "nobody"), ("keys", "list"), ("devices", "list")),
    *(
        ("keys", "add", "a b"),
        ("keys", "end", "nobody"),
        ("devices", "end", "nobody"),
        ("keys", "add", "x", "--days", "0"),
    ),
    *(("sources", "add", "a b", "--types", "x", "--units", "*"), ("sources", "list"), ("sources", "rotate", "nobody")),
    *(
        ("sources", "remove", "nobody"),
        ("sources", "lost"),
        ("probe",),
        ("guard", "campaigns"),
        ("guard", "withdraw", "1"),
        ("guard", "announce", "x", "--first", "2026-09-05", "--last", "2026-09-01", "--lookups", "1"),
        ("drill", "surge"),
        ("drill", "x"),
        ("ingest", "portal"),
        ("templates", "--folder"),
    ),
)
# The places of a verb that take a file; {} is it.
WITH_FILE = (
    *(
        ("import", "{}"),
        ("import", "{}", "--guess"),
        ("import", "{}", "--mapping", "map.toml"),
        ("import", "{}", "--mapping", "table.toml"),
    ),
    *(("import", "good.csv", "--mapping", "{}"), ("import", "{}", "--mapping", "xes")),
    *(
        ("import", "good.csv", "--mapping", "map.toml", "--rejected", "{}/x"),
        ("import", "good.csv", "--rejected", "{}"),
    ),
    *(("import", "{}", "--mapping", "map.toml", "--dry-run"), ("import", "{}", "--mapping", "table.toml", "--dry-run")),
    *(("import", "{}", "--mapping", "xes", "--dry-run"), ("import", "{}", "--dry-run")),
    *(("ingest", "dvcqg", "{}"), ("ingest", "dvcqg", "{}", "--dry-run"), ("ingest", "portal", "{}", "--dry-run")),
    *(("ingest", "dvcqg", "m.jsonl", "--dry-run", "--rejected", "{}/x"), ("ingest", "portal", "{}")),
    *(("ingest", "portal", "good.csv", "--layout", "{}"), ("probe", "--file", "{}"), ("templates", "--folder", "{}/x")),
    *(("reference", "check", "--folder", "{}"), ("reference", "load", "--folder", "{}"), ("check", "{}")),
    *(("simulate", "--dry-run", "--span", "1d", "--truth", "{}/x"), ("dead-letters", "replay", "1", "--file", "{}")),
)
FILES = (
    *("absent.csv", "folder.csv", "folder.xlsx", "utf16.csv", "zeros.xlsx", "zeros.csv", "page.xlsx", "cut.xes"),
    *("good.csv/inside.csv", "closed.csv", "not.json", "empty.xlsx", ""),
)


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    """A home of which nothing runs."""
    home = temporary_home()
    open_home(home)
    yield home
    remove_home(home)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "map.toml").write_text(MAPPING, "utf-8")
    table = '[[event]]\ntype = "task.done.v1"\ntime = "time"\nsubject = "{case}"\n'
    (tmp_path / "table.toml").write_text('source = "urn:test"\n[file]\nformat = "csv"\n' + table, "utf-8")
    (tmp_path / "good.csv").write_text("case,step,time\nc1,a,2024-01-31\n", "utf-8")
    (tmp_path / "m.jsonl").write_text("{}\n", "utf-8")
    (tmp_path / "utf16.csv").write_text("case,step,time\nc1,a,2024-01-31\n", "utf-16")
    (tmp_path / "cut.xes").write_text("<?xml version='1.0'?><log><trace>", "utf-8")
    (tmp_path / "page.xlsx").write_text("<html><body>Hết phiên</body></html>", "utf-8")
    (tmp_path / "not.json").write_text("[1, 2", "utf-8")
    (tmp_path / "empty.xlsx").touch()
    for name in ("zeros.csv", "zeros.xlsx"):
        (tmp_path / name).write_bytes(bytes(5_000))
    for name in ("folder.csv", "folder.xlsx"):
        (tmp_path / name).mkdir()
    (tmp_path / "closed.csv").touch(mode=0)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of ``ioc`` as it is typed."""
    monkeypatch.setattr(sys, "argv", ["ioc", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capfd.readouterr()
    code = ended.value.code
    return (code if isinstance(code, int) else 0 if code is None else 1), out, err


def clean(code: int, out: str, err: str, arguments: tuple[str, ...]) -> None:
    assert "Traceback" not in out + err, arguments
    assert "exception" not in err.lower(), (arguments, err)
    assert code == 0 or out + err, arguments
    assert code != 1 or "ioc: " in err, (arguments, err)


def leaves(command: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    below = getattr(command, "commands", {})
    for name, one in below.items():
        yield from leaves(one, (*above, name))
    if not below:
        yield above


def test_the_walk_knows_every_verb() -> None:
    walked = (*STARTING, *NO_FILE, *WITH_FILE)
    missed = [
        verb for verb in leaves(typer.main.get_command(build())) if not any(w[: len(verb)] == verb for w in walked)
    ]

    assert missed == []


@pytest.mark.parametrize("arguments", NO_FILE, ids=" ".join)
def test_no_verb_breaks_off_where_nothing_runs(
    stopped: Path,
    place: Path,
    arguments: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("IOC_HOME", str(stopped))

    clean(*run(monkeypatch, capfd, *arguments), arguments)


@pytest.mark.parametrize("verb", ["figures", "forecast", "reference unknown", "audit", "sources list"])
def test_a_stopped_database_is_said_at_once(
    stopped: Path, verb: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IOC_HOME", str(stopped))
    began = time.monotonic()

    code, _, err = run(monkeypatch, capfd, *verb.split())

    assert (code, err) == (1, f"ioc: the database of {stopped} is stopped; `ioc up` starts it\n")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("arguments", WITH_FILE, ids=" ".join)
def test_no_verb_breaks_off_over_a_file_that_is_not_what_it_should_be(
    place: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IOC_HOME", str(place / "none"))
    for file in FILES:
        said = tuple(argument.format(file) for argument in arguments)

        clean(*run(monkeypatch, capfd, *said), said)


@pytest.mark.parametrize("arguments", [*STARTING, *NO_FILE], ids=" ".join)
def test_no_verb_breaks_off_over_a_home_that_cannot_be(
    place: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for home in ("good.csv", "good.csv/home"):
        monkeypatch.setenv("IOC_HOME", str(place / home))

        clean(*run(monkeypatch, capfd, *arguments), arguments)


def test_a_setting_that_cannot_be_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IOC_PORT", "none")

    code, _, err = run(monkeypatch, capfd, "status")

    assert code == 1
    assert err == "ioc: IOC_PORT must be a whole number\n"


def test_no_verb_looks_itself_whether_a_file_may_be_read() -> None:
    """An ordinary user would be told how the verb is used instead."""
    told = [one.type_descriptor for one in arguments_of(typer.main.get_command(build()))]
    paths = [one.parameter_info for one in told if one.annotation is Path]
    assert len(paths) > 10
    assert not [one for one in paths if one.readable]


def test_a_closed_file_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if os.geteuid() == 0:
        (place / "closed.csv").unlink()
        (place / "closed.csv").mkdir()

    code, _, err = run(monkeypatch, capfd, "import", "closed.csv", "--mapping", "map.toml", "--dry-run")

    assert (code, err.splitlines()[0].rpartition(": ")[0]) == (1, "ioc: cannot read closed.csv")
