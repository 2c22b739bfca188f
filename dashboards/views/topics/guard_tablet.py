"""What the look-up guard has found, on the tablet: a list, and a page of each with its numbers, rule and examples."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards import part_names
from dashboards.access import addresses
from dashboards.holding import hold_body
from dashboards.holding import words as hold_words
from dashboards.holding.proposals import holdable
from dashboards.holding.reader import PendingHold, StoredHold
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views.topics import frame, guard_words
from dashboards.views.topics.declared import ShownTopic
from dashboards.views.topics.guard_reader import SHOWN_DAYS, ExampleLook, ShownFinding
from dashboards.views.topics.words import NO_PART
from dashboards.words import NB, clock, closed, day_of, number, percent, seconds, unit, when
from schemas.lookup_findings import FindingRule

PAGE = 7
ABOUT = {
    FindingRule.SURGE: "Nhiều hơn hẳn mức thường của giờ này, loại ngày này; đợt đã báo trước không tính.",
    FindingRule.RETRY_STORM: "Cùng một yêu cầu được gửi lại từ 20 lần, ít nhất một nửa lỗi.",
    FindingRule.WITHOUT_CASE: "Từ 30 lượt trong một giờ, ít nhất 60 % không nêu hồ sơ, gấp ba tỷ lệ thường.",
    FindingRule.OTHER_UNITS_CASE: "Từ 10 lượt trong ngày cho hồ sơ mà đơn vị của tài khoản không nhận, không làm.",
    FindingRule.CLOSED_CASE: "Từ 10 lượt trong ngày cho hồ sơ đã xong quá 3 ngày.",
    FindingRule.MANY_PERSONS: "Từ 20 người được tra cho cùng một hồ sơ trong một giờ.",
    FindingRule.SAME_PERSON: "Một người được tra từ 30 lần trong một giờ, không vì lỗi.",
    FindingRule.GUESSING: "10 lượt liền không tìm thấy ai, hoặc từ 40 % của một giờ, trái tỷ lệ thường.",
    FindingRule.OUTSIDE_HOURS: "Từ 8 lượt trong 10 phút ngoài giờ làm việc, nơi thường hầu như không có.",
    FindingRule.TWO_ADDRESSES: "Đổi qua lại giữa hai địa chỉ mạng ít nhất 6 lần trong 10 phút.",
    FindingRule.WAKES: "Tài khoản chưa từng thấy, hoặc im từ 60 ngày, nay từ 30 lượt trong một giờ.",
    FindingRule.CREEP: "Tăng dần qua nhiều ngày làm việc, không theo cả tỉnh hay đơn vị, quá 1,5 lần mức cũ.",
    FindingRule.LIMIT_REACHED: "Số lượt đã bằng hoặc quá giới hạn do tỉnh tự đặt.",
    FindingRule.LIMIT_AHEAD: "Với nhịp này giới hạn ngày do tỉnh tự đặt sẽ đạt trong 2 giờ tới.",
}
RESULTS = {"found": "tìm thấy", "not_found": "không tìm thấy", "mismatch": "không khớp", "error": "lỗi"}


def address(topic: ShownTopic, page: int = 1, id: str | None = None) -> str:
    path = f"{links.TABLET}/{topic.name}/{links.FINDINGS}"
    if id is not None:
        return f"{path}?ma={id}"
    return path if page == 1 else f"{path}?trang={page}"


def listing(
    topic: ShownTopic,
    found: Sequence[ShownFinding],
    whole: int,
    page: int,
    as_of: datetime,
    parts: dict[str, Any],
    *,
    sees_holds: bool = False,
) -> Component:
    standing = sum(one.stands for one in found)
    said = f"{number(standing)} đang diễn ra" if page == 1 else f"trang {page}"
    main = [
        html.Div(
            [
                html.H2(f"{number(whole)} phát hiện", className="big v"),
                html.P(f"{SHOWN_DAYS} ngày qua, {said}; {closed(as_of)}", className="sub"),
                html.A("Cập nhật", href=address(topic), className="btn"),
                *([html.A("Lệnh giữ", href=addresses.HOLDS, className="btn")] if sees_holds else []),
            ],
            className="hd",
        ),
        html.P(_lead(found, whole), className="lead small"),
        html.Div(html.Ol([_row(topic, one, as_of) for one in found]), className="list findings"),
        paging(Paging(whole, PAGE, page), lambda number_: address(topic, number_), "phát hiện"),
    ]
    view = Selection(frame.name_of(topic.name))
    back = (topic.title, f"{links.TABLET}/{topic.name}")
    return shell.page("Phát hiện", main, view=view, parts=parts, back=back, kind="listing gap")


def _lead(found: Sequence[ShownFinding], whole: int) -> list[Any]:
    if not whole:
        return [html.B(f"Không có gì bất thường trong {SHOWN_DAYS} ngày qua"), "."]
    first = found[0] if found else None
    if first is None or not first.stands:
        return [html.B("Không phát hiện nào đang diễn ra"), "; dưới đây là những lần trước."]
    bold, rest = guard_words.what(first)
    return [html.B(f"{guard_words.who(first)}: {bold}"), f"{rest}."]


def _row(topic: ShownTopic, one: ShownFinding, as_of: datetime) -> Component:
    bold, rest = guard_words.what(one)
    today = day_of(as_of)
    if one.cleared_at is not None:
        state = "đã rõ"
    else:
        state = "đang diễn ra" if one.stands else f"đến {when(one.last_at, today)}"
    tone = ("grave" if one.grave else "warn") if one.stands else "quiet"
    shape = "grave" if one.grave else "warn"
    return html.Li(
        html.A(
            [
                html.Span([icon(shape), NB, guard_words.rule(one)], className=f"kind {tone}"),
                html.Span([html.B(f"{guard_words.who(one)}: {bold}"), rest], className="what"),
                html.Span([html.Span(when(one.seen_at, today), className="n"), html.Span(state)], className="at"),
            ],
            href=address(topic, id=one.id),
            className="lr",
        )
    )


def one(
    topic: ShownTopic,
    found: ShownFinding,
    examples: Sequence[ExampleLook],
    as_of: datetime,
    parts: dict[str, Any],
    *,
    holds: Sequence[StoredHold] = (),
    coming: Sequence[PendingHold] = (),
    orders: bool = False,
) -> Component:
    """``examples``: none where whoever asks may not see cases. ``holds`` and ``coming``: orders given because of it;
    ``orders``: whether he may give one."""
    bold, rest = guard_words.what(found)
    today = day_of(as_of)
    numbers = [_number(label, value) for label, value in _numbers(found)]
    main = [
        html.P([html.B(f"{guard_words.who(found)}: {bold}"), f"{rest}."], className="lead"),
        html.P(_times(found, today), className="meta"),
        html.Div(numbers, className="fnums"),
        html.Dl(
            [
                *_line("Quy tắc", f"{guard_words.rule(found)}: {ABOUT[FindingRule(found.rule)]} Ngưỡng tự đặt."),
                *_line("Đề xuất", f"{guard_words.proposed(found)[:1].upper()}{guard_words.proposed(found)[1:]}."),
                *_holding(found, holds, coming, orders=orders),
                *_line("Lượt mẫu", _examples(found, examples, today)),
            ],
            className="fdl",
        ),
    ]
    view = Selection(frame.name_of(topic.name))
    back = ("Phát hiện", address(topic))
    return shell.page(guard_words.rule(found), main, view=view, parts=parts, back=back, kind="finding")


def _holding(
    found: ShownFinding, holds: Sequence[StoredHold], coming: Sequence[PendingHold], *, orders: bool
) -> list[Component]:
    said: list[Component] = [html.Span(f"Đang gửi: {one.sentence}", className="sub") for one in coming]
    for one in holds:
        words = f"{hold_words.STANDINGS[one.standing]}: {one.sentence}"
        said.append(html.A(words, href=hold_body.one_address(one.subject), className="o"))
    if orders and holdable(found.scope) and not coming and not any(one.ended_at is None for one in holds):
        said.append(html.A("Ra lệnh giữ", href=hold_body.new_address(found.id), className="btn first"))
    return _line("Lệnh giữ", html.Div(said, className="holds")) if said else []


def _times(found: ShownFinding, today: Any) -> str:
    state = "đang diễn ra" if found.stands else f"lần cuối {when(found.last_at, today)}"
    said = [f"Từ {when(found.began_at, today)}, thấy lúc {seconds(found.seen_at)}, {state}"]
    if found.cleared_at is not None:
        said.append(f"; {when(found.cleared_at, today)} sự kiện đến sau cho thấy không có gì sai")
    if found.reaches_at is not None:
        said.append(f"; dự báo lúc {clock(found.last_at)}")
    return "".join((*said, "."))


def _numbers(found: ShownFinding) -> list[tuple[str, str]]:
    usual = "không biết" if found.usual is None else guard_words.usual(found.usual)
    rows = [("Lượt", number(found.lookups)), ("Thường", usual)]
    if found.limit_lookups:
        rows.append(("Giới hạn tự đặt", number(found.limit_lookups)))
        rows.append(("Đã dùng", percent(found.lookups / found.limit_lookups, 0)))
    for label, value in (
        ("Không gắn hồ sơ", found.without_case),
        ("Không tìm thấy", found.not_found),
        ("Lỗi", found.errors),
        ("Người", found.persons),
    ):
        if value is not None:
            rows.append((label, number(value)))
    return rows[:6]


def _number(label: str, value: str) -> Component:
    return html.Div([html.Span(label, className="kl"), html.Span(value, className="n")], className="fn")


def _line(label: str, said: Any) -> list[Component]:
    return [html.Dt(label, className="sub"), html.Dd(said)]


def _examples(found: ShownFinding, examples: Sequence[ExampleLook], today: Any) -> Any:
    if found.scope != "account":
        return "Xem ở phát hiện về từng tài khoản."
    if not examples:
        return "Không có, hoặc vai của bạn không xem được."
    return html.Ol([html.Li(_example(one, today)) for one in examples])


def _example(one: ExampleLook, today: Any) -> list[Any]:
    case: Any = "không nêu hồ sơ"
    if one.case_code is not None:
        case = html.A(one.case_code, href=links.case(one.case_code), className="n o")
    application = part_names.name("lookup", one.application) if one.application else NO_PART
    at = f"{seconds(one.time)} {when(one.time, today) if day_of(one.time) != today else ''}".strip()
    return [html.Span(at, className="n"), f" · {unit(one.unit)} · {application} · ", case, f" · {RESULTS[one.result]}"]
