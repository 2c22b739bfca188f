"""What a source is called: as the operator's settings say, else as the system whose key its URN ends with; held for the
process as names of units are."""

from collections.abc import Iterable
from typing import Protocol

from dashboards import part_names
from dashboards.unnamed import UNNAMED
from schemas.cases import SIMULATED

_SIMULATED = "Dữ liệu mô phỏng"
_held: dict[str, str] = {}


class NamedSource(Protocol):
    """One that the settings name on all topics, or on one."""

    @property
    def source(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def topic(self) -> str: ...


def hold(feeds: Iterable[NamedSource]) -> None:
    """Those of the settings from now on; what one is called on a single topic is no name of all of it."""
    global _held
    _held = {feed.source: feed.name for feed in feeds if feed.source and feed.name and not feed.topic}


def key(source: str) -> str:
    """What the URN ends with."""
    return source.rsplit(":", 1)[-1].rsplit("/", 1)[-1]


def known(source: str) -> str | None:
    return _held.get(source) or part_names.known_system(key(source))


def name(source: str) -> str:
    if source == SIMULATED:
        return _held.get(source, _SIMULATED)
    return known(source) or f"{UNNAMED}{source}"
