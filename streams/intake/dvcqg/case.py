"""One case of a ``DongBoHoSoMC``: its own life as far as it names moments of it, the databases, and the sync itself.

A message that repeats moments repeats events: their ids are made of kind, case and moment. An update (``isUpdating``)
therefore brings only what is new in it. Where two messages disagree on one event (another appointment, another unit),
both versions are kept and the contract's rule decides; that shows as a conflict.
"""

from typing import Any

from schemas.case_portal import Answer, Hazard, SyncMessage
from schemas.cases import Channel, Status
from streams.intake import bare_day
from streams.intake.dvcqg import hazards
from streams.intake.dvcqg.answers import DvcqgAnswer
from streams.intake.dvcqg.fields import Fields
from streams.intake.dvcqg.making import Making
from streams.intake.moments import Moment

CHANNELS = {"": Channel.DIRECT, "1": Channel.DIRECT, "2": Channel.ONLINE, "3": Channel.POST}  # domain.md 4.2
# How a case has ended whose processing is over (NgayKetThucXuLy) with this status.
ENDS = {Status.REFUSED: "refused", Status.WITHDRAWN: "withdrawn", Status.STOPPED: "stopped"}
# Of these the latest is when the message was made, as far as it says so itself; an appointment lies ahead.
MOMENTS = ("NgayNopHoSo", "NgayTiepNhan", "NgayYeuCauBoSung", "NgayTuChoi", "NgayKetThucXuLy", "NgayTra")
OF_SUPPLEMENT = ("NgayBoSung", "NgayTiepNhanBoSung")


def convert(case: Fields, making: Making, told: DvcqgAnswer, province: str) -> None:
    code = making.code(case, "MaHoSo")
    if not code:
        if not case.has("MaHoSo"):
            case.fault("MaHoSo", "missing")
        return
    other = making.code(case, "MaHoSoKhac")
    portal_code = other if other != code else ""
    status = case.status("TrangThaiHoSo")
    at = {name: moment for name in MOMENTS if (moment := case.moment(name)) is not None}
    found = hazards.of_case(case, code, portal_code, status, province)
    _life(case, code, at, status, making)
    _papers(case, code, at, found, making)
    entries = [entry.moment(name) for entry in case.each("DanhSachHoSoBoSung") for name in OF_SUPPLEMENT]
    named = [*at.values(), *(moment for moment in entries if moment is not None)]
    latest = max(named, key=lambda moment: moment.us, default=None)
    moment = told.sent_at or latest
    if moment is None:
        case.fault("NgayTiepNhan", "missing")
        return
    _databases(case, code, at.get("NgayTiepNhan", moment), making)
    synced(case, code, moment, SyncMessage.CASE, status, portal_code, found, told, making)


def _life(case: Fields, code: str, at: dict[str, Moment], status: Status | None, making: Making) -> None:
    channel = CHANNELS.get(case.text("KenhThucHien"), Channel.OTHER)
    procedure, began = making.key(case, "MaTTHC"), at.get("NgayTiepNhan")
    if "NgayNopHoSo" in at:
        data = {"channel": channel, "procedure": procedure}
        making.event(
            "submitted", code, at["NgayNopHoSo"], data, case, {"time": "NgayNopHoSo", "data.procedure": "MaTTHC"}
        )
    supplements = list(case.each("DanhSachHoSoBoSung"))
    if "NgayTiepNhan" in at:
        first = next((due for entry in supplements if (due := entry.moment("NgayHenTraTruoc"))), None)
        due = first or case.moment("NgayHenTra")
        unit = making.key(case, "DonViXuLy")
        if unit is None:
            case.fault("DonViXuLy", "missing")
        else:
            data = {"unit": unit, "channel": channel, "procedure": procedure, **bare_day.due(due)}
            names = {"time": "NgayTiepNhan", "data.unit": "DonViXuLy", "data.procedure": "MaTTHC"}
            names |= {"data.due_at": "NgayHenTra", "data.due_on": "NgayHenTra"}
            making.event("accepted", code, at["NgayTiepNhan"], data, case, names)
    if "NgayYeuCauBoSung" in at:
        making.event("supplement_requested", code, at["NgayYeuCauBoSung"], {}, case, {"time": "NgayYeuCauBoSung"})
    for entry in supplements:
        asked, received = entry.moment("NgayBoSung"), entry.moment("NgayTiepNhanBoSung")
        if asked is not None:
            making.event("supplement_requested", code, asked, {}, entry, {"time": "NgayBoSung"})
        if received is not None:
            moved = bare_day.due(entry.moment("NgayHenTraMoi"))
            names = {"time": "NgayTiepNhanBoSung", "data.due_at": "NgayHenTraMoi", "data.due_on": "NgayHenTraMoi"}
            making.event("supplement_received", code, received, moved, entry, names)
    if "NgayTuChoi" in at:
        making.event("refused", code, at["NgayTuChoi"], {}, case, {"time": "NgayTuChoi"}, since=began)
    if "NgayKetThucXuLy" in at:
        kind = ENDS.get(status, "finished") if status is not None else "finished"
        making.event(kind, code, at["NgayKetThucXuLy"], {}, case, {"time": "NgayKetThucXuLy"}, since=began)
    if "NgayTra" in at:
        making.event("returned", code, at["NgayTra"], {}, case, {"time": "NgayTra"}, since=began)


def _papers(case: Fields, code: str, at: dict[str, Moment], found: set[Hazard], making: Making) -> None:
    """Papers count as digitised on the day of acceptance, a result on the day it was there; a paper that was handed in
    is no result."""
    papers = [paper for paper in case.each("TaiLieuNop") if not paper.yes("IsDeleted")]
    digitised = sum(paper.yes("DuocSoHoa") for paper in papers)
    reused = sum(paper.yes("DuocTaiSuDung") for paper in papers)
    if "NgayTiepNhan" in at and (digitised or reused):
        data = {"papers": digitised, "reused": reused}
        names = {"time": "NgayTiepNhan", "data.papers": "TaiLieuNop", "data.reused": "TaiLieuNop"}
        making.event("digitised", code, at["NgayTiepNhan"], data, case, names, "papers")
    done = at.get("NgayTra") or at.get("NgayKetThucXuLy")
    results = list(case.each("DanhSachGiayToKetQua"))
    if done is not None and results and Hazard.ATTACHMENT_REPEATED not in found:
        making.event("digitised", code, done, {"result": True}, case, {"time": "NgayTra"}, "result")


def _databases(case: Fields, code: str, at: Moment, making: Making) -> None:
    for one in case.each("DSKetNoiCSDL"):
        database = making.key(one, "MaCSDL")
        if database is None:
            one.fault("MaCSDL", "missing")
        else:
            data = {"database": database, "ok": True}
            making.event("data_used", code, at, data, one, {"data.database": "MaCSDL"}, database)


def synced(
    said: Fields,
    code: str,
    at: Moment,
    message: SyncMessage,
    status: Status | None,
    portal_code: str,
    found: set[Hazard],
    told: DvcqgAnswer,
    making: Making,
    *more: str,
) -> None:
    """The sync itself. All of its data make it that event, and ``more``: messages that differ in any of it are two."""
    data: dict[str, Any] = {
        "message": message,
        "sent_status": status,
        "portal_code": portal_code or None,
        "answer": told.answer,
        "error": told.error if told.answer is Answer.REFUSED else None,
        "hazards": sorted(found),
    }
    making.event("synced", code, at, data, said, {"data.portal_code": "MaHoSoKhac"}, *map(str, data.values()), *more)
