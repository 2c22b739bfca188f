"""Sắp trễ: what is due on the next working day, and what this morning's forecast names."""

from dashboards.periods import PeriodName
from dashboards.views.view import FORECAST, NOW, IndicatorGroup, Shown, View

SLUG = "sap-tre"
_SHOWN = (
    Shown("due_tomorrow", "Đến hạn ngày làm việc tới", "hồ sơ", NOW, "Hồ sơ chưa xong có hạn trong ngày làm việc tới."),
    Shown("at_risk", "Có nguy cơ trễ", "hồ sơ", FORECAST, "Hồ sơ dự báo sáng nay nêu tên: dễ trễ hơn hẳn số còn lại."),
    Shown(
        "chance", "Khả năng trễ hạn", "%", FORECAST, "Khả năng hồ sơ không kịp hạn; ẩn khi không đúng hơn tỷ lệ trễ."
    ),
    Shown(
        "expected", "Ngày xong dự kiến", "ngày", FORECAST, "Ngày mà khả năng xong trước và sau bằng nhau; ẩn như trên."
    ),
)
VIEW = View(
    name="forecast",
    slug=SLUG,
    title="Sắp trễ",
    place=1,
    periods=(PeriodName.TODAY,),
    pages=(SLUG,),
    case_pages=(SLUG,),
    buttons=(("Sắp trễ", SLUG),),
    groups=(IndicatorGroup("forecast", "Dự báo", "/forecast", SLUG, _SHOWN),),
)
