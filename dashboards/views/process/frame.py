"""What the pages of one procedure share: its name, the numbers of the whole, the ways between the pages."""

from datetime import datetime

from dash import html

from dashboards.periods import Period
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet.periods import chips
from dashboards.views.process import VIEW
from dashboards.views.process import reader as process
from dashboards.views.process.asked import ProcessAddress
from dashboards.views.process.procedures import PERIODS
from dashboards.views.process.reader import ProcessPart, StepsOfProcess
from dashboards.words import closed, number, unit


def head(
    view: StepsOfProcess, name: str, finding: str, asked: ProcessAddress, period: Period, as_of: datetime
) -> list[Component]:
    """Name and finding, the two pages and the periods, the numbers of the whole."""
    whose = f"{unit(asked.view.unit)}, " if asked.view.unit is not None else ""
    return [
        html.Div(
            [
                html.Div(
                    [
                        html.H2(name, className="lead small"),
                        html.P(f"{whose}{period_words(period)}; {closed(as_of)}", className="sub"),
                    ],
                    className="ttl",
                ),
                html.A("Cập nhật", href=asked.page(), className="btn"),
            ],
            className="hd",
        ),
        html.P(finding, className="finding"),
        html.Div(
            [
                html.Div([_page("Các bước", asked, ways=False), _page("Cách đi", asked, ways=True)], className="fl"),
                html.Div(
                    chips(
                        asked.view.period,
                        lambda period: ProcessAddress(
                            asked.view._replace(period=period), asked.procedure, asked.ways
                        ).page(),
                        PERIODS,
                    ),
                    className="fl",
                ),
            ],
            className="fl two",
        ),
    ]


def back(asked: ProcessAddress) -> tuple[str, str]:
    return "Chọn thủ tục", links.dated(VIEW.tablet, asked.view)


def number_of(value: int, address: str, kind: str = "c") -> Component:
    """Leads to as many cases, where there are any."""
    if not value:
        return html.Span(number(value), className=f"{kind} n")
    return html.A(html.Span(number(value), className="v n"), href=address, className=kind, **{"data-count": str(value)})


def total(
    words: str, value: int, asked: ProcessAddress, part: ProcessPart, reason: process.Reason | None = None
) -> Component:
    """A number of the whole with its words; leads to its cases."""
    said = [html.Span(words, className="kl"), html.Span(number(value), className="v n" if value else "n")]
    if not value:
        return html.Span(said, className="ch")
    return html.A(said, href=asked.of(part, reason=reason), className="ch", **{"data-count": str(value)})


def _page(words: str, asked: ProcessAddress, *, ways: bool) -> Component:
    return html.A(words, href=asked.page(ways=ways), className="chip on" if asked.ways is ways else "chip")
