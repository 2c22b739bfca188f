"""What supervisor reads back from the configuration that we write for it."""

import shlex
import signal
from pathlib import Path
from typing import Any

import pytest
from supervisor.options import ServerOptions

from infra.errors import OperatorError
from infra.supervise.programs import Program, configuration

AWKWARD = 'a "quote", a %(percent)s, a comma, semi;colon, sharp# and a back\\slash'


def read_back(folder: Path, program: Program) -> Any:
    """The program as supervisor's own reader of the file sees it."""
    file = folder / "test.conf"
    file.write_text(configuration("test", folder, folder, folder, (program,)))
    options = ServerOptions()
    options.realize(["-c", str(file)])
    return options.process_group_configs[0].process_configs[0]


def test_arguments_and_environment_come_through_unchanged(tmp_path: Path) -> None:
    quoted = AWKWARD.replace('"', "%22")
    secret = f"postgresql://u:{quoted}@h/d"
    command = ("/usr/bin/python3", "-c", AWKWARD)

    seen = read_back(tmp_path, Program("w", command, environment={"IOC_DATABASE": secret, "EMPTY": ""}))

    assert tuple(shlex.split(seen.command)) == command
    assert seen.environment == {"IOC_DATABASE": secret, "EMPTY": ""}


def test_it_never_gives_up_and_stops_whole_groups(tmp_path: Path) -> None:
    seen = read_back(tmp_path, Program("w", ("/bin/true",), start_s=10, stop_wait_s=7))

    assert seen.startretries >= 1_000_000
    assert seen.autorestart
    assert (seen.stopasgroup, seen.killasgroup) == (True, True)
    assert (seen.startsecs, seen.stopwaitsecs) == (10, 7)


def test_postgres_ends_its_own_children(tmp_path: Path) -> None:
    seen = read_back(tmp_path, Program("postgres", ("/bin/true",), stop_signal="INT", stop_group=False))

    assert (seen.stopasgroup, seen.killasgroup) == (False, False)
    assert seen.stopsignal == signal.SIGINT


def test_a_quote_in_an_environment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="a value with quotes"):
        configuration("test", tmp_path, tmp_path, tmp_path, (Program("w", ("/bin/true",), environment={"A": '"'}),))


@pytest.mark.parametrize("value", ["two\nlines", "a ;comment", "a #comment"])
def test_what_supervisor_would_cut_off_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(OperatorError, match="cannot be given a value"):
        configuration("test", tmp_path, tmp_path, tmp_path, (Program("w", ("/bin/echo", value)),))
