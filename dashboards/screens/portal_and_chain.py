"""What is said of a case beside its own life, in words: syncs and their hazards, the national portal, the chain."""

from datetime import datetime

from dashboards import part_names
from dashboards.lateness import lasted
from dashboards.readers.cases import StoredCase
from dashboards.unnamed import named
from dashboards.words import unit
from schemas.history import EntryData

# Trạng thái hồ sơ on the national portal (domain.md 4.1).
STATUSES = {
    1: "mới đăng ký",
    2: "được tiếp nhận",
    3: "không được tiếp nhận",
    4: "đang xử lý",
    5: "yêu cầu bổ sung giấy tờ",
    6: "yêu cầu nghĩa vụ tài chính",
    7: "công dân rút hồ sơ",
    8: "dừng xử lý",
    9: "đã xử lý xong",
    10: "đã trả kết quả",
}
MESSAGES = {"DongBoHoSoMC": "hồ sơ", "CapNhatTienDoHoSoMC": "tiến độ"}
HAZARDS = {
    "status_rewritten": "gửi 9 thay 5, 6, 8",
    "code_invented": "mã tự sinh",
    "dummy_identity": "định danh giả",
    "attachment_repeated": "giấy nộp làm kết quả",
    "status_missing": "thiếu trạng thái",
}
CHAINS = {"birth": "khai sinh", "death": "khai tử"}
STEPS = {
    "khai-sinh": "khai sinh",
    "thuong-tru": "thường trú",
    "the-bhyt": "thẻ BHYT",
    "khai-tu": "khai tử",
    "xoa-thuong-tru": "xóa thường trú",
    "mai-tang-phi": "mai táng phí",
}
HANDOVERS = {"sent": "đã chuyển", "received": "đã nhận", "done": "xong", "returned": "đã trả", "failed": "lỗi"}
KINDS = {
    "synced": "Gửi lên Cổng quốc gia",
    "portal_status": "Cổng quốc gia",
    "chain_step": "Liên thông",
    "data_used": "Khai thác CSDL",
}


def words(kind: str, data: EntryData) -> str:
    """An event of one of these kinds in one line."""
    match kind:
        case "synced":
            return _synced(data)
        case "portal_status":
            return f"Cổng quốc gia: {STATUSES.get(data.portal_status or 0, 'chưa rõ')}"
        case "chain_step":
            to = f" đến {unit(data.to)}" if data.state == "sent" and data.to else ""
            return f"Liên thông {_step(data.step or '')}: {HANDOVERS.get(data.state or '', '')}{to}"
    taken = f", {data.fields} trường" if data.fields is not None else ""
    database = f"CSDL {part_names.system(data.database or '')}".replace("CSDL CSDL", "CSDL")
    return f"Khai thác {database}{taken}" if data.ok else f"Khai thác {database}: không được"


def warns(kind: str, data: EntryData) -> bool:
    """Whether somebody should look at it."""
    return (
        bool(data.hazards)
        or data.answer == "refused"
        or data.state == "failed"
        or (kind == "data_used" and not data.ok)
    )


def portal(case: StoredCase) -> str:
    """The national portal's word, beside the province's own; empty where it has said nothing."""
    return "" if case.portal_status is None else STATUSES.get(case.portal_status, "chưa rõ")


def waiting(case: StoredCase, now: datetime) -> str:
    """Where the chain waits and for how long, in working time; empty where nothing waits."""
    if case.chain_step is None or case.chain_since is None:
        return ""
    return f"{_step(case.chain_step)} ở {unit(case.chain_agency or '')}, {lasted(case.chain_since, now)} làm việc"


def _synced(data: EntryData) -> str:
    said = f"Gửi {MESSAGES.get(data.message or '', 'tin')} lên Cổng quốc gia"
    if data.sent_status is not None:
        said += f": {STATUSES.get(data.sent_status, 'chưa rõ')}"
    if data.answer == "refused":
        said += f"; bị từ chối, mã lỗi {data.error}" if data.error else "; bị từ chối"
    return "; ".join([said, *(named(HAZARDS, hazard) for hazard in data.hazards)])


def _step(key: str) -> str:
    return named(STEPS, key)
