"""``/chi-dao``: what needs a leader, and the directives as they stand. Pure."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote, urlencode

from dashboards.access import addresses
from dashboards.directives import frame
from dashboards.directives.needs_direction import Gravity, Needed
from dashboards.directives.reader import PendingCommand, StoredDirective
from dashboards.directives.words import SAID, about, lead, standing
from dashboards.periods import PeriodName
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.unnamed import named
from dashboards.words import age, day_of, number, unit, when

TAGS = {Gravity.GRAVE: ("grave", "GẤP", "grave"), Gravity.WARNING: ("warn", "CẢNH BÁO", "warn")}
OPINION = ("flat", "CHỜ Ý KIẾN", "")
VIEWS = {"mo": "Đang mở", "qua-han": "Quá hạn", "cho": "Chờ ý kiến", "xong": "Đã kết thúc"}
BY_UNIT = "don-vi"
WAITING = ("asking", "cannot", "done")


def address(view: str = "", unit_: str = "") -> str:
    asked = {name: value for name, value in (("xem", view), ("don-vi", unit_)) if value}
    return f"{addresses.DIRECTIVES}?{urlencode(asked)}" if asked else addresses.DIRECTIVES


def one_address(subject: str) -> str:
    return f"{addresses.ONE_DIRECTIVE}?ma={quote(subject, safe='')}"


def order_address(**asked: str | int | None) -> str:
    """Where an order about something begins, filled in."""
    given = {name.replace("_", "-"): str(value) for name, value in asked.items() if value not in (None, "")}
    return f"{addresses.NEW_DIRECTIVE}?{urlencode(given)}" if given else addresses.NEW_DIRECTIVE


def of_view(view: str, found: Sequence[StoredDirective], as_of: datetime) -> list[StoredDirective]:
    match view:
        case "qua-han":
            return [one for one in found if one.overdue(as_of)]
        case "cho":
            return [one for one in found if one.standing in WAITING]
        case "xong":
            return [one for one in found if one.ended_at is not None]
    return [one for one in found if one.ended_at is None]


def views(found: Sequence[StoredDirective], as_of: datetime, on: str, *, leads: bool) -> str:
    options = [("Cần chỉ đạo", address())] if leads else []
    options += [(f"{words} {number(len(of_view(view, found, as_of)))}", address(view)) for view, words in VIEWS.items()]
    options.append(("Theo đơn vị", address(BY_UNIT)))
    return frame.chips(options, address(on), "Xem")


def needed(items: Sequence[Needed], as_of: datetime, *, orders: bool) -> list[str]:
    return [
        lead(len(items), f"{items[0].what}{items[0].rest}".rstrip(".") if items else ""),
        *(_item(one, as_of, orders=orders) for one in items),
    ]


def _item(one: Needed, as_of: datetime, *, orders: bool) -> str:
    shape, words, kind = TAGS.get(one.gravity, OPINION)
    waited = f'<span class="sub">{escape(f"từ {age(as_of - one.since)} trước")}</span>' if one.since else ""
    buttons = []
    if one.directive is not None:
        buttons.append(frame.button("Mở chỉ đạo", one_address(one.directive), first=True))
    elif orders:
        about_ = {"don_vi": one.unit, "so": one.counter, "bao_nhieu": one.people or None}
        name = f"Chỉ đạo: {one.what}, {one.owner}"
        buttons.append(frame.button("Chỉ đạo", order_address(**about_), first=True, name=name))
    if one.counter and one.unit:
        opens = links.opening(one.counter, Selection("", PeriodName.ALL), Filters(unit=one.unit))
        buttons.append(frame.button(f"Xem {number(one.people)} hồ sơ", opens))
    return (
        f'<section class="item"><div>{frame.tag(shape, words, kind)}{waited}</div>'
        f'<p class="say"><b>{escape(one.what)}</b>{escape(one.rest)}</p>'
        f'<p class="sub">{escape(_owner(one, as_of))}</p><div class="fl">{"".join(buttons)}</div></section>'
    )


def _owner(one: Needed, as_of: datetime) -> str:
    parts = [f"Trách nhiệm: {one.owner}"]
    if one.directive is None:
        parts.append("chưa có chỉ đạo")
    if one.before is not None:
        parts.append(f"nên quyết trước {when(one.before, day_of(as_of))}")
    return " · ".join(parts)


def listed(found: Sequence[StoredDirective], pending: Sequence[PendingCommand], as_of: datetime) -> list[str]:
    sending = [
        f'<p class="pend" role="status">{escape(f"Đang gửi: {named(SAID, one.kind)}, {unit(one.unit)}")}</p>'
        for one in pending
    ]
    if not found and not sending:
        return [frame.p("Không có chỉ đạo nào.", "sub")]
    return [*sending, *(_row(one, as_of) for one in found)]


def _row(one: StoredDirective, as_of: datetime) -> str:
    shape, words, kind = standing(one, as_of)
    return (
        f'<section class="item"><div>{frame.tag(shape, words, kind)}</div>'
        f'<p class="say">{escape(one.sentence)}</p><p class="sub">{escape(about(one, as_of))}</p>'
        f'<div class="fl">{frame.button("Mở", one_address(one.subject), name=f"Mở: {one.sentence}")}</div></section>'
    )


def by_unit(found: Sequence[StoredDirective], as_of: datetime) -> list[str]:
    units = sorted({one.unit for one in found}, key=unit)
    if not units:
        return [frame.p("Chưa có chỉ đạo nào.", "sub")]
    rows = ""
    for key in units:
        own = [one for one in found if one.unit == key]
        counts = "".join(f'<td class="num">{number(len(of_view(view, own, as_of)))}</td>' for view in VIEWS)
        rows += f'<tr><td><a href="{escape(address("mo", key))}">{escape(unit(key))}</a></td>{counts}</tr>'
    heads = "".join(f'<th class="num">{escape(words)}</th>' for words in VIEWS.values())
    return [f"<table><thead><tr><th>Đơn vị</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"]
