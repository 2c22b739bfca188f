"""Tables of the command: whole in a pipe, whole at a narrow terminal, and what is in them is data."""

import io
import re
import sys

import pytest
from rich.table import Table

from infra.cli.printing import print_table

NAME = "urn:h19:26:" + "don-vi-" * 15 + "cuoi"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def table() -> Table:
    made = Table("unit", "accepted", "overdue", box=None)
    made.add_row(NAME, "1,234,567", "12,345")
    made.add_row("[red]x[/red]", "1", "2")
    return made


def test_a_pipe_gets_every_row_whole_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(table())
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[1:]] == [[NAME, "1,234,567", "12,345"], ["[red]x[/red]", "1", "2"]]


def test_a_narrow_terminal_folds_and_cuts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", screen := Terminal())
    print_table(table())
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert max(map(len, lines)) <= 40
    unit, *amounts = zip(*((line[:20], line[20:30], line[30:]) for line in lines[1:-1]), strict=True)
    assert "".join(part.strip() for part in unit) == NAME
    assert ["".join(part).split() for part in amounts] == [["1,234,567"], ["12,345"]]
