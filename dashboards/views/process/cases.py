"""The cases behind a number of a procedure's process, and behind one of a hand-over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period
from dashboards.readers.reference import NamedKey
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.taken_away import actions, of_cases
from dashboards.unnamed import named
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import words
from dashboards.views.process.asked import ChainsAddress, ProcessAddress
from dashboards.views.process.chains_reader import ChainedCase
from dashboards.views.process.reader import REASONS, PassingCase, ProcessPart
from dashboards.words import closed, day_of, number, short_day, unit, worked

PAGE = 7
_AT = {
    chains.ChainPart.WAITING: "đang chờ",
    chains.ChainPart.NOT_RECEIVED: "đang chờ, cơ quan chưa nhận",
    chains.ChainPart.THROUGH: "đã qua",
}


def of_process(
    found: Sequence[PassingCase],
    total: int,
    page_asked: int,
    asked: ProcessAddress,
    name: str,
    period: Period,
    as_of: datetime,
    age: Callable[[datetime], int],
    parts: dict[str, Any],
) -> Component:
    """``found`` are those of the page; ``total`` is how many there are. ``age``: seconds worked since a moment."""
    heads = {"what": "Mã hồ sơ và cách kết thúc", "own": "Xử lý", "portal": "Chờ", "sent": "Kết thúc"}
    if asked.part is ProcessPart.QUEUE:
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
        (
            "Quy trình",
            ProcessAddress(asked.view, asked.procedure, asked.part in (ProcessPart.LOOPED, ProcessPart.VARIANT)).page(),
        ),
        of_cases("process", period, asked.of_api()),
    )


def what(asked: ProcessAddress, period: Period) -> list[str]:
    """What was asked for, part by part."""
    days = period_words(period)
    said = {
        ProcessPart.ENDED: f"kết thúc {days}",
        ProcessPart.PASSED: f"qua bước {words.step(asked.step)}, kết thúc {days}",
        ProcessPart.AGAIN: f"làm lại bước {words.step(asked.step)}, kết thúc {days}",
        ProcessPart.LOOPED: f"có quay lại, kết thúc {days}",
        ProcessPart.VARIANT: f"đi cùng một cách, kết thúc {days}",
        ProcessPart.QUEUE: "đang xử lý" if asked.step is None else f"đang đứng sau bước {words.step(asked.step)}",
    }[asked.part]
    reason = [] if asked.reason is None else [f"lần đầu vì {REASONS[asked.reason].lower()}"]
    return [said, *reason, *([] if asked.view.unit is None else [unit(asked.view.unit)])]


def of_chains(
    found: Sequence[ChainedCase],
    names: Mapping[str, NamedKey],
    total: int,
    page_asked: int,
    asked: ChainsAddress,
    period: Period,
    as_of: datetime,
    age: Callable[[datetime], int],
    parts: dict[str, Any],
) -> Component:
    """``age``: seconds worked since a moment."""
    through = asked.part is chains.ChainPart.THROUGH
    heads = {
        "what": "Mã hồ sơ và bước",
        "own": "Chuyển",
        "portal": "Xong",
        "sent": "Thời gian" if through else "Đã chờ",
    }
    where = [_AT[asked.part]]
    where += [period_words(period)] if asked.part is chains.ChainPart.THROUGH else []
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
        ("Liên thông", ChainsAddress(asked.view).page()),
        of_cases("chains", period, asked.of_api()),
    )


def agency(key: str, names: Mapping[str, NamedKey]) -> str:
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
    file: Callable[[str], str],
) -> Component:
    pages = Paging(total, PAGE, page_asked)
    head = html.Div([html.Span(text, className=kind) for kind, text in heads.items()], className="lr lh")
    main = [
        html.Div(
            [
                html.H2(f"{number(total)} hồ sơ", className="big v"),
                html.P(f"{closed(as_of)}; {words.UNIT_NOTE}", className="sub"),
                actions(address(), file),
            ],
            className="hd",
        ),
        html.P(list(lead), className="lead small"),
        html.Div([head, html.Ol(list(rows))], className="list apart"),
        paging(pages, address),
    ]
    return shell.page("Hồ sơ", main, view=Selection("khung"), parts=parts, back=back, kind="listing")


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


def _of_process(case: PassingCase, as_of: datetime, age: Callable[[datetime], int]) -> Component:
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
    case: ChainedCase, names: Mapping[str, NamedKey], as_of: datetime, age: Callable[[datetime], int]
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
