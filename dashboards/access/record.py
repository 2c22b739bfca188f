"""What was done, on record: append-only, each row with the hash of the one before (``access_record``)."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from dashboards.access.asker import Asker
from dashboards.access.readings_written import ReadingsWritten
from dashboards.readers.database import Connection, Database
from dashboards.readers.queries import query

log = logging.getLogger(__name__)


class Deed(StrEnum):
    """What is recorded, by the word that stands in the table."""

    SIGNED_IN = "signed_in"
    NOT_SIGNED_IN = "not_signed_in"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a word)
    REFUSED = "refused"
    LIST_OPENED = "list_opened"
    LIST_READ = "list_read"
    CASE_READ = "case_read"
    EXPORTED = "exported"
    KEY_MADE = "key_made"
    KEY_ENDED = "key_ended"
    DEVICE_PAIRED = "device_paired"
    DEVICE_ENDED = "device_ended"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CHANGED = "account_changed"
    REFERENCE_LOADED = "reference_loaded"  # units, rules, limits, calendar
    DIRECTED = "directed"  # an order of the centre, or its end
    ANSWERED = "answered"  # by the unit that has it
    HELD_BACK = "held_back"  # look-ups of somebody, by an order, or its end
    RECORD_FORGOTTEN = "record_forgotten"  # by retention


READINGS = (Deed.LIST_OPENED, Deed.LIST_READ, Deed.CASE_READ, Deed.EXPORTED)  # access_is_reading() says the same
DEED_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Deed.SIGNED_IN: "Đăng nhập",
        Deed.NOT_SIGNED_IN: "Đăng nhập sai",
        Deed.SIGNED_OUT: "Đăng xuất",
        Deed.SESSION_ENDED: "Kết thúc phiên",
        Deed.PASSWORD_CHANGED: "Đổi mật khẩu",
        Deed.REFUSED: "Bị từ chối",
        Deed.LIST_OPENED: "Mở một con số",
        Deed.LIST_READ: "Xem danh sách",
        Deed.CASE_READ: "Xem hồ sơ",
        Deed.EXPORTED: "Xuất dữ liệu",
        Deed.KEY_MADE: "Cấp khóa",
        Deed.KEY_ENDED: "Kết thúc khóa",
        Deed.DEVICE_PAIRED: "Ghép màn hình",
        Deed.DEVICE_ENDED: "Kết thúc màn hình",
        Deed.ACCOUNT_MADE: "Tạo tài khoản",
        Deed.ACCOUNT_CHANGED: "Đổi tài khoản",
        Deed.REFERENCE_LOADED: "Nạp danh mục, quy tắc",
        Deed.DIRECTED: "Chỉ đạo",
        Deed.ANSWERED: "Trả lời chỉ đạo",
        Deed.HELD_BACK: "Lệnh giữ tra cứu",
        Deed.RECORD_FORGOTTEN: "Hết hạn lưu nhật ký",
    }
)


class Record:
    """Written before what it tells of is handed out: what cannot be recorded is not done."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        self._readings = ReadingsWritten(database)

    async def write(
        self, asker: Asker, deed: Deed, object_: str = "", *, units: Iterable[str] = (), rows: int | None = None
    ) -> None:
        """Raises :class:`schemas.sqlstates.NotRead`."""
        async with self._database.committing() as (conn, _):
            await self.within(conn, asker, deed, object_, units=units, rows=rows)

    async def within(
        self,
        conn: Connection,
        asker: Asker,
        deed: Deed,
        object_: str = "",
        *,
        units: Iterable[str] = (),
        rows: int | None = None,
    ) -> None:
        """In the transaction of the deed itself: both or neither."""
        whose = set(units) or set(asker.units)
        told = recorded_row(self._clock(), by_asker(asker), deed, object_, units=sorted(whose), rows=rows)
        await conn.execute(query("access/record"), told)

    async def read(self, asker: Asker, deed: Deed, object_: str, by_unit: Mapping[str, int]) -> None:
        """A reading, with how many rows of each unit it hands out; of whom no unit is named under the empty key. Raises
        :class:`schemas.sqlstates.NotRead`."""
        units = sorted(by_unit)
        told = recorded_row(
            self._clock(),
            by_asker(asker),
            deed,
            object_,
            units=units,
            rows=sum(by_unit.values()),
            unit_rows=[by_unit[unit] for unit in units],
        )
        await self._readings.write(told)


def by_asker(asker: Asker) -> dict[str, str]:
    return {"who": asker.id, "kind": asker.kind.value, "role": asker.role.value, "address": asker.address}


def by_operator(name: str) -> dict[str, str]:
    return {"who": name, "kind": "operator", "role": "", "address": ""}


def recorded_row(
    at: datetime,
    by: Mapping[str, str],
    deed: Deed,
    object_: str,
    *,
    units: Sequence[str] = (),
    rows: int | None = None,
    unit_rows: Sequence[int] | None = None,
) -> dict[str, Any]:
    """What ``access/record`` is told. ``unit_rows``: how many of the rows were of each of the units."""
    return {
        **by,
        "at": at,
        "what": deed.value,
        "object": object_[:200],
        "units": list(units),
        "rows": rows,
        "unit_rows": None if unit_rows is None else list(unit_rows),
    }
