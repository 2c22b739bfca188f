"""Why a service's online share is low, in words; and what is said of a service that has none. Pure."""

from dashboards.views.essential.declared import REASONS, Group
from dashboards.views.essential.reader import Counts, Known
from dashboards.views.essential.targets import TargetStanding
from dashboards.words import NB, day, number, percent, rounded_percent

WHY = {  # behind the number of cases
    Group.NOT_OFFERED: "chưa cung cấp trực tuyến",
    Group.OFFER_UNKNOWN: "tại quầy, chưa rõ có trực tuyến",
    Group.NOT_USED: "có trực tuyến mà nộp tại quầy",
    Group.REFUSED: "bị từ chối, đòi bổ sung",
    Group.SYNC: "trực tuyến mà Cổng chưa có",
}
CAUSES = {  # behind "vì"
    Group.NOT_OFFERED: "chưa cung cấp trực tuyến",
    Group.NOT_USED: "người dân vẫn nộp tại quầy",
    Group.REFUSED: "hồ sơ trực tuyến bị trả lại",
    Group.SYNC: "đồng bộ thiếu",
}
UNKNOWN = {
    Known.NO_CASES: "chưa có hồ sơ",
    Known.NO_CODE: "chưa có mã thủ tục",
    Known.NO_NAME: "chưa kiểm chứng tên, chưa có mã thủ tục",
}


def main_reason(why: Counts) -> Group | None:
    """The one with most cases; ``None`` where there is none."""
    counted = [(why.get(reason, 0), reason) for reason in REASONS]
    most, reason = max(counted, key=lambda item: item[0])
    return reason if most else None


def cause_words(reason: Group) -> str:
    """As it stands behind "vì"."""
    return CAUSES.get(reason, "chưa rõ thủ tục có trực tuyến không")


def path_words(stands: TargetStanding | None, *, short: bool = False) -> str:
    """Where a share stands on its path. ``short``: a head says that the cases to come are online ones."""
    if stands is None:
        return "chưa đặt chỉ tiêu"
    if stands.expected is None:
        return "chưa rõ điểm xuất phát"
    if stands.behind is None:
        return f"lộ trình {percent(float(stands.expected), 2)}"
    if not stands.behind:
        return "đúng lộ trình"
    if stands.to_come is None:
        return f"chậm, thiếu {number(stands.missing or 0)}{NB}hồ sơ"
    cases = "hồ sơ" if short else f"hồ sơ trực{NB}tuyến"
    return f"chậm, cần {number(stands.to_come)}{NB}{cases} tới"


def target_words(stands: TargetStanding | None) -> str:
    """The target, by when and from which source."""
    if stands is None:
        return "Chưa đặt chỉ tiêu"
    target = stands.target
    unverified = "" if target.verified else ", chưa kiểm chứng"
    goal = percent(float(target.goal), 2 if rounded_percent(float(target.goal), 2) % 1 else 0)
    return f"Chỉ tiêu {goal} đến {day(target.due)} ({target.source}{unverified})"
