"""A finding of the look-up guard as a sentence with its numbers, and what is proposed."""

from dashboards import part_names
from dashboards.holding.proposals import proposed_hold
from dashboards.views.topics.guard_reader import ShownFinding
from dashboards.words import NB, clock, number, sentence_unit, unbroken
from schemas.holds import Measure
from schemas.lookup_findings import FindingRule

HIDDEN = "an-danh-"  # what the database puts before the hash of an account that is not shown by name
RULES = {
    FindingRule.SURGE: "Tăng đột biến",
    FindingRule.RETRY_STORM: "Gọi lại dồn dập",
    FindingRule.WITHOUT_CASE: "Không gắn hồ sơ",
    FindingRule.OTHER_UNITS_CASE: "Hồ sơ của đơn vị khác",
    FindingRule.CLOSED_CASE: "Hồ sơ đã xong",
    FindingRule.MANY_PERSONS: "Nhiều người một hồ sơ",
    FindingRule.SAME_PERSON: "Một người nhiều lần",
    FindingRule.GUESSING: "Dò số",
    FindingRule.OUTSIDE_HOURS: "Ngoài giờ",
    FindingRule.TWO_ADDRESSES: "Hai địa chỉ cùng lúc",
    FindingRule.WAKES: "Tài khoản mới hoạt động",
    FindingRule.CREEP: "Tăng dần",
    FindingRule.LIMIT_REACHED: "Chạm giới hạn",
    FindingRule.LIMIT_AHEAD: "Sắp chạm giới hạn",
}
_ASK = "hỏi đơn vị lý do, xem các lượt mẫu"
_WHO = "tìm tài khoản, ứng dụng làm nhiều nhất"
PROPOSED = {  # where nothing is to be held
    FindingRule.TWO_ADDRESSES: "đổi mật khẩu, hỏi chủ tài khoản",
    FindingRule.RETRY_STORM: "báo đơn vị vận hành sửa cách gọi lại",
    FindingRule.WAKES: "hỏi đơn vị ai đang dùng tài khoản",
    FindingRule.CREEP: "rà soát công việc của tài khoản với đơn vị",
    FindingRule.LIMIT_REACHED: "giãn các lượt chưa gấp",
    FindingRule.LIMIT_AHEAD: "giãn các lượt chưa gấp, tìm nguyên nhân",
}


def rule(finding: ShownFinding) -> str:
    return RULES[FindingRule(finding.rule)]


def proposed(finding: ShownFinding) -> str:
    """What it is about, and no more: the whole province cannot be held, and a finding about many names no account."""
    hold = proposed_hold(finding.scope, finding.rule)
    rule_ = FindingRule(finding.rule)
    if hold is not None and (hold.measure is Measure.STOP or rule_ not in PROPOSED):
        whom = {"account": "tài khoản", "unit": "tra cứu của đơn vị", "application": "tra cứu của ứng dụng"}
        do = "tạm dừng" if hold.measure is Measure.STOP else "làm chậm"
        return f"{do} {whom[finding.scope]} {hold.minutes} phút, chờ xác nhận"
    if finding.scope == "account" or rule_ in (FindingRule.LIMIT_REACHED, FindingRule.LIMIT_AHEAD):
        return PROPOSED.get(rule_, _ASK)
    return _WHO


def account(key: str) -> str:
    """By name to whoever is entitled, else the last letters of its hash."""
    return f"…{key[-3:]}" if key.startswith(HIDDEN) else key


def who(finding: ShownFinding, *, place: bool = True) -> str:
    match finding.scope:
        case "account":
            unit = f", {unbroken(sentence_unit(finding.unit))}" if place and finding.unit else ""
            return f"Tài khoản {account(finding.key)}{unit}"
        case "unit":
            return unbroken(sentence_unit(finding.key))
        case "application":
            return f"Ứng dụng {part_names.name('lookup', finding.key)}"
        case _:
            return "Toàn tỉnh"


def what(finding: ShownFinding) -> tuple[str, str]:
    """The first clause, which is bold, and what stands behind it."""
    count, times = number(finding.lookups), f"{number(finding.lookups)}{NB}lượt"
    within = _within(finding.minutes)
    match FindingRule(finding.rule):
        case FindingRule.SURGE:
            than = "" if finding.usual is None else f", thường{NB}{usual(finding.usual)}"
            return f"{times} trong {within}{than}", _caseless(finding)
        case FindingRule.RETRY_STORM:
            return f"hỏi lại một yêu cầu {count}{NB}lần", f"; {number(finding.errors or 0)}{NB}lần lỗi"
        case FindingRule.WITHOUT_CASE:
            part = number(finding.without_case or 0)
            return f"{part} trong {times} của một giờ không gắn hồ sơ", ""
        case FindingRule.OTHER_UNITS_CASE:
            return f"{times} hôm đó cho hồ sơ của đơn vị khác", ""
        case FindingRule.CLOSED_CASE:
            return f"{times} hôm đó cho hồ sơ đã xong từ trước", ""
        case FindingRule.MANY_PERSONS:
            return f"tra {number(finding.persons or 0)}{NB}người cho một hồ sơ", ""
        case FindingRule.SAME_PERSON:
            return f"tra một người {count}{NB}lần trong một giờ", ""
        case FindingRule.GUESSING:
            if finding.persons:
                return f"{number(finding.persons)}{NB}lượt liền không tìm thấy ai", ", như dò số"
            return f"{number(finding.not_found or 0)} trong {times} không tìm thấy ai", ", như dò số"
        case FindingRule.OUTSIDE_HOURS:
            return f"{times} trong {within}, ngoài giờ làm việc", _caseless(finding)
        case FindingRule.TWO_ADDRESSES:
            return "dùng cùng lúc từ hai địa chỉ mạng", f"; {times} trong {within}"
        case FindingRule.WAKES:
            slept = "tài khoản mới" if finding.days is None else f"im {number(finding.days)}{NB}ngày"
            return f"{slept}, nay {times} trong một giờ", _caseless(finding)
        case FindingRule.CREEP:
            than = "" if finding.usual is None else f", trước là {usual(finding.usual)}"
            return f"tăng dần {number(finding.days or 0)}{NB}ngày làm việc, nay {times} một ngày{than}", ""
        case FindingRule.LIMIT_REACHED:
            return f"{times}, chạm giới hạn {_window(finding)} tự đặt {number(finding.limit_lookups or 0)}", ""
        case _:
            at = "" if finding.reaches_at is None else clock(finding.reaches_at)
            return f"với nhịp này {at} chạm giới hạn ngày {number(finding.limit_lookups or 0)}", _interval(finding)


def _within(minutes: int) -> str:
    if minutes == 60:
        return f"một{NB}giờ"
    return f"{number(minutes)}{NB}phút" if minutes < 120 else f"{number(round(minutes / 60))}{NB}giờ"


def _window(finding: ShownFinding) -> str:
    return "phút" if finding.minutes <= 1 else "giờ" if finding.minutes <= 60 else "ngày"


def usual(value: float) -> str:
    return number(round(value)) if value >= 1 else f"dưới{NB}1"


def _caseless(finding: ShownFinding) -> str:
    few = not finding.without_case or finding.without_case * 2 < finding.lookups
    return "" if few else f"; {number(finding.without_case or 0)}{NB}lượt không gắn hồ sơ"


def _interval(finding: ShownFinding) -> str:
    if finding.soonest_at is None:
        return ""
    latest = "hoặc hôm nay không" if finding.latest_at is None else f"muộn nhất {clock(finding.latest_at)}"
    return f"; sớm nhất {clock(finding.soonest_at)}, {latest}"
