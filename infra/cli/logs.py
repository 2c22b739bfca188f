"""``ioc logs``: what the processes wrote."""

import time
from collections import deque
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.terminal import answer, existing, say
from infra.errors import OperatorError
from infra.settings import Settings

FOLLOW_S = 0.3


def register(app: typer.Typer) -> None:
    app.command("logs")(logs)


def logs(
    process: Annotated[
        str | None, typer.Argument(help="worker-1, screens, api, gateway, kafka, postgres …; all if left out.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on printing what is added, until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many last lines of each to print.")] = 20,
) -> None:
    """Print the last lines of what a process wrote, or of all.

    The files are in the home's folder logs, one a process, and are rotated at 10 MB, five kept.
    """
    target = existing(Settings())
    found = sorted(target.home.logs.glob("*.log")) if target else []
    if process is not None:
        found = [file for file in found if file.stem == process]
        if not found:
            raise OperatorError(f"'{process}' has written nothing in this home; `ioc status` lists the processes")
    for file in found:
        for line in _last(file, lines):
            answer(_labelled(file, line, alone=process is not None))
    if not found:
        say("Nothing has been written yet.")
    elif follow:
        _follow(found, alone=process is not None)


def _last(file: Path, count: int) -> list[str]:
    with file.open(errors="replace") as lines:
        return [line.rstrip("\n") for line in deque(lines, maxlen=count)]


def _labelled(file: Path, line: str, *, alone: bool) -> str:
    return line if alone else f"{file.stem:<22} {line}"


def _follow(files: list[Path], *, alone: bool) -> None:
    positions = {file: file.stat().st_size for file in files}
    while True:
        for file, position in positions.items():
            size = file.stat().st_size if file.exists() else 0
            start = position if size >= position else 0  # it was rotated
            if size > start:
                with file.open(errors="replace") as text:
                    text.seek(start)
                    for line in text.read().splitlines():
                        answer(_labelled(file, line, alone=alone))
            positions[file] = size
        time.sleep(FOLLOW_S)
