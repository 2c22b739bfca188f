"""Why nothing is said to be at risk, in words."""

from dashboards.readers.forecast import Run
from dashboards.words import percent

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
    return REASONS.get(run.reason, run.reason)
