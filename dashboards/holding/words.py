"""The words of holding orders, on screens. Pure."""

from datetime import date, datetime

from dashboards import part_names
from dashboards.holding.reader import ReceiverSeen, StoredHold
from dashboards.readers.subjects import SubjectFact
from dashboards.unnamed import named
from dashboards.words import clock, day, day_of, number, unit, when
from schemas.holds import HoldScope, Measure
from schemas.lookups import LOOKUP

STANDINGS = {
    "ordered": "Chờ máy nhận",
    "held": "Đang giữ",
    "ended_early": "Đang kết thúc",
    "refused": "Máy nhận từ chối",
    "ended": "Đã kết thúc",
    "unanswered": "Không có trả lời",
}
SAID = {
    "ordered": "Ra lệnh",
    "lifted": "Kết thúc sớm",
    "accepted": "Máy nhận đã làm",
    "refused": "Máy nhận từ chối",
    "ended": "Máy nhận báo đã kết thúc",
    "unanswered": "Hết hạn, không có trả lời của máy nhận",
}
MEASURES = {Measure.STOP: "Tạm dừng", Measure.SLOW: "Làm chậm"}
REASONS = {
    "unknown_target": "không biết đối tượng này",
    "unsupported": "không làm được việc này",
    "not_allowed": "không được phép",
    "too_late": "lệnh đến khi đã hết hạn",
    "other": "không nói rõ",
}
FAILURES = {
    "timeout": "không trả lời kịp",
    "unreachable": "không kết nối được",
    "redirected": "chuyển sang địa chỉ khác, không theo",
    "too_long": "trả lời dài quá",
    "unclear": "trả lời không đúng quy ước",
}
NO_RECEIVER = "Chưa đặt máy nhận: lệnh chỉ được ghi lại. Gọi điện cho đơn vị vận hành để làm và để kết thúc."
SILENT = "Bộ gửi lệnh đang im lặng: lệnh chưa đi, sẽ đi khi nó chạy lại. Việc gấp thì gọi điện cho đơn vị vận hành."


def target(scope: str, key: str, of_unit: str | None) -> str:
    match scope:
        case HoldScope.ACCOUNT:
            return f"tài khoản {key}" + (f", {unit(of_unit)}" if of_unit else "")
        case HoldScope.UNIT:
            return unit(key)
        case _:
            return f"ứng dụng {part_names.name(LOOKUP.name, key)}"


def until(moment: datetime) -> str:
    return f"{clock(moment)} ngày {day(day_of(moment))}"


def sentence(measure: Measure, of: str, ends_at: datetime) -> str:
    """The order, as it is read back and kept."""
    return f"{MEASURES[measure]} tra cứu của {of}, đến {until(ends_at)}."


def standing(hold: StoredHold, as_of: datetime) -> tuple[str, str, str]:
    """Shape, words and kind of the tag."""
    word = named(STANDINGS, hold.standing).upper()
    if hold.standing in ("held", "ended_early") and hold.ends_at <= as_of:
        return "live", "HẾT HẠN, CHỜ MÁY NHẬN XÁC NHẬN", ""
    warn = hold.standing in ("refused", "unanswered")
    shape = {"held": "live", "ended": "ok", "refused": "warn", "unanswered": "warn"}.get(hold.standing, "flat")
    return shape, word, "warn" if warn else ""


def sending(hold: StoredHold, seen: ReceiverSeen) -> tuple[str, bool]:
    """How far its message is, and whether that is something to worry about; empty where nothing is under way."""
    if hold.standing == "refused":
        return f"Máy nhận không làm: {named(REASONS, str(hold.detail.get('reason')))}. Gọi điện nếu vẫn cần.", True
    if hold.standing == "unanswered":
        return "Hết hạn mà máy nhận không trả lời: không biết lệnh đã có hiệu lực hay không.", True
    if hold.ended_at is not None or hold.standing == "held":
        return "", False
    if not seen.known:
        return NO_RECEIVER, True
    if seen.silent:
        return SILENT, True
    what = "Đang gửi lệnh tới máy nhận" if hold.standing == "ordered" else "Đang gửi lệnh kết thúc tới máy nhận"
    if hold.failure is None:
        return f"{what}…", False
    return f"{what}, đã thử {number(hold.tries or 0)} lần; lần trước: {failure(hold.failure)}.", True


def failure(word: str) -> str:
    status = word.removeprefix("status_")
    return f"trả mã {status}" if status != word and status.isdigit() else named(FAILURES, word)


def about(hold: StoredHold, as_of: datetime) -> str:
    today = day_of(as_of)
    parts = [f"{hold.by_name} ra lệnh lúc {when(hold.opened_at, today)}"]
    if hold.detail.get("lifted_by"):
        parts.append(f"{hold.detail['lifted_by']} kết thúc sớm")
    if hold.ended_at is not None:
        over = {"refused": "từ chối", "unanswered": "hết hạn"}.get(hold.standing, "kết thúc")
        parts.append(f"{over} lúc {when(hold.ended_at, today)}")
    else:
        parts.append(f"tự kết thúc {until(hold.ends_at)}")
    return " · ".join(parts)


def fact(one: SubjectFact, today: date) -> tuple[str, str, str]:
    """Of a line of its history: when, what, and by whom."""
    what = named(SAID, one.kind)
    if one.kind == "refused":
        what += f": {named(REASONS, str(one.data.get('reason')))}"
    if one.kind == "lifted" and one.data.get("sentence"):
        what += f": {one.data['sentence']}"
    if (tries := one.data.get("tries") or 0) > 1:
        what += f" (lần gửi thứ {number(tries)})"
    return when(one.time, today), what, str(one.data.get("by_name") or "máy nhận")


def first_was(by_name: str | None, at: datetime | None, today: date, *, lifted: bool) -> str:
    """What the second is told."""
    if not by_name or at is None:
        return "Lệnh vừa đổi; dưới đây là tình trạng mới."
    did = "kết thúc lệnh này" if lifted else "ra lệnh cho đối tượng này"
    return f"{by_name} đã {did} trước bạn, lúc {when(at, today)}. Lệnh của bạn không được gửi."
