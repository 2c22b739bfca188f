"""Processes of a home that outlived what started them: a supervisor that is killed leaves its children."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

from infra.home import Home

MARK = "IOC_SUPERVISED"  # set for every process that we supervise, to its home and its name
GRACE_S = 10.0


def mark(home: Home, supervisor: str) -> dict[str, str]:
    return {MARK: f"{home.root}:{supervisor}"}


def find_leftovers(home: Home, supervisor: str) -> list[psutil.Process]:
    """Processes that the home's supervisor of this name started, and itself. A process is ours if its environment has
    our mark with this home, or, for programs that overwrite theirs, if this home's pid file names it and its command
    line names this home's files. Never ourselves."""
    claimed = f"{home.root}:{supervisor}"
    found = {process.pid: process for process in psutil.process_iter() if _mark_of(process) == claimed}
    for process in _named_by_pid_files(home, supervisor):
        found[process.pid] = process
    found.pop(os.getpid(), None)
    return list(found.values())


def end_leftovers(home: Home, supervisor: str) -> list[str]:
    """Ends them, the supervisor before its children (it would start them again), and says what it ended."""
    leftovers = find_leftovers(home, supervisor)
    leftovers.sort(key=lambda process: not _is_supervisor(process))
    ended = [f"{_title(process)} (pid {process.pid})" for process in leftovers]
    _end([process for process in leftovers if _is_supervisor(process)])
    _end([process for process in leftovers if not _is_supervisor(process)])
    return ended


def _end(processes: list[psutil.Process]) -> None:
    for process in processes:
        _quietly(process.terminate)
    _, stubborn = psutil.wait_procs(processes, timeout=GRACE_S)
    for process in stubborn:
        _quietly(process.kill)
    psutil.wait_procs(stubborn, timeout=GRACE_S)


def _quietly(action: Callable[[], None]) -> None:
    try:
        action()
    except psutil.NoSuchProcess:
        return


def _mark_of(process: psutil.Process) -> str | None:
    try:
        environment: dict[str, str] = process.environ()
    except (psutil.Error, OSError):
        return None  # gone, or another user's: then it is not ours
    return environment.get(MARK)


def _named_by_pid_files(home: Home, supervisor: str) -> Iterable[psutil.Process]:
    files = [home.run / f"{supervisor}.pid"]
    if supervisor == "stack":
        files.append(home.postgres / "data" / "postmaster.pid")
    for file in files:
        process = _process_in(file)
        if process is not None and _mentions(process, home.root):
            yield process


def names_ours(file: Path, folder: Path) -> bool:
    """Whether the pid file names a living process whose command line names files of the folder."""
    process = _process_in(file)
    return process is not None and _mentions(process, folder)


def _process_in(file: Path) -> psutil.Process | None:
    try:
        return psutil.Process(int(file.read_text().split()[0]))
    except (OSError, ValueError, IndexError, psutil.Error):
        return None


def _mentions(process: psutil.Process, root: Path) -> bool:
    try:
        return any(word.startswith(f"{root}/") for word in process.cmdline())
    except (psutil.Error, OSError):
        return False


def _is_supervisor(process: psutil.Process) -> bool:
    try:
        return "supervisor.supervisord" in process.cmdline()
    except (psutil.Error, OSError):
        return False


def _title(process: psutil.Process) -> str:
    try:
        return str(process.name())
    except (psutil.Error, OSError):
        return "process"
