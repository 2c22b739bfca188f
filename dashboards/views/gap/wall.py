"""Own and portal figures on the wall: the units with most cases that differ and why, each indicator on both sides, and
where there is room, the causes. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component, Props, dead_panel, period_on
from dashboards.screens.wall import ranked, three
from dashboards.settings import ScreensSettings
from dashboards.views.gap import CASES, SLUG, VIEW
from dashboards.views.gap.asked import GapAddress
from dashboards.views.gap.declared import LABELS, Indicator
from dashboards.views.gap.headline import headline
from dashboards.views.gap.live import MAIN, SHOWN, BesidePortal
from dashboards.views.gap.reader import CAUSES, Cause, Gap
from dashboards.words import NB, number, short_day, short_unit, small, tile_number, unit, width

CAUSES_SHOWN = 5
BOTH_EM = 10.0  # what a row leaves for both sides' numbers


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "ranked")


def render(live: BesidePortal, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    panels = _rows(live), _sides(live), _causes(live)
    return three.render(live, settings, SLUG, headline(live), panels)


def _rows(live: BesidePortal) -> Props:
    period = period_on(live)
    known = f" là {number(live.whole(MAIN).cases)}{NB}hồ sơ khác nhau"
    if dead := dead_panel(live, live.standing(live.has_period), "R", f"{LABELS[MAIN]} {period}", known):
        return dead
    if not live.units:
        return ranked.empty("không hồ sơ nào khác nhau")
    most = live.units[0].cases
    rows = [
        _row(gap, gap.cases / most, GapAddress(live.view._replace(unit=gap.unit), MAIN)) for gap in live.units[:SHOWN]
    ]
    head = f"{LABELS[MAIN]} {period}" + ("" if live.reached else ", khác nhiều nhất")
    return ranked.panel((head, "Khác nhau", "Tỉnh hơn"), rows)


def _row(gap: Gap, part: float, asked: GapAddress) -> Component:
    """The cases that differ open; both sides' numbers are no list."""
    cause = max(Cause, key=lambda cause: gap.causes[cause])
    count = gap.causes[cause]
    why = [
        ranked.opened(number(count), GapAddress(asked.view, MAIN, cause).address(VIEW.at(CASES))),
        f"{NB}{small(CAUSES[cause])}",
    ]
    values = (
        ranked.number(number(gap.cases), asked.address(VIEW.at(CASES)), gap.cases),
        ranked.plain(number(gap.gap)),
    )
    both = f"tỉnh {tile_number(gap.own)}, Cổng {tile_number(gap.portal)}"
    return ranked.row(
        short_unit(gap.unit), values, why, both if width(both) <= BOTH_EM else "", part=part, full=unit(gap.unit)
    )


def _sides(live: BesidePortal) -> Props:
    """Every indicator on both sides, with what makes them differ; what the portal itself has published."""
    head = "Tỉnh và Cổng"
    if dead := dead_panel(live, live.standing(live.has_period), "T", head):
        return dead
    return ranked.side(head, [*(_side(one, live) for one in Indicator), _published(live)])


def _side(indicator: Indicator, live: BesidePortal) -> Component:
    whole = live.whole(indicator)
    count = whole.cases
    listed = GapAddress(live.view, indicator).address(VIEW.at(CASES))
    differ: Any = [ranked.opened(number(count), listed), " khác"] if count else "giống nhau"
    both = f"{tile_number(whole.own)} và {tile_number(whole.portal)}"
    return ranked.item(LABELS[indicator], differ, under=both)


def _published(live: BesidePortal) -> Component:
    """The figure that the portal shows is another than what it has of our cases."""
    whole = live.whole(MAIN)
    if whole.published is None:
        return ranked.item("Công bố", "chưa có")
    on = whole.published_on
    return ranked.item("Công bố", tile_number(whole.published), under=f"đến {short_day(on, live.today)}" if on else "")


def _causes(live: BesidePortal) -> Props:
    """Only an ultra-wide wall has room for it."""
    head = f"{LABELS[MAIN]}: vì sao khác"
    if dead := dead_panel(live, live.standing(live.has_period), "X", head):
        return dead
    return ranked.wide(
        head, ((CAUSES[cause], f"{number(count)}{NB}hồ sơ") for cause, count in live.causes[:CAUSES_SHOWN] if count)
    )
