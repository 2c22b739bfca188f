"""``/chi-dao``: the directives as they stand. Pure."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote, urlencode

from dashboards.access import addresses
from dashboards.directives import frame
from dashboards.directives.reader import PendingCommand, StoredDirective
from dashboards.directives.words import SAID, about, standing
from dashboards.unnamed import named
from dashboards.words import number, unit

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


def views(found: Sequence[StoredDirective], as_of: datetime, on: str) -> str:
    options = [("Cần chỉ đạo", address())]
    options += [(f"{words} {number(len(of_view(view, found, as_of)))}", address(view)) for view, words in VIEWS.items()]
    options.append(("Theo đơn vị", address(BY_UNIT)))
    return frame.chips(options, address(on), "Xem")


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
