"""The record for the auditor, and for each unit who has seen its data. Forms without a script."""

import contextlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from dashboards import unit_names
from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import Right, asking
from dashboards.access.frame import cell, choice, field, form, line, link, page, side_by_side, stacked, table, told
from dashboards.access.record import DEED_WORDS
from dashboards.access.record_reader import A_PAGE, Checked, Recorded, RecordFilter, RecordReader, SeenOnDay
from dashboards.access.record_words import deed_words, object_words, role_words
from dashboards.words import day, day_of, number, seconds, when
from schemas.province import ZONE

A_WEEK = 7
EARLIEST = date(2024, 1, 1)  # nothing of the centre is older
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
            told(*chain_words(checked, day_of(self._access.clock()))),
            *([line(wrong, "wrong")] if wrong else []),
            form(
                addresses.RECORD,
                field("Ngày", "ngay", kind="date", value=query.get("ngay", ""), needed=False),
                field("Người", "nguoi", value=query.get("nguoi", ""), needed=False),
                choice("Việc", "viec", [("", "mọi việc"), *DEED_WORDS.items()], query.get("viec", "")),
                which_unit(query.get("don-vi", ""), "mọi đơn vị"),
                button="Lọc",
                first=True,
                row=True,
                get=True,
            ),
            table(("Lúc", "Người", "Việc", "Đơn vị", "Dòng", "Từ địa chỉ", "Số"), map(_row, rows)),
            *_older(addresses.RECORD, query, rows),
        ]
        return page("Nhật ký", main, who=asker.name, wide=True)

    async def of_our_data(self, request: Request) -> Response:
        """Who has seen the data of a unit: of one's own, or of one that somebody who sees the province chooses."""
        asker, query = asking(), request.query_params
        chosen = query.get("don-vi", "")
        units = asker.units or ((chosen,) if chosen else ())
        if not asker.may(Right.CASES) and not asker.may(Right.RECORD):
            self._access.denials.note(asker, "record")
            return page("Ai đã xem", [line(NOT_YOURS, "wrong")], status=HTTPStatus.FORBIDDEN, who=asker.name)
        choose = form(addresses.OF_OUR_DATA, which_unit(chosen), button="Xem", row=True, get=True)
        ask = () if asker.units else (choose,)
        if not units:
            return page("Ai đã xem dữ liệu đơn vị", [*ask, line("Chọn một đơn vị.")], who=asker.name)
        each = query.get("tung-lan") == "1"
        main = [
            *ask,
            line(f"Ai đã xem danh sách và hồ sơ của {', '.join(map(unit_names.name, units))}."),
            *(await self._each_time(units, query) if each else await self._by_day(units, query)),
        ]
        return page("Ai đã xem dữ liệu đơn vị", main, who=asker.name, wide=True)

    async def _by_day(self, units: tuple[str, ...], query: Mapping[str, str]) -> list[str]:
        """A week, and the way to the week before it."""
        last = day_of(self._access.clock())
        with contextlib.suppress(ValueError, OverflowError):
            last = min(last, max(EARLIEST, date.fromisoformat(query.get("den", ""))))
        first = last - timedelta(days=A_WEEK - 1)
        rows = await self._reader.seen(units, _begin(first), _begin(last + timedelta(days=1)))
        heads = ("Ngày", "Người", "Lần xem", "Dòng của đơn vị", "Con số đã mở")
        kept = {"don-vi": query["don-vi"]} if query.get("don-vi") else {}
        before, each = kept | {"den": f"{first - timedelta(days=1)}"}, kept | {"tung-lan": "1"}
        return [
            line(f"Từ {day(first)} đến {day(last)}." + ("" if rows else " Không có ai xem.")),
            *([table(heads, map(_seen_by, rows))] if rows else []),
            side_by_side(
                link("Tuần trước", f"{addresses.OF_OUR_DATA}?{urlencode(before)}"),
                link("Từng lần xem", f"{addresses.OF_OUR_DATA}?{urlencode(each)}"),
            ),
        ]

    async def _each_time(self, units: tuple[str, ...], query: Mapping[str, str]) -> list[str]:
        before = query.get("truoc", "")
        earlier = int(before) if before.isdecimal() and len(before) < 19 else None
        rows = await self._reader.page(RecordFilter(before=earlier, units=units, readings=True))
        return [
            table(("Lúc", "Người", "Việc", "Dòng của đơn vị"), (_seen(row, units) for row in rows)),
            *_older(addresses.OF_OUR_DATA, query, rows),
        ]


def which_unit(chosen: str, none: str = "") -> str:
    """A choice of the units that are known by name; where none is, its key is typed. ``none``: words for every one."""
    names = unit_names.all_names()
    if not names:
        return field("Mã đơn vị", "don-vi", value=chosen, needed=not none)
    known = sorted(names.items(), key=lambda unit: unit[1])
    other = [] if not chosen or chosen in names else [(chosen, chosen)]
    return choice("Đơn vị", "don-vi", [("", none or "chọn đơn vị"), *other, *known], chosen)


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


def chain_words(checked: Checked | None, today: date) -> tuple[str, str, str]:
    """What is said of the chain: a shape, words, and what kind of line."""
    if checked is None:
        return "none", "Chuỗi nhật ký chưa kiểm lần nào.", "sub"
    at = when(checked.at, today)
    if checked.broken is not None:
        broken = f"Chuỗi nhật ký hỏng ở số {number(checked.broken)} (kiểm {at}): có dòng bị sửa hoặc bị xóa."
        return "error", broken, "wrong"
    return "ok", f"Chuỗi nhật ký kiểm {at}: {number(checked.through)} dòng đều khớp.", "sub"


def _begin(of: date) -> datetime:
    return datetime.combine(of, datetime.min.time(), ZONE)


def _moment(at: datetime) -> str:
    return stacked(seconds(at), day(day_of(at)))


def _row(one: Recorded) -> tuple[str, ...]:
    deed = deed_words(one.what)
    if one.forgotten:
        return (_moment(one.at), cell("hết hạn lưu"), cell(deed), "", "", "", cell(number(one.number)))
    of = ", ".join(unit_names.name(unit) for unit in one.units[:2])
    return (
        _moment(one.at),
        stacked(one.who or "chưa đăng nhập", role_words(one.role)),
        stacked(deed, object_words(one.what, one.object)),
        stacked(of, f"và {len(one.units) - 2} đơn vị khác" if len(one.units) > 2 else ""),
        cell("" if one.rows is None else number(one.rows)),
        cell(one.address),
        cell(number(one.number)),
    )


def _seen_by(one: SeenOnDay) -> tuple[str, ...]:
    counted = (one.readings, one.rows, one.opened)
    return (cell(day(one.day)), stacked(one.name, role_words(one.role)), *(cell(number(amount)) for amount in counted))


def _seen(one: Recorded, units: tuple[str, ...]) -> tuple[str, ...]:
    """Of a deed what was of these units alone."""
    counted = dict(zip(one.units, one.unit_rows or (), strict=False))
    own = sum(counted.get(unit, 0) for unit in units) if counted else one.rows
    by_name = asking().may(Right.ACCOUNTS)
    object_ = object_words(one.what, one.object, accounts=by_name) if set(one.units) <= set(units) else ""
    deed = stacked(deed_words(one.what), object_)
    return (_moment(one.at), stacked(one.who, role_words(one.role)), deed, cell("" if own is None else number(own)))


def _older(address: str, query: Mapping[str, str], rows: list[Recorded]) -> tuple[str, ...]:
    if len(rows) < A_PAGE:
        return ()
    kept = {name: value for name, value in query.items() if name != "truoc" and value}
    return (link("Cũ hơn", f"{address}?{urlencode(kept | {'truoc': rows[-1].number})}"),)
