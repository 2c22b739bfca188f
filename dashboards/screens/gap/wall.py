"""Own and portal figures on the wall: the units with most cases that differ and why, each indicator on both sides, and
where there is room, the causes. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dashboards.figures.gap_headline import headline
from dashboards.figures.headline import Rule
from dashboards.readers.gap_live import MAIN, SHOWN, Beside
from dashboards.readers.portal_gap import CAUSES, LABELS, Cause, Gap, Indicator
from dashboards.readers.snapshot import View
from dashboards.screens import links
from dashboards.screens.gap.asked import Asked
from dashboards.screens.parts import Component, Props
from dashboards.screens.topics import nav
from dashboards.screens.wall import ranked, three
from dashboards.screens.wall.panels import dead_panel
from dashboards.settings import Settings
from dashboards.words import NB, number, short_period, short_unit, tile_number

CAUSES_SHOWN = 5


def layout(view: View, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "ranked")


def render(live: Beside, settings: Settings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    panels = _rows(live), _sides(live), _causes(live)
    return three.render(live, settings, nav.GAP, headline(live), panels)


def _rows(live: Beside) -> Props:
    period = short_period(live.period, live.today)
    if dead := dead_panel(live, "R", f"{LABELS[MAIN]} {period}", live.has_period):
        return dead
    if not live.units:
        return ranked.empty("không hồ sơ nào lệch")
    most = live.units[0].cases
    rows = [_row(gap, gap.cases / most, Asked(live.view._replace(unit=gap.unit), MAIN)) for gap in live.units[:SHOWN]]
    return ranked.panel((f"{LABELS[MAIN]} {period}, lệch nhiều nhất", "Tỉnh", "Cổng"), rows)


def _row(gap: Gap, part: float, asked: Asked) -> Component:
    """Both sides' numbers are no list: what opens is what makes them differ."""
    cause = max(Cause, key=lambda cause: gap.causes[cause])
    count = gap.causes[cause]
    why = [
        ranked.opened(number(count), Asked(asked.view, MAIN, cause).address(links.GAP_CASES)),
        f"{NB}{_lower(CAUSES[cause])}",
    ]
    differ = [ranked.opened(number(gap.cases), asked.address(links.GAP_CASES)), f"{NB}hồ sơ lệch"]
    values = ranked.plain(tile_number(gap.own)), ranked.plain(tile_number(gap.portal))
    return ranked.row(short_unit(gap.unit), values, why, differ, part=part, full=gap.unit)


def _sides(live: Beside) -> Props:
    """Every indicator on both sides, with what makes them differ."""
    if dead := dead_panel(live, "T", "Tỉnh / Cổng", live.has_period):
        return dead
    return ranked.side("Tỉnh / Cổng", [_side(one, live) for one in Indicator])


def _side(indicator: Indicator, live: Beside) -> Component:
    count = live.cases(indicator)
    listed = Asked(live.view, indicator).address(links.GAP_CASES)
    differ: Any = [ranked.opened(number(count), listed), " lệch"] if count else "không lệch"
    both = f"{tile_number(live.own(indicator))}/{tile_number(live.portal(indicator))}"
    return ranked.item(LABELS[indicator], differ, under=both)


def _causes(live: Beside) -> Props:
    """Only an ultra-wide wall has room for it."""
    head = f"{LABELS[MAIN]}: vì sao lệch"
    if dead := dead_panel(live, "X", head, live.has_period):
        return dead
    return ranked.wide(
        head, ((CAUSES[cause], f"{number(count)}{NB}hồ sơ") for cause, count in live.causes[:CAUSES_SHOWN] if count)
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
