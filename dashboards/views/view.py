"""What a view says of itself. Whatever lists views (screens, pages, guard, navigation, data API, indicators, command
line) is a loop over :data:`dashboards.views.VIEWS`.

A view is a folder ``dashboards/views/<name>`` whose ``__init__`` says ``VIEW``. What it can do stands in modules of
fixed names, each loaded by the process that needs it (the data API draws no screens):

- ``screen``: ``SCREEN``, the wall (:class:`dashboards.screens.screen.Screen`);
- ``pages``: ``Pages``, the tablet's (:class:`dashboards.screens.view_pages.ViewPages`);
- ``api``: ``add`` puts its routes into the data API, ``GOOD`` are good answers by path;
- ``command_line``: ``read``, its part of ``ioc figures --json``;
- ``needs``: ``JUDGED``, what of it may need a leader (:class:`dashboards.directives.judged_kind.JudgedKind`), where it
  ``directs``.
"""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from dashboards.counted_domains import Ledger
from dashboards.periods import PeriodName

WALLS = "/man-hinh/"
TABLET = "/man-hinh/may-tinh-bang"
NOW, DAYS, FORECAST = "tại lúc hỏi", "theo kỳ", "chạy mỗi đêm"  # kinds of what is shown
MINUTES = "phút làm việc"
OWN_RULE = "cách tính của trung tâm"


class Shown(NamedTuple):
    """An indicator that no counter is. ``rule``: where it is from, ``None``: it is counted as it is told."""

    name: str
    label: str
    unit: str
    kind: str
    definition: str
    rule: str | None = OWN_RULE


class IndicatorGroup(NamedTuple):
    """Indicators of one domain. ``figure`` is the data API's address, from ``/api/v1`` on; ``page`` the tablet's,
    below :data:`TABLET`. ``shown``: those that are declared here; others are declared in ``schemas``."""

    domain: str
    label: str
    figure: str
    page: str
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """``case_pages``: those of its pages that list cases, for which one needs more than to see figures.

    ``slug`` is the word of its addresses, said here alone. ``place``: where in the ring of walls it stands.
    ``periods``: those of its wall, the usual first. ``pages``: all of the tablet's addresses, below :data:`TABLET`.

    ``tab``: its word among the tablet's tabs; ``buttons``: words and pages on the page of units instead. ``chip``: its
    word on the page of indicators. ``counted``: what its numbers open lists of; ``part_word`` names the part of one in
    an address. Tuples of a view's own addresses are in the order in which they are shown.
    """

    name: str
    slug: str
    title: str
    place: int
    periods: tuple[PeriodName, ...]
    pages: tuple[str, ...]
    groups: tuple[IndicatorGroup, ...]
    case_pages: tuple[str, ...] = ()
    tab: str | None = None
    buttons: tuple[tuple[str, str], ...] = ()
    chip: str | None = None
    counted: Ledger | None = None
    part_word: str | None = None
    directs: bool = False

    @property
    def wall(self) -> str:
        return WALLS + self.slug

    @property
    def tablet(self) -> str:
        return self.at(self.pages[0])

    def at(self, page: str) -> str:
        """The whole address of one of its tablet's pages."""
        if page not in self.pages:
            raise ValueError(f"{self.name} has no page {page}")
        return f"{TABLET}/{page}"

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(map(self.at, self.pages))

    def part(self, module: str) -> ModuleType:
        """One of its modules of fixed names."""
        return import_module(f"dashboards.views.{self.name}.{module}")
