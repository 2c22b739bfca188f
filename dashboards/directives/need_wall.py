"""The first wall: at most five things that need a leader, the gravest first. Parts from a snapshot, in each of its
states; pure. Nothing is ordered from a wall."""

from typing import Any

from dash import html

from dashboards.directives import need_words
from dashboards.directives.need_live import Needing
from dashboards.directives.needs_direction import Needed
from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Selection
from dashboards.screens import links, nav
from dashboards.screens.parts import Component, Props, dead_panel, icon, ticking
from dashboards.screens.wall import three
from dashboards.settings import ScreensSettings
from dashboards.words import WALL_NAME_EM, lines

SAY_EM = 90 / 4.4  # of a row's sentence, a little less than wall.css gives it
LINES, LEAST = 12, 2  # in all, and of a row


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "need")


def render(live: Needing, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    nothing: Props = {"children": [], "className": "T"}
    panels = _rows(live), nothing, nothing
    return three.render(live, settings, nav.NEED, need_words.headline(live), panels, _marks(live))


def _marks(live: Needing) -> list[Component]:
    more = need_words.further(live)
    return [html.Span(more)] if more and not live.condition.dead else []


def _rows(live: Needing) -> Props:
    head = "Cần chỉ đạo"
    if dead := dead_panel(live, live.standing(live.has_open), "R", head):
        return dead
    shown = zip(live.items, shared_out(live), strict=True)
    rows: list[Component] = [html.Ol([_row(one, why, live) for one, (why, _) in shown])]
    if not live.items:
        rows = [html.P(need_words.none_of(live))]
    if live.unknown:
        said = need_words.not_known(live.unknown, live.as_of)
        rows.append(html.P([icon("silent"), html.Span(f"{said}.")], className="blind"))
    return {"children": rows, "className": "R"}


def shared_out(live: Needing) -> list[tuple[str, int]]:
    """Why, and in how many lines, of each row: it has two lines, or as many as it takes to say what; the first ones
    have what is left besides, where they have more to say."""
    needed = [max(why_of(one, LEAST)[1], LEAST) for one in live.items]
    left = LINES - sum(needed) - bool(live.unknown)
    found = []
    for one, least in zip(live.items, needed, strict=True):
        why, taken = why_of(one, least + max(min(left, 2), 0))
        left -= max(taken - least, 0)
        found.append((why, taken))
    return found


def _row(one: Needed, why: str, live: Needing) -> Component:
    shape, word, kind = need_words.tag(one)
    waited = ticking(one.since, live.as_of) if one.since is not None and one.since <= live.as_of else ""
    by_when = need_words.by_when(one, live.as_of, short=True)
    what, where = need_words.what(one)
    number = html.A(what, href=_dark(one.opens), className="o") if one.opens else what
    return html.Li(
        [
            html.Div([html.P([icon(shape), word], className=f"tg {kind}"), html.P(waited, className="quiet")]),
            html.P([html.B([number, where]), why], className="say"),
            html.Div([html.P(need_words.whose(one, WALL_NAME_EM)), html.P(by_when, className="quiet")]),
        ],
        className="nd",
    )


def why_of(one: Needed, most: int) -> tuple[str, int]:
    """As many of its clauses as so many lines hold, and the lines. What a directive says is read where one may read
    directives: a wall is seen by others too."""
    said = "".join(need_words.what(one))
    clauses = one.why.split("; ") if one.why and one.directive is None else []
    for kept in range(len(clauses), -1, -1):
        why = "".join(f"; {clause}" for clause in clauses[:kept]) + "."
        taken = lines([(said, True), (why, False)], SAY_EM)
        if taken <= most:
            return why, taken
    return ".", taken


def _dark(address: str) -> str:
    return f"{address}&nen=toi" if address.startswith(f"{links.OPEN}?") else address
