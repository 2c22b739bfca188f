"""The words of directives, on screens. Pure."""

from datetime import date, datetime

from dashboards.directives.aims import Aim, AimValue
from dashboards.directives.reader import StoredDirective
from dashboards.readers.subjects import SubjectFact
from dashboards.unnamed import named
from dashboards.words import clock, day, day_of, number, small, unit, when
from schemas.counter_kinds import Counter

STANDINGS = {
    "issued": "Chưa nhận",
    "accepted": "Đang làm",
    "asking": "Xin lùi hạn",
    "cannot": "Không làm được",
    "done": "Báo xong, chờ kiểm",
    "verified": "Đã kiểm",
    "closed": "Đã đóng",
}
SAID = {
    "issued": "Chỉ đạo",
    "accepted": "Nhận việc",
    "progressed": "Báo tiến độ",
    "asked": "Xin lùi hạn",
    "extended": "Cho lùi hạn",
    "refused": "Không cho lùi hạn",
    "done": "Báo xong",
    "cannot": "Báo không làm được",
    "verified": "Đã kiểm, kết thúc",
    "closed": "Đóng chỉ đạo",
    "reopened": "Yêu cầu làm lại",
}
RULES = {
    "identity_number": "có số giống số định danh của người dân; bỏ số đó ra",
    "missing": "chưa điền",
    "string_too_short": "chưa điền",
    "string_too_long": "dài quá",
    "not_after_now": "phải ở sau lúc này",
    "string_pattern_mismatch": "có ký tự không dùng được",
    "control_character": "có ký tự không dùng được",
}
FIELDS = {"due_at": "Hạn", "unit": "Đơn vị", "sentence": "Nội dung", "evidence": "Bằng chứng", "percent": "Phần trăm"}


def refused(field: str, rule: str) -> str:
    """What is wrong, in words; never what was typed."""
    name = FIELDS.get(field.rpartition(".")[2], "Nội dung")
    return f"Chưa được: {name.lower()} {RULES.get(rule, 'không đúng')}."


def until(moment: datetime) -> str:
    return f"{clock(moment)} ngày {day(day_of(moment))}"


def work_of(counter: Counter | None, amount: int | None, case: str) -> str:
    """What is to be done, as it is proposed."""
    if case:
        return f"xử lý xong hồ sơ {case}"
    if counter is None:
        return ""
    many = f"{number(amount)} " if amount else ""
    if counter.name == "overdue":
        return f"xử lý xong {many}{counter.noun} quá hạn"
    return f"xem lại và báo cáo {many}{counter.noun}: {small(counter.label)}"


def sentence(unit_key: str, work: str, due_at: datetime) -> str:
    """The order, as it is read back and kept."""
    return f"{unit(unit_key)} {small(work.strip().rstrip('.'))} trước {until(due_at)}."


def checked_by(aim: Aim, value: AimValue) -> str:
    return f"Kiểm bằng {aim.label}: lúc này {value.words}."


def standing(directive: StoredDirective, as_of: datetime) -> tuple[str, str, str]:
    """Shape, words and kind of the tag."""
    word = named(STANDINGS, directive.standing)
    if directive.overdue(as_of):
        return "warn", f"QUÁ HẠN · {word.upper()}", "warn"
    shape = {"verified": "ok", "closed": "flat", "asking": "flat", "cannot": "warn", "done": "ok"}
    return shape.get(directive.standing, "live"), word.upper(), "warn" if directive.standing == "cannot" else ""


def about(directive: StoredDirective, as_of: datetime) -> str:
    """Whose it is and until when, in one line."""
    percent = directive.detail.get("percent") or 0
    parts = [unit(directive.unit), f"hạn {until(directive.due_at)}"]
    if directive.standing in ("accepted", "asking") and percent:
        parts.append(f"báo đã xong {percent} %")
    if directive.asked_until is not None:
        parts.append(f"xin đến {until(directive.asked_until)}")
    return " · ".join(parts)


def fact(one: SubjectFact, today: date) -> tuple[str, str, str]:
    """Of a line of its history: when, what, and by whom."""
    what = named(SAID, one.kind)
    if (due := one.data.get("due_at")) is not None and one.kind in ("asked", "extended", "reopened"):
        what += f" đến {until(datetime.fromisoformat(due))}"
    if one.data.get("percent") is not None:
        what += f" {one.data['percent']} %"
    if one.kind != "issued" and one.data.get("sentence"):
        what += f": {one.data['sentence']}"
    if one.data.get("evidence"):
        what += f" (xem {one.data['evidence']})"
    return when(one.time, today), what, str(one.data.get("by_name", ""))


def first_was(by_name: str | None, kind: str | None, at: datetime | None, today: date) -> str:
    """What the second is told."""
    if not by_name or at is None:
        return "Chỉ đạo vừa đổi; dưới đây là tình trạng mới."
    return f"{by_name} đã trả lời trước bạn: {small(named(SAID, kind or ''))}, lúc {when(at, today)}. " + (
        "Dưới đây là tình trạng mới."
    )
