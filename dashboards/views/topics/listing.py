"""The list behind a topic's number: exactly the subjects that it counted, at the moment it was opened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import html

from dashboards.lateness import late_by
from dashboards.periods import Period
from dashboards.readers.openings import Opening, SubjectItem
from dashboards.readers.snapshot import Selection
from dashboards.readers.subjects import StoredSubject
from dashboards.screens import links
from dashboards.screens.listing import PAGE, period_words
from dashboards.screens.opened import heading
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views.topics import fields, frame, words
from dashboards.views.topics.declared import OF_DOMAIN
from dashboards.words import age, day, day_of, deadline_day, number, short_day, unit
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind
from schemas.domain import Domain

Names = Mapping[str, str]
BY_CALENDAR = frozenset(("certificate",))  # a certificate expires at night and on Sundays too


def what(opening: Opening, names: Names) -> list[str]:
    """What was asked for, part by part."""
    domain = DOMAINS[opening.domain]
    filters, parts = opening.filters, []
    kind = _counter(opening).kind
    if filters.day:
        parts.append(f"ngày {day(filters.day)}")
    elif kind is Kind.FLOW:
        parts.append(period_words(opening.period))
    elif kind is Kind.LEVEL:
        parts.append(_up_to(opening.period))
    if filters.unit is not None:
        parts.append(unit(names.get(filters.unit, filters.unit)))
    if filters.part is not None:
        parts.append(f"{domain.part} {words.part(domain.name, filters.part, dict(names), whole=True)}")
    return [part for part in parts if part]


def _up_to(period: Period) -> str:
    return f"lần đo cuối đến {day(period.last)}" if period.last else "lần đo cuối"


def _counter(opening: Opening) -> Any:
    return next(counter for counter in DOMAINS[opening.domain].counters if counter.name == opening.counter)


def page(
    opening: Opening,
    items: tuple[SubjectItem, ...],
    asked: int,
    now: datetime,
    names: Names,
    parts: dict[str, Any],
    *,
    dark: bool,
) -> Component:
    domain, topic, counter = DOMAINS[opening.domain], OF_DOMAIN[opening.domain], _counter(opening)
    again = links.opening(
        counter.name, Selection(""), opening.filters, dark=dark, period=opening.period.name, domain=domain.name
    )
    pages = Paging(opening.listed, PAGE, asked)
    counts = counter.kind is not Kind.NOW
    head = html.Div(
        [
            html.Span(f"{domain.label}", className="code"),
            html.Span(words_of_part(domain), className="pr"),
            html.Span("Đơn vị", className="un"),
            html.Span("Hạn", className="due"),
            html.Span("Số" if counts else "Trễ", className="late"),
            html.Span("Tình trạng", className="ty"),
        ],
        className="lr lh",
    )
    rows = [_row(item, opening, now, names, counts=counts, dark=dark) for item in items]
    asked_for = ", ".join(what(opening, names))
    noun = str(counter.noun)
    of = f"{number(opening.amount)} {noun}"
    main = [
        heading(opening, words.lines(opening, of), again),
        html.P(
            [html.B(f"{domain.label}: {counter.label}"), f", {asked_for}" if asked_for else " lúc đó"],
            className="lead small",
        ),
        html.Div([head, html.Ol(rows)], className="list cases subjects"),
        paging(pages, lambda number_: links.listing(opening.id, number_, dark=dark)),
    ]
    return shell.page(
        counter.label,
        main,
        view=Selection(frame.name_of(topic.name)),
        parts=parts,
        back=(topic.title, links.home(topic.name, dark=dark)),
        kind="listing",
    )


def words_of_part(domain: Domain) -> str:
    return domain.part[:1].upper() + domain.part[1:] if domain.part else ""


def _row(item: SubjectItem, opening: Opening, now: datetime, names: Names, *, counts: bool, dark: bool) -> Component:
    subject = item.counted.subject
    waited, late = lateness(opening.domain, subject, now)
    today = day_of(now)
    due = short_day(deadline_day(subject.due_at), today) if subject.due_at else ""
    part = words.part(opening.domain, subject.part, dict(names), whole=True) if subject.part else ""
    return html.Li(
        html.A(
            [
                html.Span(html.Span(words.title(opening.domain, subject)), className="n code title"),
                html.Span(part, className="pr"),
                html.Span(unit(names.get(subject.unit, subject.unit)) if subject.unit else "", className="un"),
                html.Span(due, className="n due"),
                html.Span(number(item.counted.amount) if counts else waited, className="n late"),
                html.Span([icon("warn" if late else "live"), state(opening.domain, subject)],
                          className="ty warn" if late else "ty"),
            ],
            href=links.subject(opening.domain, subject.subject, opening.id, dark=dark),
            className="lr",
        )
    )  # fmt: skip


def lateness(domain: str, subject: StoredSubject, now: datetime) -> tuple[str, bool]:
    """How late it ended or is by now; what was dropped, or never given, is neither late nor in time."""
    if subject.due_at is None or subject.voided_at is not None or subject.standing in ("cancelled", ""):
        return "", False
    moment = subject.ended_at or now
    if moment <= subject.due_at:
        return "", False
    return age(moment - subject.due_at) if domain in BY_CALENDAR else late_by(subject.due_at, moment), True


def state(domain: str, subject: StoredSubject) -> str:
    if subject.oversized:
        return "quá nhiều sự kiện"
    if subject.voided_at is not None:
        return "đã hủy"
    if (why := subject.detail.get("unreadable")) is not None and subject.standing == "unread":
        return f"kết nối, {fields.UNREADABLE.get(str(why), str(why))}"
    return words.standing(domain, subject.standing)
