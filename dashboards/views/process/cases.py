"""The cases behind a number of a procedure's process, and behind one of a hand-over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.named import named
from dashboards.periods import Period
from dashboards.readers.reference import Named
from dashboards.readers.snapshot import View
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import words
from dashboards.views.process.asked import Asked, ChainsAsked
from dashboards.views.process.chains_reader import ChainCase
from dashboards.views.process.reader import REASONS, Part, ProcessCase
from dashboards.words import closed, day_of, number, short_day, unit, worked

PAGE = 7
_AT = {
    chains.Part.WAITING: "đang chờ",
    chains.Part.NOT_RECEIVED: "đang chờ, cơ quan chưa nhận",
    chains.Part.THROUGH: "đã qua",
}


def of_process(
    found: Sequence[ProcessCase],
    total: int,
    page_asked: int,
    asked: Asked,
    name: str,
    period: Period,
    as_of: datetime,
    age: Callable[[datetime], int],
    parts: dict[str, Any],
) -> Component:
    """``found`` are those of the page; ``total`` is how many there are. ``age``: seconds worked since a moment."""
    heads = {"what": "Mã hồ sơ và cách kết thúc", "own": "Xử lý", "portal": "Chờ", "sent": "Kết thúc"}
    if asked.part is Part.QUEUE:
        heads = {"what": "Mã hồ sơ và nơi đứng", "own": "", "portal": "Từ ngày", "sent": "Đã đứng"}
    where = [name, *what(asked, period)]
    return _page(
        total,
        page_asked,
        heads,
        [_of_process(case, as_of, age) for case in found],
        [html.B("Hồ sơ của thủ tục "), ", ".join(where)],
        asked.cases,
        as_of,
        parts,
        ("Quy trình", Asked(asked.view, asked.procedure, asked.part in (Part.LOOPED, Part.VARIANT)).page()),
    )


def what(asked: Asked, period: Period) -> list[str]:
    """What was asked for, part by part."""
    days = period_words(period)
    said = {
        Part.ENDED: f"kết thúc {days}",
        Part.PASSED: f"qua bước {words.step(asked.step)}, kết thúc {days}",
        Part.AGAIN: f"làm lại bước {words.step(asked.step)}, kết thúc {days}",
        Part.LOOPED: f"có quay lại, kết thúc {days}",
        Part.VARIANT: f"đi cùng một cách, kết thúc {days}",
        Part.QUEUE: "đang xử lý" if asked.step is None else f"đang đứng sau bước {words.step(asked.step)}",
    }[asked.part]
    reason = [] if asked.reason is None else [f"lần đầu vì {REASONS[asked.reason].lower()}"]
    return [said, *reason, *([] if asked.view.unit is None else [unit(asked.view.unit)])]


def of_chains(
    found: Sequence[ChainCase],
    names: Mapping[str, Named],
    total: int,
    page_asked: int,
    asked: ChainsAsked,
    period: Period,
    as_of: datetime,
    age: Callable[[datetime], int],
    parts: dict[str, Any],
) -> Component:
    """``age``: seconds worked since a moment."""
    through = asked.part is chains.Part.THROUGH
    heads = {
        "what": "Mã hồ sơ và bước",
        "own": "Chuyển",
        "portal": "Xong",
        "sent": "Thời gian" if through else "Đã chờ",
    }
    where = [_AT[asked.part]]
    where += [period_words(period)] if asked.part is chains.Part.THROUGH else []
    where += [] if asked.step is None else [words.chain_step(asked.step, within=True)]
    where += [] if asked.agency is None else [agency(asked.agency, names)]
    where += [] if asked.view.unit is None else [unit(asked.view.unit)]
    group = "Liên thông" if asked.chain is None else words.GROUPS[asked.chain]
    return _page(
        total,
        page_asked,
        heads,
        [_of_chain(case, names, as_of, age) for case in found],
        [html.B(group), f": {', '.join(where)}"],
        asked.cases,
        as_of,
        parts,
        ("Liên thông", ChainsAsked(asked.view).page()),
    )


def agency(key: str, names: Mapping[str, Named]) -> str:
    found = names.get(key)
    return found.shown if found is not None else unit(key)


def _page(
    total: int,
    page_asked: int,
    heads: Mapping[str, str],
    rows: Sequence[Component],
    lead: Sequence[Any],
    address: Any,
    as_of: datetime,
    parts: dict[str, Any],
    back: tuple[str, str],
) -> Component:
    pages = Paging(total, PAGE, page_asked)
    head = html.Div([html.Span(text, className=kind) for kind, text in heads.items()], className="lr lh")
    main = [
        html.Div(
            [
                html.H2(f"{number(total)} hồ sơ", className="big v"),
                html.P(f"{closed(as_of)}; {words.UNIT_NOTE}", className="sub"),
                html.A("Cập nhật", href=address(), className="btn"),
            ],
            className="hd",
        ),
        html.P(list(lead), className="lead small"),
        html.Div([head, html.Ol(list(rows))], className="list apart"),
        paging(pages, address),
    ]
    return shell.page("Hồ sơ", main, view=View("khung"), parts=parts, back=back, kind="listing")


def _case(code: str, why: str, *cells: tuple[str, str]) -> Component:
    return html.Li(
        html.A(
            [
                html.Span(
                    [html.Span(html.Span(code), className="n code"), html.Span(why, className="why")],
                    className="what",
                ),
                *(html.Span(text, className=kind) for kind, text in cells),
            ],
            href=links.case(code),
            className="lr",
        )
    )


def _of_process(case: ProcessCase, as_of: datetime, age: Callable[[datetime], int]) -> Component:
    """What an ended case took; of an open one, since when and how long it has stood where it stands."""
    turned = f", quay lại {number(case.loops)} lần" if case.loops else ""
    if case.ended_at is None:
        since = case.since or case.accepted_at
        return _case(
            case.subject,
            f"sau bước {words.step(case.last_step or '')}{turned}, {unit(case.unit)}",
            ("own", ""),
            ("portal n", short_day(day_of(since), day_of(as_of))),
            ("sent n", worked(age(since) // 60)),
        )
    where = f"{number(case.steps)} bước, {named(words.ENDS, case.end_kind or '')}"
    return _case(
        case.subject,
        f"{where}{turned}, {unit(case.unit)}",
        ("own n", worked(case.office_s // 60)),
        ("portal n", worked(case.waited_s // 60)),
        ("sent n", short_day(day_of(case.ended_at), day_of(as_of))),
    )


def _of_chain(
    case: ChainCase, names: Mapping[str, Named], as_of: datetime, age: Callable[[datetime], int]
) -> Component:
    today = day_of(as_of)
    taken = "" if case.received else ", chưa nhận"
    return _case(
        case.subject,
        f"{words.chain_step(case.step)} tại {agency(case.agency, names)}{taken}, từ {unit(case.unit)}",
        ("own n", short_day(day_of(case.since_at), today)),
        (
            "portal n" if case.until_at else "portal",
            short_day(day_of(case.until_at), today) if case.until_at else "chưa",
        ),
        ("sent n", worked((age(case.since_at) if case.worked_s is None else case.worked_s) // 60)),
    )
