"""How much room is left on the disks that hold a home; every process beside its database asks it the same way."""

import shutil
from pathlib import Path

# PostgreSQL writes its log in files of 16 MB and Kafka lays 10 MB aside for an index: with less, both soon stop.
LEAST = 64_000_000  # bytes
POSTGRES = "postgres"
PARTS = ("", "kafka", POSTGRES)  # folders, which may lie on disks of their own


def room(root: Path, *parts: str) -> int | None:
    """Bytes that are left to an ordinary user on the fullest of the disks of these parts, by default of all; ``None``
    where there is none of them."""
    folders = [root / part for part in parts or PARTS]
    return min((shutil.disk_usage(folder).free for folder in folders if folder.is_dir()), default=None)


def is_full(root: Path, *parts: str) -> bool:
    """Whether less is left there than Kafka and PostgreSQL need."""
    left = room(root, *parts)
    return left is not None and left < LEAST
