"""How much room is left where a home keeps its data."""

import shutil
from pathlib import Path

# PostgreSQL writes its log in files of 16 MB and Kafka lays 10 MB aside for an index: with less, both soon stop.
LEAST = 64_000_000
PARTS = ("", "kafka", "postgres")  # which may lie on disks of their own


def room(root: Path) -> int:
    """Bytes that are left to an ordinary user, on the fullest of the disks that hold this home."""
    return min(shutil.disk_usage(root / part).free for part in PARTS if (root / part).is_dir())


def full(root: Path) -> str | None:
    """What to say where the disk is full; ``None`` where there is room, or no home yet."""
    if not root.is_dir() or (left := room(root)) >= LEAST:
        return None
    return f"the disk of {root} is full ({megabytes(left)} left); all goes on by itself once there is room"


def megabytes(amount: int) -> str:
    return f"{amount / 1e6:,.0f} MB" if amount < 10e9 else f"{amount / 1e9:,.0f} GB"
