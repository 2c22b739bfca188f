"""Prepares a folder of software once, whoever asks and however often."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

COMPLETE = ".complete"


def prepared(target: Path) -> bool:
    return (target / COMPLETE).is_file()


def prepare_once(target: Path, build: Callable[[Path, Path], None]) -> Path:
    """``target``, built by ``build(scratch, target)`` if it is not there yet.

    It is built beside its place and renamed into it, under a lock: a run that is killed leaves nothing that a later
    one takes for whole, and of two at once one waits for the other. Everybody may read the result.
    """
    if prepared(target):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with exclusive(target.parent / f".{target.name}.lock"):
        if prepared(target):
            return target
        shutil.rmtree(target, ignore_errors=True)
        for stale in target.parent.glob(f".{target.name}.scratch-*"):
            shutil.rmtree(stale, ignore_errors=True)
        scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.scratch-"))
        try:
            build(scratch, target)
            (scratch / COMPLETE).touch()
            _let_everybody_read(scratch)
            scratch.rename(target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return target


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Holds the lock file; it ends with the process, whatever happens to it."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _let_everybody_read(folder: Path) -> None:
    """Root's umask may be 077, and the servers run as another user."""
    folder.chmod(0o755)
    for parent, folders, files in os.walk(folder):
        for name in folders:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(0o755)
        for name in files:
            path = Path(parent, name)
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & 0o777 | (0o555 if path.stat().st_mode & 0o100 else 0o444))
