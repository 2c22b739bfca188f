"""What stands around every tablet page, live: source and age, badge, clock. Lists and cases have only this live."""

from enum import StrEnum
from typing import Any

from dash import html

from dashboards.access.asker import ASKER
from dashboards.figures.headline import Rule, headline
from dashboards.readers.snapshot import Ground, Live, Selection
from dashboards.screens import links, nav
from dashboards.screens.frame import badge, history_lines, rules_line, source_line
from dashboards.screens.parts import Component, Props, help_link, icon, live_as, who_link
from dashboards.settings import ScreensSettings
from dashboards.words import clock, unit


class ShellPart(StrEnum):
    SOURCE = "frame-source"
    BADGE = "frame-badge"
    CLOCK = "frame-clock"


def render(live: Live, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    return frame(live, settings, beside_a_page=True), headline(live, settings, before).rule


def frame(live: Ground, settings: ScreensSettings, *, beside_a_page: bool = False) -> dict[str, Props]:
    said = () if live.condition.dead else history_lines(live, settings)
    line = said[0] if said else rules_line(live) or source_line(live, settings, beside_a_page=beside_a_page)
    return {
        ShellPart.SOURCE.value: {"children": line},
        ShellPart.BADGE.value: {"children": badge(live, settings)},
        ShellPart.CLOCK.value: {
            "children": html.Span(clock(live.as_of), className="clock n", **{"data-clock": "1"}),
        },
    }


def nothing(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return html.Div()


def page(
    title: str,
    main: list[Component],
    *,
    view: Selection,
    parts: dict[str, dict[str, Any]],
    back: tuple[str, str] | None = None,
    tabs: str | None = None,
    kind: str = "",
    selection: Selection | None = None,
    tab: str = "",
) -> Component:
    """A tablet page, live as ``view``. ``back`` is (words, address); ``tabs`` names the tab that is on, ``None`` leaves
    tabs out; they keep the ``selection``, which is the view's where none is given. ``tab``: the browser window's title,
    else the page's and the unit that is selected."""
    chosen = (selection or view).unit
    header = [
        *([html.A([icon("prev"), back[0]], href=back[1], className="back")] if back else []),
        html.H1(title),
        *who_link(),
        help_link(),
        html.Span(className="sp"),
        *(html.Span(**{"id": part.value, **parts.get(part, {})}) for part in ShellPart),
    ]
    return html.Div(
        [
            html.Header(header, className="top"),
            html.Main(main, className=kind),
            *([_tabs(tabs, selection or view)] if tabs is not None else []),
            live_as(view, tab or (title if chosen is None else f"{title}, {unit(chosen)}")),
        ],
        className="screen" + ("" if tabs is not None else " untabbed"),
    )


def _tabs(on: str, view: Selection) -> Component:
    kept = {
        links.TABLET: links.screen(links.TABLET, view),
        links.UNITS: links.screen(links.UNITS, view._replace(unit=None)),
    }
    tabs = [(words, kept.get(to) or to) for words, to in nav.all_tabs(ASKER.get(None))]
    return html.Nav(
        [html.A(words, href=address, className="on" if words == on else "") for words, address in tabs],
        className="tabs",
        **{"aria-label": "Màn hình"},
    )
