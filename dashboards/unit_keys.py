"""A unit in figures is named by its key. Where the key is another unit's since, a former one is named by the key and
its last day: ``26041/2025-06-30`` was Phường Trung Dũng."""

import re
from datetime import date

_FORMER = re.compile(r"(.+)/(\d{4}-\d{2}-\d{2})", re.DOTALL | re.ASCII)
_SINCE_GONE = " (đến "


def former(key: str, until: date) -> str:
    return f"{key}/{until}"


def parted(unit: str) -> tuple[str, date | None]:
    """The key, and of a former unit its last day."""
    found = _FORMER.fullmatch(unit)
    if found is None:
        return unit, None
    try:
        return found[1], date.fromisoformat(found[2])
    except ValueError:  # a 13th month
        return unit, None


def said(name: str, until: date) -> str:
    """The name of a former unit, with its last day."""
    return f"{name}{_SINCE_GONE}{until:%d/%m/%Y})"


def plain(name: str) -> str | None:
    """The name of a former unit without its last day; ``None`` of any other name."""
    before, found, _ = name.partition(_SINCE_GONE)
    return before if found else None
