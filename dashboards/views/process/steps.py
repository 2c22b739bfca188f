"""The steps of a procedure: what each takes, of that what others have it, and the cases that stand behind it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dash import html

from dashboards.percentiles import Spread
from dashboards.periods import Period
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views.process import frame, words
from dashboards.views.process.asked import ProcessAddress
from dashboards.views.process.reader import ProcessPart, StepsOfProcess, StepTimes
from dashboards.words import number, worked

PAGE = 6
HEADS = {
    "bar": "Xử lý, chờ (khung)",
    "t": "Xử lý",
    "w": "Chờ",
    "d": "Hồ sơ",
    "a": "Làm lại",
    "q": "Đang đứng",
    "o": "Lâu nhất",
}


def page(
    view: StepsOfProcess,
    name: str,
    page_asked: int,
    asked: ProcessAddress,
    period: Period,
    as_of: datetime,
    age: Callable[[datetime], int],
    parts: dict[str, Any],
) -> Component:
    """``age``: seconds worked since a moment."""
    pages = Paging(len(view.steps), PAGE, page_asked)
    longest = max((spread.p90 for step in view.steps for spread in (step.office, step.waited) if spread), default=0)
    head = html.Div(
        [html.Span("Bước", className="un"), *(html.Span(text, className=kind) for kind, text in HEADS.items())],
        className="lr lh",
    )
    rows = [_row(step, longest, asked, as_of, age) for step in view.steps[pages.first - 1 : pages.last]]
    main = [
        *frame.head(view, name, finding(view), asked, period, as_of),
        html.Div(
            [
                frame.total("Kết thúc", view.ended, asked, ProcessPart.ENDED),
                frame.total("Đang đứng", view.queue, asked, ProcessPart.QUEUE),
                frame.total("Có quay lại", view.looped, asked, ProcessPart.LOOPED),
            ],
            className="chs",
        ),
        html.Div([head, html.Ol(rows)], className="list steps"),
        html.Div(
            [
                paging(pages, asked.page, "bước"),
                html.P(
                    f"Nửa số lần không quá số trên, 9/10 số lần không quá số dưới; {words.UNIT_NOTE}",
                    className="sub note",
                ),
            ],
            className="ft",
        ),
    ]
    return shell.page(
        "Quy trình", main, view=Selection("khung"), parts=parts, back=frame.back(asked), kind="listing gap process"
    )


def finding(view: StepsOfProcess) -> str:
    """What to look at: the step that takes longest, and where most cases stand."""
    timed = [step for step in view.steps if step.office and step.name]
    said = []
    if timed:
        slowest = max(timed, key=typical)
        said.append(
            f"Lâu nhất là {words.step(slowest.name)}: cứ hai lần thì một lần mất ít nhất {worked(typical(slowest))}"
        )
    if (waiting := view.fullest) is not None:
        said.append(f"{number(waiting.queue)} hồ sơ đang đứng sau bước {words.step(waiting.name)}")
    return "; ".join(said) + "." if said else "Không có hồ sơ nào của thủ tục này."


def typical(step: StepTimes) -> int:
    """Minutes that half of the times need at least, working and waiting."""
    return sum(spread.median for spread in (step.office, step.waited) if spread)


def _row(
    step: StepTimes, longest: int, asked: ProcessAddress, as_of: datetime, age: Callable[[datetime], int]
) -> Component:
    def number_at(value: int, part: ProcessPart, kind: str, *, told: bool) -> Component:
        return frame.number_of(value, asked.of(part, step.name), kind) if told else html.Span(className=kind)

    oldest: list[Any] = []
    if step.oldest is not None:
        oldest = [worked(age(step.oldest) // 60), html.Small(words.since(step.oldest, as_of))]
    return html.Li(
        [
            html.Span(words.step(step.name), className="un"),
            html.Span([_bar(step.office, longest, ""), _bar(step.waited, longest, "wait")], className="bar"),
            _spread(step.office, "t", timed=step.name != ""),
            _spread(step.waited, "w", timed=step.name != ""),
            number_at(step.cases, ProcessPart.PASSED, "d", told=bool(step.name)),
            number_at(step.again, ProcessPart.AGAIN, "a", told=bool(step.name)),
            number_at(step.queue, ProcessPart.QUEUE, "q", told=step.name is not None),
            html.Span(oldest, className="o n"),
        ],
        className="lr" if step.office else "lr nobar",
    )


def _spread(spread: Spread | None, kind: str, *, timed: bool) -> Component:
    """``timed``: it could have taken time, so that none is worth a word."""
    if spread is None:
        return html.Span("không có" if timed else None, className=f"{kind} quiet")
    if not spread.p90:
        return html.Span(worked(0), className=f"{kind} n quiet")
    return html.Span([worked(spread.median), html.Small(worked(spread.p90))], className=f"{kind} n")


def _bar(spread: Spread | None, longest: int, kind: str) -> Component:
    """To the median, and on as a line to the p90; of the longest p90."""
    if spread is None or not spread.p90:
        return html.Span(className="track")
    shares = [100 * value / longest for value in spread]
    parts = [html.I(className="to", style={"width": f"{shares[1]:.1f}%"})]
    if spread.median:
        parts.append(html.I(className=kind, style={"width": f"{shares[0]:.1f}%"}))
    return html.Span(parts, className="track")
