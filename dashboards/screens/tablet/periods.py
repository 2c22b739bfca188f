"""The chips by which a tablet page changes its period."""

from collections.abc import Callable, Sequence

from dash import html

from dashboards.periods import PeriodName
from dashboards.screens.parts import Component

NAMES = {
    PeriodName.TODAY: "Hôm nay",
    PeriodName.MONTH: "Tháng này",
    PeriodName.QUARTER: "Quý này",
    PeriodName.YEAR: "Năm nay",
    PeriodName.ALL: "Mọi kỳ",
}


USUAL = tuple(period for period in NAMES if period is not PeriodName.QUARTER)


def chips(
    chosen: PeriodName,
    address: Callable[[PeriodName], str],
    offered: Sequence[PeriodName] = USUAL,
) -> list[Component]:
    """One for each period offered, in their order; ``address`` is the page's own with another period."""
    return [
        html.A(NAMES[period], href=address(period), className="chip on" if period is chosen else "chip")
        for period in offered
    ]
