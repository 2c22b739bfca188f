"""The lists behind the numbers of the sources: sources, rejected records, and what was lost before Kafka."""

from datetime import date, datetime
from typing import Any

from dash import html

from dashboards import rule_names
from dashboards.counted_domains import SOURCES
from dashboards.readers.openings import Opening
from dashboards.readers.snapshot import Selection
from dashboards.readers.sources import contract_of
from dashboards.screens import links
from dashboards.screens.listing import PAGE, period_words
from dashboards.screens.opened import heading
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.source_silence import State
from dashboards.views.topics import frame, words
from dashboards.views.topics.declared import OF_DOMAIN
from dashboards.words import day, day_of, number, short_day, unit, when
from schemas.json_text import decode

STATES = {
    None: "sổ nhập",
    State.RESTING: "nghỉ",
    State.LIVE: "đúng nhịp",
    State.LATE: "chậm",
    State.SILENT: "im lặng",
}
HEADS = {
    "rejected": ("Trường", "Quy tắc", "Nguồn", "Ngày", "Số", "Chủ đề"),
    "lost": ("Nguồn", "Mã thiếu", "Đơn vị", "Ngày", "Thiếu", "Chủ đề"),
}
HEAD = ("Nguồn", "Chủ đề", "", "Nhận", "Số", "Tình trạng")
PLACES = ("code", "pr", "un", "due", "late", "ty")


def page(
    opening: Opening,
    items: tuple[tuple[int, str, int], ...],
    asked: int,
    now: datetime,
    parts: dict[str, Any],
    *,
    dark: bool,
) -> Component:
    """``items``: position, what the row is about, amount."""
    counter = next(counter for counter in SOURCES.counters if counter.name == opening.counter)
    topic = OF_DOMAIN[SOURCES.name]
    again = links.opening(
        counter.name, Selection(""), opening.filters, dark=dark, period=opening.period.name, domain=SOURCES.name
    )
    pages = Paging(opening.listed, PAGE, asked)
    heads = zip(HEADS.get(opening.counter, HEAD), PLACES, strict=True)
    head = html.Div([html.Span(words_, className=place) for words_, place in heads], className="lr lh")
    of = f"{number(opening.amount)} {counter.noun}"
    asked_for = [f"ngày {day(opening.filters.day)}"] if opening.filters.day else []
    if counter.name == "rejected" and not asked_for:
        asked_for.append(period_words(opening.period))
    asked_for += [words.source(opening.filters.unit)] if opening.filters.unit is not None else []
    asked_for += [_topic(opening.filters.part)] if opening.filters.part is not None else []
    rows = [_row(opening.counter, item, now) for item in items]
    said = f", {', '.join(asked_for)}" if asked_for else " lúc đó"
    main = [
        heading(opening, words.lines(opening, of), again, files=False),
        html.P([html.B(counter.label), said], className="lead small"),
        html.Div([head, html.Ol(rows)], className="list cases subjects"),
        paging(pages, lambda number_: links.listing(opening.id, number_, dark=dark)),
    ]
    back = (topic.title, links.home(topic.name, dark=dark))
    live = Selection(frame.name_of(topic.name))
    return shell.page(counter.label, main, view=live, parts=parts, back=back, kind="listing")


def _row(counter: str, item: tuple[int, str, int], now: datetime) -> Component:
    _, subject, amount = item
    about, today = decode(subject), day_of(now)
    if counter == "rejected":
        source, topic, at, field, rule, _id = about
        own = short_day(day_of(datetime.fromisoformat(at)), today)
        cells = (
            field,
            rule_names.rule(rule),
            words.source(source),
            own,
            number(amount),
            _topic(contract_of(topic)),
        )
    elif counter == "lost":
        source, contract, lost_on, unit_, _sent, _held, ids = about
        named = ", ".join(ids[:3]) + ("…" if len(ids) > 3 else "") if ids else "nguồn không nêu mã"
        own = short_day(date.fromisoformat(lost_on), today)
        cells = (words.source(source), named, unit(unit_), own, number(amount), _topic(contract))
    else:
        source, topic, at, state = about
        seen = when(datetime.fromisoformat(at), today) if at else ""
        cells = (
            words.source(source),
            _topic(contract_of(topic)),
            "",
            seen,
            number(amount),
            STATES[State(state) if state else None],
        )
    warn = cells[5] in ("chậm", "im lặng")
    spans: list[Component] = [html.Span(text, className=place) for text, place in zip(cells[:5], PLACES, strict=False)]
    spans.append(html.Span([icon("warn" if warn else "live"), cells[5]], className="ty warn" if warn else "ty"))
    return html.Li(html.Div(spans, className="lr"))


def _topic(contract: str) -> str:
    return words.part(SOURCES.name, contract)
