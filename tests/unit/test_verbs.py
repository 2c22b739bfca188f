"""What ``ioc`` loads for a verb: of the others nothing, and the same commands as with all of them."""

import inspect
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
import typer.main
from pydantic import ValidationError
from typer.core import TyperGroup
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.cli.faults import told as what_is_said
from infra.cli.verbs import VERBS
from infra.settings import Settings

HEAVY = {"openpyxl", "aiohttp", "aiokafka", "dashboards", "kafka", "sqlalchemy"}
SLOW = {*HEAVY, "psycopg", "psycopg_pool", "pydantic", "pydantic_settings", "psutil", "streams", "infra.settings"}


def modules_of(*typed: str) -> set[str]:
    """What is loaded when this has been typed."""
    code = f"import sys; from infra.cli.__main__ import build; build({list(typed)}); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


@pytest.mark.parametrize("typed", ["--version", "--help", "statsu"])
def test_what_asks_for_no_verb_loads_none_and_nothing_that_one_would_need(typed: str) -> None:
    loaded = modules_of(typed)
    assert loaded & SLOW == set()
    assert {name for name in loaded if name.startswith("infra.cli.")} == {
        *("infra.cli.__main__", "infra.cli.arguments", "infra.cli.escaped", "infra.cli.verbs"),
    }


def test_the_list_says_of_each_verb_what_the_verb_says_of_itself() -> None:
    for name, verb in of_all().items():
        own = inspect.cleandoc(verb.help or "").split("\n\n")[0].replace("\n", " ")
        assert VERBS[name].says == own, name
        assert VERBS[name].group == hasattr(verb, "commands"), name
    assert list(of_all()) == list(of("--help")), "in the same order"


def test_a_verb_loads_nothing_of_the_others() -> None:
    loaded = modules_of("status", "--json")

    assert {name for name in loaded if name.startswith("infra.cli.")} <= {
        *("infra.cli.__main__", "infra.cli.escaped", "infra.cli.status", "infra.cli.terminal"),
        *("infra.cli.arguments", "infra.cli.printing", "infra.cli.verbs"),
    }
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_is_typed_is_the_one_of_the_whole_command_line(verb: str) -> None:
    alone, whole = of(verb, "--help"), of_all()

    assert list(alone) == [verb]
    assert set(whole) == set(VERBS)
    assert told(alone[verb]) == told(whole[verb])


@cache
def of(*typed: str) -> dict[str, Any]:
    """The verbs of the command line that is built for this."""
    return verbs_of(build(typed))


@cache
def of_all() -> dict[str, Any]:
    return verbs_of(build())


def verbs_of(app: typer.Typer) -> dict[str, Any]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return dict(group.commands)


def told(command: Any) -> list[Any]:
    """Its help, its options and its own verbs."""
    below = [(name, *told(one)) for name, one in getattr(command, "commands", {}).items()]
    return [command.help, command.epilog, [option.opts for option in command.params], below]


def test_what_is_no_verb_is_told_of_all() -> None:
    for typed in ((), ("--help",), ("statsu",)):
        assert set(of(*typed)) == set(VERBS), typed


def test_a_setting_that_cannot_be_is_told_by_its_variable_and_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_PORT", "x")
    monkeypatch.setenv("IOC_WORKERS", "99")
    with pytest.raises(ValidationError) as told:
        Settings()
    assert what_is_said(told.value) == "IOC_PORT must be a whole number; IOC_WORKERS must be 64 or less"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("figures", "--from", "2026-13-01"), "'--from': must be a day of the calendar, written as 2026-01-31"),
        (("sources", "lost", "--from", "x"), "'--from': must be a day of the calendar, written as 2026-01-31"),
        (("dead-letters", "show", "x"), "'id': must be a whole number"),
        (("simulate", "--scale", "0"), "'--scale': must be 0.001 or more"),
        (("figures", "--from", "2026-02-01", "--to", "2026-01-01"), "--to: the last day is before the first"),
    ],
)
def test_an_argument_that_cannot_be_is_told_by_its_name_and_the_rule(typed: tuple[str, ...], said: str) -> None:
    told_of = CliRunner().invoke(build(typed), typed)
    assert told_of.exit_code == 2
    assert f"Invalid value for {said}" in " ".join(told_of.output.replace("│", " ").split())
