"""A progress bar on standard error: at a terminal only, so that nothing of it stands in a file or a log."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn


def bars(*, transient: bool) -> Progress:
    """Bars for any number of tasks, each with a ``note`` beside it. ``transient``: they vanish when they end."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
        transient=transient,
    )


class Bar:
    """A context for one long piece of work."""

    def __init__(self, what: str) -> None:
        self._progress = bars(transient=True)
        self._task = self._progress.add_task(what, total=None, note="")

    @property
    def shown(self) -> bool:
        return not self._progress.disable

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self._progress.stop()

    def at(self, done: float, of: float, note: str) -> None:
        self._progress.update(self._task, completed=done, total=of, note=note)
