"""One subject of a topic: what it has come to, and its events, the newest first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import html

from dashboards.readers.snapshot import Selection
from dashboards.readers.subjects import SubjectFact, ToldSubject
from dashboards.screens import links
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.unnamed import named
from dashboards.views.topics import frame, words
from dashboards.views.topics.declared import OF_DOMAIN
from dashboards.views.topics.fields import said, words_of
from dashboards.views.topics.listing import Names, lateness, state
from dashboards.words import capital, clock, closed, day_of, deadline, deadline_day, short_day, unit
from schemas.domain import Domain

PAGE = 8
KINDS = {
    "assigned": "Giao nhiệm vụ",
    "extended": "Gia hạn",
    "progressed": "Báo cáo tiến độ",
    "blocked": "Vướng",
    "unblocked": "Hết vướng",
    "done": "Hoàn thành",
    "cancelled": "Bỏ nhiệm vụ",
    "measured": "Đo",
    "planned": "Đặt kế hoạch",
    "ended": "Kết thúc",
    "seen": "Thấy chứng thư",
    "made": "Sao lưu",
    "reached": "Đạt mốc",
    "published": "Cổng công bố",
    "received": "Tiếp nhận phản ánh",
    "answered": "Trả lời",
    "rated": "Người dân đánh giá",
    "held": "Tổ chức",
    "reported": "Báo cáo",
    "cut": "Bị ngắt kết nối",
    "restored": "Nối lại",
    "set": "Đặt ngưỡng",
    "performed": "Tra cứu",
    "corrected": "Sửa một sự kiện",
    "voided": "Hủy một sự kiện",
}
SHAPES = {"blocked": "flat", "cut": "flat", "cancelled": "flat", "done": "ok", "reached": "ok", "answered": "ok",
          "restored": "ok", "corrected": "warn", "voided": "warn"}  # fmt: skip


def page(
    domain: Domain,
    told: ToldSubject,
    asked: int,
    now: datetime,
    names: Names,
    parts: dict[str, Any],
    *,
    back: str | None,
    dark: bool,
) -> Component:
    subject, topic = told.subject, OF_DOMAIN[domain.name]
    events = list(reversed(told.events))
    pages = Paging(len(events), PAGE, asked)
    mark = "&" if back or dark else "?"
    main = [
        html.P(_lead(domain, told, now), className="lead"),
        html.P(_meta(domain, told, now, names), className="meta"),
        html.Ol([_event(event, now, names) for event in events[pages.first - 1 : pages.last]], className="evs"),
        paging(
            pages,
            lambda number: f"{links.subject(domain.name, subject.subject, back, dark=dark)}{mark}trang={number}",
            "sự kiện",
        ),
    ]
    home = links.home(topic.name, dark=dark)
    way = ("Danh sách", links.listing(back, dark=dark)) if back else (topic.title, home)
    return shell.page(
        domain.label,
        main,
        view=Selection(frame.name_of(topic.name)),
        parts=parts,
        back=way,
        kind="case subject",
        tab=words.title(domain.name, subject),
    )


def _lead(domain: Domain, told: ToldSubject, now: datetime) -> list[Any]:
    subject = told.subject
    if subject.oversized:
        return [html.B("Quá nhiều sự kiện"), ": nguồn gửi lặp một mã; không kể lại được."]
    title = words.title(domain.name, subject)
    waited, late = lateness(domain.name, subject, now)
    tail = f", trễ {waited}" if late else ""
    return [html.B(title), f": {state(domain.name, subject)}{tail}."]


def _meta(domain: Domain, told: ToldSubject, now: datetime, names: Names) -> list[Component]:
    subject, today = told.subject, day_of(now)
    found = [html.Span(subject.subject, className="n strong")]
    if subject.unit:
        found.append(html.Span(["Đơn vị: ", html.B(unit(names.get(subject.unit, subject.unit)))]))
    if subject.part:
        part = words.part(domain.name, subject.part, dict(names), whole=True)
        found.append(html.Span([f"{capital(domain.part)}: ", html.B(part)]))
    if subject.due_at:
        due = f"{deadline(subject.due_at)} {short_day(deadline_day(subject.due_at), today)}"
        found.append(html.Span(["Hạn: ", html.B(due)]))
    for label, value in said(subject.detail, names):
        found.append(html.Span([f"{capital(label)}: ", html.B(value)]))
    return [*found, html.Span(closed(now))]


def _event(event: SubjectFact, now: datetime, names: Names) -> Component:
    shape = SHAPES.get(event.kind, "live")
    unit_key = event.data.get("unit") or (event.data.get("event") or {}).get("unit")
    return html.Li(
        [
            html.Span(f"{short_day(day_of(event.time), day_of(now))} {clock(event.time)}", className="n et"),
            html.Span(icon(shape), className=f"ei {'warn' if shape == 'warn' else ''}"),
            html.Span(_words(event, names), className="ex"),
            html.Span(unit(names.get(unit_key, unit_key)) if unit_key else "", className="ed"),
        ],
        className="ev",
    )


def _words(event: SubjectFact, names: Mapping[str, str]) -> str:
    data = event.data
    kind = named(KINDS, event.kind)
    if event.kind == "voided" and "replaces" not in data:
        return "Hủy cả mục"
    if event.kind == "corrected":
        kind = f"Sửa: {KINDS.get(data.get('kind', ''), 'một sự kiện').lower()}"
        data = data.get("event", {})
    told = words_of(data, names)
    return f"{kind}; {told}" if told else kind
