"""The way from page to page: tabs on a tablet, the place in the row of walls in a wall's footer."""

from dash import html

from dashboards.access import addresses
from dashboards.access.asker import Asker, Right
from dashboards.screens import links
from dashboards.screens.parts import Component, help_link, icon, who_link
from dashboards.views import IN_PLACE
from dashboards.views.topics.declared import TOPICS

CASES = "ho-so"
NEED = "can-chi-dao"
TITLES = {NEED: "Cần chỉ đạo", CASES: "Hồ sơ", **{view.slug: view.title for view in IN_PLACE}}
WALLS = (*TITLES, *TOPICS)
SHORT = {"cong-quoc-gia": "Cổng QG"}


def title(name: str) -> str:
    return TOPICS[name].title if name in TOPICS else TITLES[name]


def wall_title(name: str) -> str:
    """Of the browser's window; the tablet's page of the same name is another."""
    return f"{title(name)}, màn hình lớn"


def place(name: str, *, short: bool = False) -> list[Component]:
    """Before, where we are, after; the walls are a ring. ``short``: only where we are, which leads on."""
    index = WALLS.index(name)

    def step(shape: str, by: int) -> Component:
        other = WALLS[(index + by) % len(WALLS)]
        return html.A(icon(shape), href=f"{links.PREFIX}{other}", className="step", **{"aria-label": title(other)})

    said = f"{index + 1}/{len(WALLS)}"
    if short:
        after = WALLS[(index + 1) % len(WALLS)]
        return [
            html.A(said, href=f"{links.PREFIX}{after}", className="n", **{"aria-label": f"Sau: {title(after)}"}),
            *who_link(),
            help_link(),
        ]
    where = html.Span(said, className="n")
    return [html.Span([step("prev", -1), where, step("next", 1)], className="place"), *who_link(), help_link()]


def all_tabs(asker: Asker | None) -> list[tuple[str, str]]:
    """Of every page of the tablet that this asker may open, in order."""
    directives = [("Chỉ đạo", addresses.DIRECTIVES)] if asker and asker.may(Right.DIRECTIVES) else []
    return [*directives, ("Hồ sơ", links.TABLET), ("Đơn vị", links.UNITS), *tabs()]


def findings_place() -> tuple[str, str]:
    """Title and address of the tablet's page with what the look-up guard has found."""
    name, topic = next((name, topic) for name, topic in TOPICS.items() if topic.guarded)
    return topic.title, f"{links.TABLET}/{name}/{links.FINDINGS}"


def tabs() -> list[tuple[str, str]]:
    """Words and addresses of the tablet's pages besides those of cases."""
    found = [(SHORT.get(name, topic.title), f"{links.TABLET}/{name}") for name, topic in TOPICS.items()]
    return [*((view.tab, view.tablet) for view in IN_PLACE if view.tab), *found]
