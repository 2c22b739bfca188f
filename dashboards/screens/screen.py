"""A live screen: what it reads, how it is laid out and rendered."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from dashboards.figures.headline import Rule
from dashboards.readers import snapshot
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, Selection
from dashboards.screens import nav
from dashboards.screens.parts import Props
from dashboards.screens.tablet import shell
from dashboards.settings import ScreensSettings
from dashboards.source_silence import Condition


class Name(StrEnum):
    """Screens that are no view's."""

    NEED = nav.NEED  # the first wall; its page on the tablet is that of the directives
    WALL = "ho-so"
    TABLET = "may-tinh-bang"
    FRAME = "khung"  # only what stands around a list, a case or the units


# Each screen's functions take and give the same kind of Ground; which, only they know.
Render = Callable[[Any, ScreensSettings, Rule | None], tuple[dict[str, Props], Rule]]
Layout = Callable[[Selection, dict[str, dict[str, Any]]], Any]
Read = Callable[[Snapshot, Feeding, Selection, ScreensSettings], Awaitable[Any]]
Unread = Callable[[Selection, datetime, Condition], Any]


class Screen(NamedTuple):
    """``layout`` stays in the browser; ``render`` makes the props of its parts, in every state. ``contracts``: whose
    sources' age and silence are the screen's own; ``None`` is all."""

    render: Render
    layout: Layout
    read: Read = snapshot.read
    unread: Unread = snapshot.unread
    contracts: Iterable[str] | None = ("cases",)

    @property
    def framing(self) -> bool:
        """Whether it is only what stands around a page, which nothing narrows."""
        return self.layout is shell.nothing


def unread_of(kind: type[Ground]) -> Unread:
    """What stands instead of figures while nothing can be read."""
    return partial(snapshot.unread, kind=kind)
