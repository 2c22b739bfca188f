"""One line of a hand-made case is one event: ``04/03/2026 10:00 yêu cầu bổ sung; trạng thái 5``. Pure.

A moment of the province, what happened, and, each after a semicolon, what is said of it. No word is guessed at.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from schemas.province import ZONE

Json = dict[str, Any]
SOURCE = "urn:ioc:hand"
KINDS = {
    "nộp": "submitted",
    "tiếp nhận": "accepted",
    "từ chối": "refused",
    "bước": "step",
    "yêu cầu bổ sung": "supplement_requested",
    "nhận bổ sung": "supplement_received",
    "gia hạn": "extended",
    "tạm dừng": "suspended",
    "tiếp tục": "resumed",
    "dừng xử lý": "stopped",
    "xong": "finished",
    "trả kết quả": "returned",
    "rút": "withdrawn",
    "nộp phí": "paid",
    "đồng bộ": "synced",
    "liên thông": "chain_step",
    "hủy hồ sơ": "voided",
}
CHANNELS = {"trực tuyến": "online", "trực tiếp": "direct", "bưu chính": "post", "khác": "other"}
CHAINS = {"khai sinh": "birth", "khai tử": "death"}
HANDOVERS = {"chuyển": "sent", "nhận": "received", "xong": "done", "trả lại": "returned", "lỗi": "failed"}
BARE: Mapping[str, Json] = {  # said without a value
    "có nêu lý do": {"reason_given": True},
    "không nêu lý do": {"reason_given": False},
    "có thư xin lỗi": {"apology": True},
    "không có thư xin lỗi": {"apology": False},
    "nộp qua mạng": {"online": True},
    "Cổng nhận": {"answer": "taken"},
    "Cổng từ chối": {"answer": "refused"},
}
ALWAYS: Mapping[str, Json] = {  # of an event of the kind, where the line does not say otherwise
    "accepted": {"channel": "direct", "unit": "so-tu-phap"},
    "step": {"name": "xử lý"},
    "paid": {"online": False},
    "synced": {"message": "CapNhatTienDoHoSoMC"},
    "chain_step": {"chain": "birth"},
}
_LINE = re.compile(r"(\d{2}/\d{2}/\d{4} \d{2}:\d{2}(?::\d{2})?) (.+)")


class UnreadableLine(Exception):
    """What is wrong with a file of cases, in Vietnamese, without a value that it cannot take."""


def moment(text: str) -> datetime:
    """``DD/MM/YYYY HH:MM`` or with seconds, in the province."""
    for form in ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=ZONE)
        except ValueError:
            continue
    raise UnreadableLine("thời điểm phải là NN/TT/NNNN GG:PP")


def deadline(text: str) -> Json:
    """A day, which means 24:00 of it, or a moment."""
    if " " in text:
        return {"due_at": moment(text).isoformat()}
    return {"due_on": moment(f"{text} 00:00").date().isoformat()}


def _letter(text: str) -> Json:
    sent = moment(text if " " in text else f"{text} 00:00")
    return {"apology": True, "apology_at": sent.isoformat()}


def _of(names: Mapping[str, str], key: str) -> Callable[[str], Json]:
    def said(text: str) -> Json:
        if text not in names:
            raise UnreadableLine(f"chỉ có thể là: {', '.join(names)}")
        return {key: names[text]}

    return said


def _whole(key: str) -> Callable[[str], Json]:
    def said(text: str) -> Json:
        if not (text.isascii() and text.isdigit()):
            raise UnreadableLine("phải là số")
        return {key: int(text)}

    return said


def _text(key: str) -> Callable[[str], Json]:
    return lambda text: {key: text}


SAID: Mapping[str, Callable[[str], Json]] = {  # said with a value behind the word
    "hẹn trả": deadline,
    "thư xin lỗi": _letter,
    "trạng thái": _whole("status"),
    "gửi trạng thái": _whole("sent_status"),
    "số tiền": _whole("amount_vnd"),
    "đơn vị": _text("unit"),
    "thủ tục": _text("procedure"),
    "kênh": _of(CHANNELS, "channel"),
    "tên bước": _text("name"),
    "khâu": _text("step"),
    "cơ quan": _text("agency"),
    "đến": _text("to"),
    "nhóm": _of(CHAINS, "chain"),
    "bàn giao": _of(HANDOVERS, "state"),
}


def event(line: str, code: str, number: int) -> Json:
    """The CloudEvent that the line tells. Raises :class:`UnreadableLine`."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        raise UnreadableLine("phải là: NN/TT/NNNN GG:PP việc; chi tiết; chi tiết")
    what, *details = (part.strip() for part in found[2].split(";"))
    kind = KINDS.get(what)
    if kind is None:
        raise UnreadableLine(f"không có việc này; có: {', '.join(KINDS)}")
    source, data = SOURCE, dict(ALWAYS.get(kind, {}))
    for detail in details:
        if detail.startswith("nguồn "):
            source = f"{SOURCE}:{detail.removeprefix('nguồn ')}"
        else:
            data |= _detail(detail)
    return {
        "specversion": "1.0",
        "id": str(number),
        "source": source,
        "type": f"case.{kind}.v1",
        "subject": code,
        "time": moment(found[1]).isoformat(),
        "data": data,
    }


def _detail(detail: str) -> Json:
    if detail in BARE:
        return dict(BARE[detail])
    word = next((word for word in SAID if detail.startswith(f"{word} ")), None)
    if word is None:
        raise UnreadableLine(f"không có chi tiết này; có: nguồn, {', '.join((*SAID, *BARE))}")
    try:
        return SAID[word](detail.removeprefix(word).strip())
    except UnreadableLine as exc:
        raise UnreadableLine(f"{word}: {exc}") from exc
