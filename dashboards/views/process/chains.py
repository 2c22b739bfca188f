"""Both interlinked groups: at which hand-over cases wait, at which agency, how many, since when, how long it takes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period, PeriodName
from dashboards.readers.reference import NamedKey
from dashboards.readers.snapshot import Selection
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.tablet.periods import chips
from dashboards.views.process import words
from dashboards.views.process.asked import ChainsAddress
from dashboards.views.process.cases import agency
from dashboards.views.process.chains_reader import ChainHandover, ChainPart
from dashboards.views.process.frame import number_of
from dashboards.words import closed, number, unit, worked

PAGE = 7
PERIODS = (PeriodName.MONTH, PeriodName.YEAR, PeriodName.ALL)
TITLE = "Liên thông"
HEADS = {"q": "Đang chờ", "r": "Chưa nhận", "o": "Lâu nhất", "t": "Đã qua", "w": "Thời gian"}


def page(
    rows: Sequence[ChainHandover],
    names: Mapping[str, NamedKey],
    page_asked: int,
    asked: ChainsAddress,
    period: Period,
    as_of: datetime,
    age: Callable[[datetime], int],
    parts: dict[str, Any],
) -> Component:
    """``age``: seconds worked since a moment. Groups stay together, the hand-over with most waiting first."""
    ordered = in_order(rows)
    pages = Paging(len(ordered), PAGE, page_asked)
    waiting = sum(row.waiting for row in rows if row.step is None)
    whose = f"{unit(asked.view.unit)}, " if asked.view.unit is not None else ""
    head = html.Div(
        [html.Span("Bước, cơ quan", className="un"), *(html.Span(text, className=k) for k, text in HEADS.items())],
        className="lr lh",
    )

    def of(period: PeriodName) -> str:
        return ChainsAddress(asked.view._replace(period=period)).page()

    shown = ordered[pages.first - 1 : pages.last]
    main = [
        html.Div(
            [
                html.Div(
                    [
                        html.H2(number_of(waiting, asked.cases(), "tot"), className="big"),
                        html.P(
                            f"hồ sơ {whose}đang chờ; đã qua: {period_words(period)}; {closed(as_of)}",
                            className="sub",
                        ),
                    ],
                    className="ttl beside",
                ),
                html.A("Cập nhật", href=asked.page(), className="btn"),
            ],
            className="hd",
        ),
        html.P(finding(rows, names, age), className="finding"),
        html.Div(chips(asked.view.period, of, PERIODS), className="fl"),
        html.Div(
            [head, html.Ol([_row(row, names, asked, as_of, age) for row in shown])], className="list steps chains"
        ),
        html.Div(
            [
                paging(pages, asked.page, "nơi chờ"),
                html.P(
                    f"Thời gian: nửa số lần không quá số trên, 9/10 số lần không quá số dưới; {words.UNIT_NOTE}",
                    className="sub note",
                ),
            ],
            className="ft",
        ),
    ]
    return shell.page(
        TITLE, main, view=Selection("khung"), parts=parts, tabs="Đơn vị", kind="listing gap", selection=asked.view
    )


def in_order(rows: Sequence[ChainHandover]) -> list[ChainHandover]:
    groups = [row for row in rows if row.step is None]
    groups.sort(key=lambda row: (-row.waiting, row.chain))
    return [
        row
        for group in groups
        for row in (
            group,
            *sorted(
                (row for row in rows if row.chain is group.chain and row.step is not None),
                key=lambda row: (-row.waiting, -row.through, row.step or "", row.agency or ""),
            ),
        )
    ]


def finding(rows: Sequence[ChainHandover], names: Mapping[str, NamedKey], age: Callable[[datetime], int]) -> str:
    """Where most wait, and where the oldest does."""
    places = [row for row in rows if row.step is not None and row.waiting]
    if not places:
        return "Không có hồ sơ nào đang chờ ở cơ quan khác."
    most = max(places, key=lambda row: row.waiting)
    said = f"Nhiều nhất ở {_place(most, names)}: {number(most.waiting)} hồ sơ"
    said += f", {number(most.not_received)} chưa được nhận" if most.not_received else ""
    aged = [(age(row.oldest), row) for row in places if row.oldest is not None]
    waited, oldest = max(aged, key=lambda one: one[0])
    where = "cũng ở đó" if oldest is most else f"ở {_place(oldest, names)}"
    return f"{said}. Lâu nhất {where}: {worked(waited // 60)}."


def _place(row: ChainHandover, names: Mapping[str, NamedKey]) -> str:
    return f"{agency(row.agency or '', names)}, bước {words.chain_step(row.step or '', within=True)}"


def _row(
    row: ChainHandover,
    names: Mapping[str, NamedKey],
    asked: ChainsAddress,
    as_of: datetime,
    age: Callable[[datetime], int],
) -> Component:
    def number_at(part: ChainPart, kind: str) -> Component:
        place = ChainsAddress(asked.view, row.chain, part, row.step, row.agency)
        return number_of(row.number(part), place.cases(), kind)

    if row.step is None:
        name: list[Any] = [words.GROUPS[row.chain]]
    else:
        name = [words.chain_step(row.step), html.Small(agency(row.agency or "", names))]
    oldest = []
    if row.oldest is not None:
        oldest = [worked(age(row.oldest) // 60), html.Small(words.since(row.oldest, as_of))]
    took = [worked(row.took.median // 60), html.Small(worked(row.took.p90 // 60))] if row.took else "không có"
    return html.Li(
        [
            html.Span(name, className="un"),
            number_at(ChainPart.WAITING, "q"),
            number_at(ChainPart.NOT_RECEIVED, "r"),
            html.Span(oldest, className="o n"),
            number_at(ChainPart.THROUGH, "t"),
            html.Span(took, className="w n" if row.took else "w quiet"),
        ],
        className="lr" if row.step is not None else "lr grp",
    )
