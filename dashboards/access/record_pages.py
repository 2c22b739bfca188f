"""The record for the auditor, and for each unit who has seen its data. Forms without a script."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboards import unit_names
from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import ROLE_WORDS, Right, asking
from dashboards.access.frame import cell, choice, field, form, line, link, page, table
from dashboards.access.record import DEED_WORDS
from dashboards.access.record_reader import A_PAGE, Checked, Recorded, RecordFilter, RecordReader
from dashboards.unnamed import named
from dashboards.words import day, day_of, number, seconds, when
from schemas.province import ZONE

_ROLES: Mapping[str, str] = {role.value: words for role, words in ROLE_WORDS.items()}
NOT_YOURS = "Vai của bạn không xem được nhật ký."


class RecordPages:
    def __init__(self, access: Access, reader: RecordReader) -> None:
        self._access, self._reader = access, reader

    def router(self) -> APIRouter:
        routes = APIRouter(include_in_schema=False)
        routes.add_api_route(addresses.RECORD, self.whole, methods=["GET"])
        routes.add_api_route(addresses.OF_OUR_DATA, self.of_our_data, methods=["GET"])
        return routes

    async def whole(self, request: Request) -> Response:
        asker, query = asking(), request.query_params
        if not asker.may(Right.RECORD):
            self._access.denials.note(asker, "record")
            return page("Nhật ký", [line(NOT_YOURS, "wrong")], status=HTTPStatus.FORBIDDEN, who=asker.name)
        asked, wrong = asked_of(query)
        rows = await self._reader.page(asked)
        checked = await self._reader.last_check()
        main = [
            line(*chain_words(checked, day_of(self._access.clock()))),
            *([line(wrong, "wrong")] if wrong else []),
            form(
                addresses.RECORD,
                field("Ngày", "ngay", kind="date", value=query.get("ngay", ""), needed=False),
                field("Người", "nguoi", value=query.get("nguoi", ""), needed=False),
                choice("Việc", "viec", [("", "mọi việc"), *DEED_WORDS.items()], query.get("viec", "")),
                field("Mã đơn vị", "don-vi", value=query.get("don-vi", ""), needed=False),
                button="Lọc",
                first=True,
                row=True,
                get=True,
            ),
            table(("Số", "Lúc", "Người", "Vai", "Việc", "Đối tượng", "Đơn vị", "Dòng", "Từ địa chỉ"), map(_row, rows)),
            *_older(addresses.RECORD, query, rows),
        ]
        return page("Nhật ký", main, who=asker.name, wide=True)

    async def of_our_data(self, request: Request) -> Response:
        """Who has seen the data of a unit: of one's own, or of one that somebody who sees the province chooses."""
        asker, query = asking(), request.query_params
        chosen = query.get("don-vi", "")
        units = asker.units or ((chosen,) if chosen else ())
        if not asker.may(Right.CASES) and not asker.may(Right.RECORD):
            return page("Ai đã xem", [line(NOT_YOURS, "wrong")], status=HTTPStatus.FORBIDDEN, who=asker.name)
        ask = () if asker.units else (form(
            addresses.OF_OUR_DATA, field("Mã đơn vị", "don-vi", value=chosen), button="Xem", row=True, get=True
        ),)  # fmt: skip
        if not units:
            return page("Ai đã xem dữ liệu đơn vị", [*ask, line("Chọn một đơn vị.")], who=asker.name)
        before = query.get("truoc", "")
        earlier = int(before) if before.isdecimal() and len(before) < 19 else None
        rows = await self._reader.page(RecordFilter(before=earlier, units=units, readings=True))
        names = ", ".join(unit_names.name(unit) for unit in units)
        main = [
            *ask,
            line(f"Ai đã xem danh sách và hồ sơ của {names}."),
            table(("Lúc", "Người", "Vai", "Việc", "Đối tượng", "Dòng của đơn vị"), (_seen(row, units) for row in rows)),
            *_older(addresses.OF_OUR_DATA, query, rows),
        ]
        return page("Ai đã xem dữ liệu đơn vị", main, who=asker.name, wide=True)


def asked_of(query: Mapping[str, str]) -> tuple[RecordFilter, str]:
    """The filter of an address, and what of it could not be read."""
    wrong, since, until, before = "", None, None, query.get("truoc", "")
    if said := query.get("ngay"):
        try:
            since = datetime.combine(date.fromisoformat(said), datetime.min.time(), ZONE)
            until = since + timedelta(days=1)
        except (ValueError, OverflowError):
            wrong = "Ngày không đúng dạng năm-tháng-ngày."
    what = query.get("viec") or None
    if what is not None and what not in DEED_WORDS:
        wrong, what = "Không có việc này trong nhật ký.", None
    asked = RecordFilter(
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        since=since,
        until=until,
        who=(query.get("nguoi") or "").strip()[:64] or None,
        what=what,
        units=(query["don-vi"],) if query.get("don-vi") else None,
    )
    return asked, wrong


def chain_words(checked: Checked | None, today: date) -> tuple[str, str]:
    """What is said of the chain, and as what kind of line."""
    if checked is None:
        return "Chuỗi nhật ký chưa kiểm lần nào.", "sub"
    at = when(checked.at, today)
    if checked.broken is not None:
        return f"Chuỗi nhật ký hỏng ở số {number(checked.broken)} (kiểm {at}): có dòng bị sửa hoặc bị xóa.", "wrong"
    return f"Chuỗi nhật ký kiểm {at}: {number(checked.through)} dòng đều khớp.", "sub"


def _moment(at: datetime) -> str:
    return f"{seconds(at)} {day(day_of(at))}"


def _row(one: Recorded) -> tuple[str, ...]:
    if one.forgotten:
        return (number(one.number), _moment(one.at), "hết hạn lưu", "", named(DEED_WORDS, one.what), *[""] * 4)
    cells = (
        number(one.number),
        _moment(one.at),
        one.who or "chưa đăng nhập",
        _role(one.role),
        named(DEED_WORDS, one.what),
        one.object,
        ", ".join(unit_names.name(unit) for unit in one.units[:4]) + (" …" if len(one.units) > 4 else ""),
        "" if one.rows is None else number(one.rows),
        one.address,
    )
    return tuple(map(cell, cells))


def _seen(one: Recorded, units: tuple[str, ...]) -> tuple[str, ...]:
    """Of a deed what was of these units alone."""
    counted = dict(zip(one.units, one.unit_rows or (), strict=False))
    own = sum(counted.get(unit, 0) for unit in units) if counted else one.rows
    object_ = one.object if set(one.units) <= set(units) else ""
    cells = (_moment(one.at), one.who, _role(one.role), named(DEED_WORDS, one.what), object_)
    return tuple(map(cell, (*cells, "" if own is None else number(own))))


def _role(role: str) -> str:
    return _ROLES.get(role, "vận hành")


def _older(address: str, query: Mapping[str, str], rows: list[Recorded]) -> tuple[str, ...]:
    if len(rows) < A_PAGE:
        return ()
    kept = {name: value for name, value in query.items() if name != "truoc" and value}
    return (link("Cũ hơn", f"{address}?{urlencode(kept | {'truoc': rows[-1].number})}"),)
