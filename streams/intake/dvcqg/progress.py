"""The rows of a ``CapNhatTienDoHoSoMC``: one event a row, and one sync for each case that the message speaks of.

A row without a status becomes no event at all: the contract would have to guess what it says of the case. It is counted
in the sync (``status_missing``). Nor does a row that says 9 while its words say that the case is not through.
"""

from collections.abc import Iterable

from schemas.case_portal import SyncMessage
from schemas.cases import Status
from streams.intake.dvcqg import hazards
from streams.intake.dvcqg.answers import DvcqgAnswer
from streams.intake.dvcqg.case import synced
from streams.intake.dvcqg.fields import Fields
from streams.intake.dvcqg.making import Making
from streams.intake.identity import event_id
from streams.intake.moments import Moment

# What a row says by its status; every other is a step. Each with the moment of the row (ThoiDiemXuLy).
KINDS = {
    Status.REGISTERED: "submitted",
    Status.REFUSED: "refused",
    Status.SUPPLEMENT: "supplement_requested",
    Status.WITHDRAWN: "withdrawn",
    Status.STOPPED: "stopped",
    Status.FINISHED: "finished",
    Status.RETURNED: "returned",
}
# The step's name: the status in the words of the national portal, for the row's own words are free text.
STEPS = {
    Status.ACCEPTED: "Được tiếp nhận",
    Status.IN_PROCESS: "Đang xử lý",
    Status.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
}
NAMES = {"time": "ThoiDiemXuLy", "data.unit": "PhongBanXuLy"}


def convert(rows: Iterable[Fields], making: Making, told: DvcqgAnswer, province: str) -> None:
    by_case: dict[str, list[Fields]] = {}
    for row in rows:
        code = making.code(row, "MaHoSo")
        if code:
            by_case.setdefault(code, []).append(row)
        elif not row.has("MaHoSo"):
            row.fault("MaHoSo", "missing")
    for code, own in by_case.items():
        _case(code, own, making, told, province)


def _case(code: str, rows: list[Fields], making: Making, told: DvcqgAnswer, province: str) -> None:
    said: list[tuple[int, int, Status | None, Moment]] = []
    for number, row in enumerate(rows):
        status, at = row.status("TrangThai"), row.moment("ThoiDiemXuLy")
        if at is None:
            if not row.has("ThoiDiemXuLy"):
                row.fault("ThoiDiemXuLy", "missing")
            continue
        said.append((at.us, number, status, at))
        if status is not None and not hazards.rewritten_row(row):
            _row(code, row, status, at, making)
    if not said:
        return
    last = max(said, key=lambda one: one[:2])
    found = hazards.of_rows(rows, code, province)
    rows_sent = event_id("rows", code, *(str(one[:3]) for one in sorted(said, key=lambda one: one[:2])))
    synced(rows[0], code, told.sent_at or last[3], SyncMessage.PROGRESS, last[2], "", found, told, making, rows_sent)


def _row(code: str, row: Fields, status: Status, at: Moment, making: Making) -> None:
    kind = KINDS.get(status)
    if kind is not None:
        making.event(kind, code, at, {}, row, NAMES)
        return
    unit = making.key(row, "PhongBanXuLy")
    data = {"name": STEPS[status], "unit": unit, "status": status}
    making.event("step", code, at, data, row, NAMES, STEPS[status], unit or "")
