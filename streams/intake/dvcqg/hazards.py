"""What makes the figures of a sync wrong, seen in the message itself (domain.md 4.3). Pure; nothing is repaired.

What each is told by:

- *status_rewritten*: 9 was sent, and the message says itself that the case is not through. Of a case: a supplement was
  asked for (``NgayYeuCauBoSung``, an entry of ``DanhSachHoSoBoSung``) or the case refused (``NgayTuChoi``), and neither
  the supplement's receipt nor an end lies at or after that; or a fee is unpaid (``DuocThanhToanTrucTuyen`` 3, an entry
  of ``DanhSachLePhi`` with ``TrangThaiThanhToan`` 0) and no end is named. Of a progress row: its own words ask for a
  supplement or a payment, or stop the case. 9 without any of these cannot be told from a true one here; the gap to our
  own status shows it case by case (view ``case_portal_gap``).
- *code_invented*: the code does not have the province's identifier in front, or its number of the day has five digits
  and no zero in front (10000 to 99999: a unit accepts no 10,000 cases a day, and that is how a sync makes them up).
- *dummy_identity*: 000000001 (or 0) stands where a person's number should. Compared and forgotten.
- *attachment_repeated*: a result is the file of a paper that was handed in.
- *status_missing*: a progress row has no status. It stays without one.
"""

import re
from collections.abc import Iterable

from schemas.case_code import parse
from schemas.case_portal import Hazard
from schemas.cases import Status
from streams.intake.dvcqg.fields import Fields
from streams.intake.identity_hashing import digits

PROVINCE_CODE = "H19"  # Đồng Nai on the national portal (domain.md 4.4)
UNPAID = "3"  # DuocThanhToanTrucTuyen (domain.md 4.2, of one implementation)
PERSON_FIELDS = ("MaDoiTuong", "SoGiayToChuHoSo", "SoDinhDanh")
_INVENTED = re.compile(r"-[1-9]\d{4}$")
_NOT_THROUGH = re.compile(
    r"(yêu cầu|trả|đề nghị|chờ)\b.*\bbổ sung|bổ sung hồ sơ|\bnvtc\b|nghĩa vụ tài chính|dừng (xử lý|giải quyết)",
    re.IGNORECASE,
)


def of_case(case: Fields, code: str, portal_code: str, status: Status | None, province: str) -> set[Hazard]:
    """Of one case of a ``DongBoHoSoMC``. ``portal_code`` is empty where the case keeps its own."""
    case, found = case.quiet(), of_code(code, portal_code, province)
    if status is Status.FINISHED and not_through(case):
        found.add(Hazard.STATUS_REWRITTEN)
    if dummy_identity(case):
        found.add(Hazard.DUMMY_IDENTITY)
    if attachment_repeated(case):
        found.add(Hazard.ATTACHMENT_REPEATED)
    return found


def of_rows(rows: Iterable[Fields], code: str, province: str) -> set[Hazard]:
    """Of the rows of one case in a ``CapNhatTienDoHoSoMC``."""
    found = of_code(code, "", province)
    for row in map(Fields.quiet, rows):
        if not row.loose("TrangThai"):
            found.add(Hazard.STATUS_MISSING)
        elif rewritten_row(row):
            found.add(Hazard.STATUS_REWRITTEN)
        if dummy_identity(row):
            found.add(Hazard.DUMMY_IDENTITY)
    return found


def of_code(code: str, portal_code: str, province: str) -> set[Hazard]:
    sent = portal_code or code
    return {Hazard.CODE_INVENTED} if not of_province(sent, province) or _INVENTED.search(sent) else set()


def of_province(code: str, province: str) -> bool:
    """Whether the code is in one of the known forms with the province's identifier in its unit."""
    parsed = parse(code)
    return parsed is not None and province in parsed.unit.split(".")


def rewritten_row(row: Fields) -> bool:
    """A row that says 9 and whose own words say that the case is not through."""
    if row.loose("TrangThai") != str(int(Status.FINISHED)):
        return False
    return _NOT_THROUGH.search(row.loose("NoiDungXuLy")) is not None


def not_through(case: Fields) -> bool:
    asked = [at.us for name in ("NgayYeuCauBoSung", "NgayTuChoi") if (at := case.moment(name)) is not None]
    received: list[int] = []
    for entry in case.each("DanhSachHoSoBoSung"):
        at, back = entry.moment("NgayBoSung"), entry.moment("NgayTiepNhanBoSung")
        asked += [at.us] if at is not None else []
        received += [back.us] if back is not None else []
    ends = [at.us for name in ("NgayKetThucXuLy", "NgayTra") if (at := case.moment(name)) is not None]
    if asked and max(asked) > max([*received, *ends], default=0):
        return True
    return not ends and unpaid(case)


def unpaid(case: Fields) -> bool:
    if case.loose("DuocThanhToanTrucTuyen") == UNPAID:
        return True
    return any(fee.loose("TrangThaiThanhToan") == "0" for fee in case.each("DanhSachLePhi"))


def dummy_identity(said: Fields) -> bool:
    numbers = [said.loose(name) for name in PERSON_FIELDS]
    numbers += [person.loose("SoDinhDanh") for person in said.each("DinhDanhCHS")]
    return any(is_dummy(number) for number in numbers)


def is_dummy(number: str) -> bool:
    """000000001 and its like: nine or twelve digits that come to 0 or 1."""
    found = digits(number)
    return len(found) in (9, 12) and int(found) <= 1


def attachment_repeated(case: Fields) -> bool:
    """By the file's address; by its name only where neither has an address."""
    handed = {address for paper in case.each("TaiLieuNop") if (address := paper.loose("DuongDanTaiTepTin"))}
    names = {
        name
        for paper in case.each("TaiLieuNop")
        if (name := paper.loose("TenTepDinhKem")) and not paper.loose("DuongDanTaiTepTin")
    }
    for result in case.each("DanhSachGiayToKetQua"):
        address = result.loose("DuongDanTepTinKetQua")
        if address in handed or (not address and result.loose("TenGiayTo") in names):
            return True
    return False
