"""Finds a Java that the broker runs on."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from infra.errors import OperatorError

SUPPORTED = (17, 21)
VERSION = re.compile(r'version "(\d+)')


def find_java() -> Path:
    """``java`` of release 17 or 21: one under /usr/lib/jvm, which the system user can reach too, else the path's."""
    for candidate in _candidates():
        if _release(candidate) in SUPPORTED:
            return candidate
    raise OperatorError("Kafka needs Java 17 or 21 and none was found; `make setup` says which package to install")


def _candidates() -> Iterable[Path]:
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    on_path = shutil.which("java")
    if on_path is not None:
        yield Path(on_path)


def _release(java: Path) -> int | None:
    try:
        answer = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False, timeout=30)
    except OSError:
        return None
    found = VERSION.search(answer.stderr)
    return int(found[1]) if found else None
