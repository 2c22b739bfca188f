"""One case: what is the matter, where it lay, and its events, the newest first."""

from datetime import datetime
from typing import Any

from dash import html

from dashboards.figures.by_channel import LABELS
from dashboards.lateness import judged, lasted
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.readers.snapshot import Selection
from dashboards.screens import links, portal_and_chain
from dashboards.screens.listing import state
from dashboards.screens.opened import direct_about
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.unnamed import named
from dashboards.views.cases import case_judged
from dashboards.views.cases.case_timeline import CITIZEN, LaneChart, Stretch, lanes
from dashboards.words import capital, clock, closed, day_of, deadline, deadline_day, procedure, short_day, unit
from schemas.history import Entry
from schemas.province import as_datetime
from schemas.state import DONE_KINDS

PAGE = 7
KINDS = {
    "submitted": "Nộp hồ sơ",
    "accepted": "Tiếp nhận",
    "refused": "Từ chối tiếp nhận",
    "supplement_requested": "Yêu cầu bổ sung",
    "supplement_received": "Nhận đủ giấy tờ bổ sung",
    "extended": "Gia hạn",
    "suspended": "Tạm dừng",
    "resumed": "Tiếp tục",
    "stopped": "Dừng xử lý",
    "finished": "Xử lý xong",
    "returned": "Trả kết quả",
    "withdrawn": "Rút hồ sơ",
    "paid": "Thanh toán",
    "digitised": "Số hóa",
    "rated": "Người dân đánh giá",
    "corrected": "Sửa một sự kiện",
    "voided": "Hủy một sự kiện",
    **portal_and_chain.KINDS,
}
SHAPES = {
    "supplement_requested": "flat",
    "suspended": "flat",
    "stopped": "flat",
    "refused": "flat",
    "finished": "ok",
    "returned": "ok",
    "corrected": "warn",
    "voided": "warn",
}


def page(
    told: ToldCase, asked: int, now: datetime, parts: dict[str, Any], *, back: str | None, dark: bool
) -> Component:
    case = told.case
    lain = lanes(told, now)
    events = list(reversed(told.history))
    pages = Paging(len(events), PAGE, asked)
    shown = events[pages.first - 1 : pages.last]
    main = [
        html.P(_lead(case, lain, now), className="lead"),
        html.P([*_meta(case, now), *direct_about({"ho-so": case.subject, "don-vi": case.unit})], className="meta"),
        html.Div(case_judged.lines(told, now), className="jds"),
        html.Div(_lanes(lain, case, now) if lain else [], className="la"),
        html.Ol([_event(entry, now) for entry in shown], className="evs"),
        paging(pages, lambda number: links.case(case.subject, back, dark=dark) + _page(number, back, dark), "sự kiện"),
    ]
    home = links.WALL if dark else links.TABLET
    way = ("Danh sách", links.listing(back, dark=dark)) if back else ("Hồ sơ", home)
    return shell.page(
        "Một hồ sơ", main, view=Selection("khung"), parts=parts, back=way, kind="case", tab=f"Hồ sơ {case.subject}"
    )


def _page(number: int, back: str | None, dark: bool) -> str:
    return f"{'&' if back or dark else '?'}trang={number}"


def _lead(case: StoredCase, lain: LaneChart | None, now: datetime) -> list[Any]:
    if case.oversized:
        return [html.B("Quá nhiều sự kiện"), ": nguồn gửi lặp một mã; không kể lại được."]
    if case.voided_at is not None:
        return [html.B("Đã hủy"), f" ngày {short_day(day_of(case.voided_at), day_of(now))}."]
    where = f", nằm lâu nhất ở {unit(lain.longest[0])}" if lain and lain.longest else ""
    if case.ended_at is not None:
        return [*_ended(case, case.ended_at, now), f"{where}."]
    if case.accepted_at is None:
        return [html.B(capital(state(case))), "."]
    holder, since = _holder(case, lain)
    said = [html.B(f"{holder} giữ từ {short_day(day_of(since), day_of(now))}")]
    if case.waits_for == "citizen":
        said.append(", không tính hạn")
    _, late, words = judged(case, now)
    if late:
        said += ["; quá ngày hẹn trả ", html.B(f"{words} làm việc")]
    elif case.due_at is not None:
        said += ["; còn ", html.B(f"{lasted(now, case.due_at)} làm việc"), " đến ngày hẹn trả"]
    else:
        said.append("; không có ngày hẹn trả")
    return [*said, "." if lain and lain.longest and lain.longest[0] == lain.holder[0] else f"{where}."]


HOLDERS = {"citizen": "Người dân", "agency": "Cơ quan khác", "payment": "Người nộp phí"}


def _holder(case: StoredCase, lain: LaneChart | None) -> tuple[str, datetime]:
    """Who has it now and since when: whom it waits for as it is judged, else the unit that its events name last."""
    since = case.waits_since or case.accepted_at or case.last_at
    assert since is not None  # noqa: S101  it was accepted
    if case.waits_for in HOLDERS:
        return HOLDERS[case.waits_for], since
    unit_since = lain.holder[1] if lain and lain.holder[0] == case.last_unit else since
    return unit(case.last_unit or case.unit), max(unit_since, since)


def _ended(case: StoredCase, ended_at: datetime, now: datetime) -> list[Any]:
    """What its figure says of the end: late, in time, or neither."""
    done = case.end_kind in DONE_KINDS
    _, late, words = judged(case, now)
    if late:
        return ["Xong trễ ", html.B(f"{words} làm việc")]
    if done and case.accepted_at is not None and ended_at < case.accepted_at:
        return [html.B("Ngày xong trước ngày tiếp nhận"), ": nguồn ghi sai một trong hai ngày"]
    took = f" sau {lasted(case.accepted_at, ended_at)} làm việc" if case.accepted_at else ""
    due = "" if case.due_at is None else ", đúng hạn" if done else ", không tính đúng hạn hay trễ hạn"
    return [html.B(f"{capital(state(case))}{took}{due}")]


def _meta(case: StoredCase, now: datetime) -> list[Component]:
    today = day_of(now)
    due = f"{deadline(case.due_at)} {short_day(deadline_day(case.due_at), today)}" if case.due_at else "không hẹn"
    return [
        html.Span(case.subject, className="n strong"),
        html.Span(procedure(case.procedure)),
        html.Span(
            [
                "Tiếp nhận: ",
                html.B(unit(case.unit)),
                f", {LABELS[case.channel].lower()}" if case.channel in LABELS else "",
            ]
        ),
        html.Span(["Hẹn trả: ", html.B(due)]),
        html.Span(["Tỉnh: ", html.B(state(case)), f" (nguồn ghi: {case.status_raw})" if case.status_raw else ""]),
        *([html.Span(["Cổng quốc gia: ", html.B(portal)])] if (portal := portal_and_chain.portal(case)) else []),
        *([html.Span(["Liên thông chờ: ", html.B(chain)])] if (chain := portal_and_chain.waiting(case, now)) else []),
        html.Span(closed(now)),
    ]


def _lanes(lain: LaneChart, case: StoredCase, now: datetime) -> list[Component]:
    today = day_of(now)
    rows = [
        html.Li(
            [
                html.Span(unit(name), className="ln"),
                html.Span([_stretch(name, part, case, now) for part in parts], className="lt"),
            ]
        )
        for name, parts in lain.lanes
    ]
    due_at = lain.due if lain.due is not None else 0.5
    ends = [  # the deadline's own label takes the place of one that it would cover
        html.Span(short_day(day_of(lain.begins), today) if due_at > 0.2 else ""),
        html.Span(short_day(day_of(lain.ends), today) if due_at < 0.8 else ""),
    ]
    due: list[Component] = []
    if lain.due is not None and case.due_at:
        side = "before" if lain.due > 0.5 else ""
        words = html.Span(f"hẹn {short_day(deadline_day(case.due_at), today)}", className=side)
        due = [html.Div(words, className="dl", style={"left": f"{100 * lain.due:.2f}%"})]
    return [html.Ol(rows), html.Div(due, className="dls"), html.Div(ends, className="ends")]


def _stretch(name: str, part: Stretch, case: StoredCase, now: datetime) -> Component:
    look = "wait" if part.waiting else "grave" if part.late else ""
    words: Any = ""
    if part.end - part.start > 0.2:
        late = f"trễ {judged(case, now).words}" if part.late else ""
        words = late if name != CITIZEN else "không tính hạn"
    style = {"left": f"{100 * part.start:.2f}%", "width": f"{100 * (part.end - part.start):.2f}%"}
    return html.I(html.Span(words) if words else None, className=look, style=style)


def _event(entry: Entry, now: datetime) -> Component:
    moment = as_datetime(entry.time)
    warns = portal_and_chain.warns(entry.kind, entry.data) or case_judged.warns(entry.kind, entry.data)
    shape = "warn" if warns else SHAPES.get(entry.kind, "live")
    return html.Li(
        [
            html.Span(f"{short_day(day_of(moment), day_of(now))} {clock(moment)}", className="n et"),
            html.Span(icon(shape), className=f"ei {'warn' if shape == 'warn' else ''}"),
            html.Span(_words(entry, now), className="ex"),
            html.Span(unit(entry.data.unit) if entry.data.unit else "", className="ed"),
        ],
        className="ev",
    )


def _words(entry: Entry, now: datetime) -> str:
    data = entry.data
    if entry.kind in portal_and_chain.KINDS:
        return portal_and_chain.words(entry.kind, data)
    words = data.name or "Bước xử lý" if entry.kind == "step" else named(KINDS, entry.kind)
    if data.begun is not None and data.begun < entry.time:
        words += f" ({lasted(as_datetime(data.begun), as_datetime(entry.time))} làm việc)"
    if entry.kind == "accepted" and data.channel:
        words += f" {named(LABELS, data.channel).lower()}"
    if entry.kind == "corrected" and data.kind:
        words += f": {KINDS.get(data.kind, 'bước xử lý').lower()}"
    if entry.kind == "voided" and data.replaces is None:
        words = "Hủy cả hồ sơ"
    if entry.kind == "rated" and data.score:
        words += f" {data.score}/5"
    if said := case_judged.said_of(entry.kind, data, now):
        words += f"; {said}"
    if data.due is not None:
        words += f"; hẹn trả {short_day(deadline_day(as_datetime(data.due)), day_of(now))}"
    return words
