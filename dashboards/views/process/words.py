"""Spans of working time, ends and hand-overs as these pages write them."""

from datetime import datetime

from dashboards.screens.portal_and_chain import STEPS
from dashboards.unnamed import named
from dashboards.words import DAY_HOURS, NB, capital, day_of, short_day
from schemas.case_portal import Chain

UNIT_NOTE = f"giờ làm việc, 1{NB}ngày là {DAY_HOURS}{NB}giờ"
GROUPS = {Chain.BIRTH: "Khai sinh, thường trú, thẻ BHYT", Chain.DEATH: "Khai tử, xóa thường trú, mai táng phí"}
CHAIN_NAMES = {Chain.BIRTH: "Khai sinh", Chain.DEATH: "Khai tử"}
ENDS = {
    "finished": "xong",
    "returned": "trả kết quả",
    "stopped": "dừng xử lý",
    "refused": "từ chối",
    "withdrawn": "rút hồ sơ",
}
ACCEPTED, END = "Tiếp nhận", "Đến khi kết thúc"


def step(name: str | None) -> str:
    return END if name is None else name or ACCEPTED


def chain_step(key: str, *, within: bool = False) -> str:
    """``within``: a sentence, so not with a capital."""
    text = named(STEPS, key)
    return text if within else capital(text)


def since(moment: datetime, as_of: datetime) -> str:
    return f"từ{NB}{short_day(day_of(moment), day_of(as_of))}"
