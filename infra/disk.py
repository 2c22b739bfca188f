"""What an operator is told of the disk of a home."""

from pathlib import Path

from schemas.disk_room import LEAST, room


def full(root: Path) -> str | None:
    """What to say where the disk is full; ``None`` where there is room, or no home yet."""
    left = room(root)
    if left is None or left >= LEAST:
        return None
    return f"the disk of {root} is full ({megabytes(left)} left); all goes on by itself once there is room"


def left(root: Path) -> str:
    """How much room there is, for a line about a home that is there."""
    return megabytes(room(root) or 0)


def megabytes(amount: int) -> str:
    return f"{amount / 1e6:,.0f} MB" if amount < 10e9 else f"{amount / 1e9:,.0f} GB"
