"""What a subject's details and events say, field by field, in words."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from dashboards.unnamed import named
from dashboards.words import clock, day, day_of, decimal, number, unit

LABELS = {
    "title": "tên",
    "plan": "kế hoạch",
    "due_on": "hạn",
    "document": "văn bản",
    "percent": "tiến độ",
    "evidence": "minh chứng",
    "by": "chờ",
    "blocked_by": "chờ",
    "reason": "lý do",
    "records": "phải có",
    "digitised": "số hóa",
    "valid": "đúng",
    "complete": "đủ",
    "clean": "sạch",
    "fresh": "sống",
    "planned": "kế hoạch",
    "done": "đã làm",
    "reachable": "kết nối được",
    "latency_ms": "độ trễ, ms",
    "requests": "yêu cầu",
    "errors": "lỗi",
    "capacity_permille": "đầy nhất",
    "unreadable": "không đọc được số vì",
    "expires_at": "hết hạn",
    "ok": "thành công",
    "size_bytes": "cỡ, MB",
    "period": "kỳ",
    "numerator": "tử số",
    "denominator": "mẫu số",
    "score_milli": "điểm",
    "published_on": "số đến ngày",
    "published": "đã công khai",
    "likes": "hài lòng",
    "dislikes": "không hài lòng",
    "disliked": "không hài lòng",
    "reached": "lượt người",
    "attended": "tham dự",
    "invited": "được mời",
    "staff": "cán bộ",
    "trained": "đã tập huấn",
    "it_staff": "chuyên trách CNTT",
    "shared": "đã chia sẻ",
    "key": "của",
    "window": "trong",
    "lookups": "lượt",
    "application": "ứng dụng",
    "purpose": "mục đích",
    "case": "hồ sơ",
    "channel": "kênh",
    "result": "kết quả",
}
RESULTS = {"found": "tìm thấy", "not_found": "không tìm thấy", "mismatch": "không khớp", "error": "lỗi"}
CHANNELS = {"screen": "màn hình", "automatic": "tự động"}
UNREADABLE = {
    "status": "trang số trả lời mã khác 200",
    "too_large": "trang số quá dài",
    "encoding": "trang số không phải UTF-8",
    "line": "trang số có dòng sai",
    "repeated": "trang số lặp một nhóm",
    "unfinished": "trang số bị đứt",
    "no_answer": "trang số không trả lời",
}
KEYS = frozenset({"by", "blocked_by"})
WINDOWS = {"minute": "một phút", "hour": "một giờ", "day": "một ngày"}


def said(fields: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Label and value of each field that has a name here and a value, in the order of the labels."""
    for field, label in LABELS.items():
        value = fields.get(field)
        if value is not None:
            yield label, _text(field, value, names)


def words_of(data: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return ", ".join(f"{label} {value}" for label, value in said(data, names))


def _text(field: str, value: Any, names: Mapping[str, str]) -> str:
    match field, value:
        case _, bool():
            return "có" if value else "không"
        case ("percent", int()):
            return f"{value}\u00a0%"
        case ("capacity_permille", int()):
            return f"{decimal(value / 10)}\u00a0%"
        case ("score_milli", int()):
            return decimal(value / 1000, 2)
        case ("size_bytes", int()):
            return number(round(value / 1_000_000))
        case _, int():
            return number(value)
        case ("window", str()):
            return named(WINDOWS, value)
        case ("unreadable", str()):
            return named(UNREADABLE, value)
        case ("result", str()):
            return named(RESULTS, value)
        case ("channel", str()):
            return named(CHANNELS, value)
        case ("due_on" | "published_on", str()):
            return day(date.fromisoformat(value))
        case ("expires_at", str()):
            moment = datetime.fromisoformat(value)
            return f"{clock(moment)} {day(day_of(moment))}"
    return unit(names.get(value, value)) if field in KEYS else str(value)
