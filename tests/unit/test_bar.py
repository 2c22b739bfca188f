"""A bar where somebody looks, and nothing where nobody does."""

import os
import pty
from contextlib import suppress

import pytest

from infra.cli.bar import Bar


def test_nothing_of_a_bar_stands_in_a_file(capfd: pytest.CaptureFixture[str]) -> None:
    with Bar("audit") as bar:
        bar.at(1, 4, "histories")
        assert not bar.shown
    assert capfd.readouterr() == ("", "")


def test_at_a_terminal_the_bar_says_what_is_done_now(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        with Bar("audit") as bar:
            assert bar.shown
            bar.at(1, 4, "histories")
    said = ""
    with os.fdopen(ours, "rb", buffering=0) as screen, suppress(OSError):  # the end of a terminal is an error
        while part := screen.read(65_536):
            said += part.decode(errors="replace")
    assert "audit" in said
    assert "histories" in said
    assert "25%" in said
