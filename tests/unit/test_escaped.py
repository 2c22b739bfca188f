"""What a terminal would obey is shown instead."""

import io
import os
import pty
import subprocess
import sys

from rich.console import Console
from rich.table import Table

from infra.cli.escaped import Escaping, escaped

STRANGE = "Sở \u202eTư\x85 pháp\x9b31m"


def test_what_turns_or_steers_a_terminal_is_written_as_letters() -> None:
    assert escaped(STRANGE) == "Sở \\u202eTư\\u0085 pháp\\u009b31m"
    assert escaped("Hòa\tHoà\r\n\x1b[1mđ\x1b[0m") == "Hòa\tHoà\r\n\x1b[1mđ\x1b[0m"


def test_a_table_of_names_is_escaped_too() -> None:
    stream = io.StringIO()
    table = Table("unit")
    table.add_row(STRANGE)
    Console(file=Escaping(stream), width=80).print(table)  # type: ignore[arg-type]
    assert "\\u202e" in stream.getvalue()
    assert not set("\u202e\x85\x9b") & set(stream.getvalue())


def test_a_terminal_is_escaped_and_a_pipe_is_not() -> None:
    program = "from infra.cli.escaped import escape_terminals as e; e(); import typer; typer.echo('a\\u202eb')"
    piped = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, check=True)
    assert piped.stdout.decode() == "a\u202eb\n"
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-X", "utf8", "-c", program], stdout=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 100).decode()
    os.close(ours)
    assert shown.strip() == "a\\u202eb"
