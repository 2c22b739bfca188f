"""Why nothing is said to be at risk, in words."""

from dashboards.named import named
from dashboards.readers.forecast import Run
from dashboards.words import NB, decimal, percent

REASONS = {
    "no_hours": "chưa nạp giờ làm việc",
    "too_few": "chưa đủ hồ sơ đã xong để học",
    "untried": "chưa có buổi sáng nào để thử",
    "not_better": "dự báo không hơn cách tính trung bình từng bước",
    "old": "lần dự báo cuối đã quá một ngày",
}


def why_hidden(run: Run | None) -> str:
    """Empty where something is."""
    if run is None:
        return "chưa chạy lần nào"
    if run.shown and run.at_risk is None:
        return f"không ngưỡng nào giữ được {percent(run.precision_set, 0)} hồ sơ nêu ra là trễ thật"
    return named(REASONS, run.reason)


def better(error: float) -> tuple[str, str]:
    """How well the day of the end is told: ``error`` is of that of the mean time of each step, which is 1."""
    return f"sai {'ít' if error <= 1 else 'nhiều'} hơn", percent(abs(1 - error), 0)


def told_over(over: float) -> tuple[str, str]:
    """How far the chances that were told lie from the share that was late, in percentage points."""
    return f"báo {'cao' if over >= 0 else 'thấp'} hơn", f"{decimal(abs(over))}{NB}điểm"
