"""The panels of a wall that ranks: rows with two numbers and a line of why, and a list of labels and values."""

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboards.screens.parts import Component, Props, icon, none_tag, was
from dashboards.words import NB

Values = tuple[Component, Component]


def panel(heads: tuple[str, str, str], rows: Iterable[Component]) -> Props:
    """``heads``: of the rows and of their two numbers."""
    said, first, second = heads
    head = html.Div(
        [html.Span(said), html.Span(), html.Span(first, className="m"), html.Span(second, className="m")],
        className="sv hd quiet",
    )
    return {"children": [head, html.Ol(list(rows))], "className": "R"}


def empty(words: str) -> Props:
    """Instead of rows, where there is nothing to rank."""
    return {"children": [html.P(none_tag()), html.P(was(words))], "className": "R dead"}


def row(
    name: str,
    values: Values,
    why: Any,
    note: Any = "",
    *,
    part: float | None = None,
    full: str = "",
    warn: bool = False,
) -> Component:
    """``part``: of the longest bar, 0 to 1; without it the name has the bar's room too. ``full``: the whole name.
    ``warn``: with the triangle, whose meaning is said in the foot."""
    titled = {"title": full} if full else {}
    first, second = values
    said = [html.Span(icon("warn"), className="warn"), f"{NB}{name}"] if warn else name
    named = [html.B(said, className="y", **titled)]
    if part is not None:
        bar = html.I(className="bar warn" if warn else "bar", style={"width": f"{100 * part:.2f}%"})
        named = [html.B(said, **titled), html.Span(bar, className="track")]
    return html.Li(
        [
            *named,
            first,
            second,
            html.P(why, className="quiet y"),
            html.Span(note, className="n quiet z"),
        ],
        className="sv",
    )


def number(text: str, address: str, count: int | None = None) -> Component:
    """A row's number that leads on; ``count``: how many its list has."""
    counted = {} if count is None else {"data-count": str(count)}
    return html.A(text, href=address, className="n o m", **counted)


def opened(text: str, address: str) -> Component:
    """A number or a name within a line that leads on."""
    return html.A(text, href=address, className="n o")


def plain(text: str) -> Component:
    """A row's number that leads nowhere."""
    return html.Span(text, className="n quiet m")


def side(head: str, items: Iterable[Component]) -> Props:
    return {"children": [html.H2(head, className="h"), html.Ol(list(items), className="groups")], "className": "T"}


def item(label: str, value: Any, *, part: float | None = None, under: str = "", heads: bool | None = None) -> Component:
    """``part``: a bar under it, of 0 to 1; ``under``: a line instead. ``heads``: whether it is the first of some that
    belong together, or one of the others; ``None`` where it stands alone."""
    below: list[Component] = []
    if part is not None:
        below = [html.Span(html.I(className="bar", style={"width": f"{100 * part:.2f}%"}), className="track")]
    elif under:
        below = [html.Span(under, className="quiet un")]
    kind = {None: "sv", True: "sv first", False: "sv of"}[heads]
    return html.Li([html.Span(label, className="quiet"), html.Span(value, className="n m"), *below], className=kind)


def wide(head: str, lines: Iterable[tuple[Any, Any]]) -> Props:
    """What only an ultra-wide wall has room for: two lines an entry."""
    entries = [html.Li([html.P(first), html.P(second, className="quiet")]) for first, second in lines]
    return {"children": [html.H2(head, className="hd quiet"), html.Ol(entries)], "className": "X"}
