"""Why nothing is said to be at risk, and what the forecasts are worth, in words."""

from dashboards.unnamed import named
from dashboards.views.forecast.reader import Run
from dashboards.words import NB, decimal, percent

REASONS = {
    "no_hours": "chưa nạp giờ làm việc",
    "too_few": "chưa đủ hồ sơ đã xong để học",
    "untried": "chưa có buổi sáng nào để thử",
    "not_better": "dự báo không đúng hơn cách tính đơn giản",
    "old": "lần dự báo cuối đã quá một ngày",
}


def why_hidden(run: Run | None) -> str:
    """Empty where something is."""
    if run is None:
        return "chưa chạy lần nào"
    if run.shown and not run.chances_shown:
        return "khả năng trễ dự báo không đúng hơn tỷ lệ trễ chung"
    if run.shown and run.at_risk is None:
        if run.base is None:
            return "chưa có hồ sơ nào còn 2 ngày làm việc trước hạn để thử"
        return f"còn 2 ngày làm việc, hồ sơ nào cũng dễ trễ như nhau: khoảng {percent(run.base, 0)} trễ"
    return named(REASONS, run.reason) if run.reason else ""


def state_name(run: Run | None) -> str:
    """What stands in the place of a list that is not there."""
    return "Không phân biệt được" if run is not None and run.indistinct else "Chưa dự báo"


def better(error: float) -> tuple[str, str]:
    """How well the day of the end is told: ``error`` is of that of the median time of each step, which is 1."""
    return f"sai {'ít' if error <= 1 else 'nhiều'} hơn", percent(abs(1 - error), 0)


def told_over(over: float) -> tuple[str, str]:
    """How far the chances that were told lie from the share that was late, in percentage points."""
    return f"báo {'cao' if over >= 0 else 'thấp'} hơn", f"{decimal(abs(over))}{NB}điểm"


def by_lot(precision: float | None, base: float | None) -> tuple[str, str]:
    """How many of those named were late, and how many of all that could have been: recall says nothing without it."""
    hit = "không biết" if precision is None else percent(precision, 0)
    return hit, "không biết" if base is None else percent(base, 0)
