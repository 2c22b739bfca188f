"""What ``ioc`` loads for a verb: of the others nothing, and the same commands as with all of them."""

import subprocess
import sys
from functools import cache
from typing import Any

import pytest
import typer.main
from typer.core import TyperGroup

from infra.cli.__main__ import VERBS, build

HEAVY = {"openpyxl", "aiohttp", "aiokafka", "dashboards", "kafka", "sqlalchemy"}


def test_a_verb_loads_nothing_of_the_others() -> None:
    code = "import sys; from infra.cli.__main__ import build; build(['status', '--json']); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ended.stdout.split())

    assert {name for name in loaded if name.startswith("infra.cli.")} <= {
        *("infra.cli.__main__", "infra.cli.escaped", "infra.cli.status", "infra.cli.terminal"),
    }
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_is_typed_is_the_one_of_the_whole_command_line(verb: str) -> None:
    alone, whole = of(verb, "--help"), of()

    assert list(alone) == [verb]
    assert set(whole) == set(VERBS)
    assert told(alone[verb]) == told(whole[verb])


@cache
def of(*typed: str) -> dict[str, Any]:
    """The verbs of the command line that is built for this."""
    group = typer.main.get_command(build(typed))
    assert isinstance(group, TyperGroup)
    return dict(group.commands)


def told(command: Any) -> list[Any]:
    """Its help, its options and its own verbs."""
    below = [(name, *told(one)) for name, one in getattr(command, "commands", {}).items()]
    return [command.help, command.epilog, [option.opts for option in command.params], below]


def test_what_is_no_verb_is_told_of_all() -> None:
    for typed in ((), ("--help",), ("statsu",)):
        assert set(of(*typed)) == set(VERBS), typed
