"""What stands beside an event whose source may speak for some units only: their keys or globs, as the gateway wrote
them (attribute ``granted``). An event without it has no limit: an operator's import, or a source of every unit.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache

from schemas.reference.spelling import same

EVERYTHING = "*"
NOT_YOURS = "not_yours"  # rules that an event breaks
NOT_GRANTED = "not_granted"
LONGEST = 8_000  # characters of the attribute


def written(units: Iterable[str]) -> str | None:
    """The attribute of a source of these units; ``None`` where they are every one. A comma in a glob is escaped."""
    globs = tuple(units)
    if EVERYTHING in globs:
        return None
    return ",".join(sorted(glob.replace("%", "%25").replace(",", "%2C") for glob in globs))


@lru_cache(maxsize=1_000)
def globs_of(granted: str) -> tuple[str, ...]:
    return tuple(compared(glob.replace("%2C", ",").replace("%25", "%")) for glob in granted.split(","))


@lru_cache(maxsize=50_000)
def covers(granted: str, unit: str) -> bool:
    """Whether the unit is one of those; the one place where a unit of an event and a unit of a grant are compared."""
    return bool(unit) and any(fnmatchcase(compared(unit), glob) for glob in globs_of(granted))


def compared(unit: str) -> str:
    return same(unit)
