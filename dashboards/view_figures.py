"""Indicators that no counter is: those of the views beside the national portal, of processes, chains and forecasts.

A view is read by a reader of its own; here its numbers are named and defined, for page, API and document.
"""

from collections.abc import Mapping
from typing import NamedTuple

from dashboards.views.gap.reader import LABELS as COMPARED

NOW, DAYS, FORECAST = "tại lúc hỏi", "theo kỳ", "chạy mỗi đêm"
MINUTES = "phút làm việc"
OWN_RULE = "cách tính của trung tâm"


class Shown(NamedTuple):
    """``rule``: where it is from, ``None``: it is counted as it is told."""

    name: str
    label: str
    unit: str
    kind: str
    definition: str
    rule: str | None = OWN_RULE


class View(NamedTuple):
    """``figure`` is the data API's address, from ``/api/v1`` on; ``page`` the tablet's, ``wall`` the wall's."""

    label: str
    figure: str
    page: str
    wall: str
    shown: tuple[Shown, ...]


_GAP = tuple(
    Shown(
        indicator.value,
        f"{label}: của tỉnh và trên Cổng",
        "hồ sơ",
        DAYS,
        "Số của tỉnh, số Cổng DVCQG đếm được, số hồ sơ tỉnh hơn Cổng, và từng hồ sơ khác nhau theo nguyên nhân.",
    )
    for indicator, label in COMPARED.items()
)
_PROCESS = (
    Shown("step_office", "Thời gian xử lý của bước", MINUTES, DAYS, "Trung vị và p90 thời gian hồ sơ ở cơ quan."),
    Shown("step_waited", "Thời gian chờ của bước", MINUTES, DAYS, "Trung vị và p90 thời gian chờ dân, nơi khác, phí."),
    Shown("queue", "Hồ sơ đang ở bước", "hồ sơ", NOW, "Hồ sơ chưa kết thúc, theo bước đã xong sau cùng; lâu nhất."),
    Shown("looped", "Hồ sơ quay lại", "hồ sơ", DAYS, "Hồ sơ kết thúc trong kỳ từng quay lại, theo lý do đầu tiên."),
    Shown("variants", "Đường đi phổ biến", "hồ sơ", DAYS, "Các chuỗi bước nhiều hồ sơ đi nhất đến khi kết thúc."),
)
_CHAINS = (
    Shown("waiting", "Đang chờ ở khâu bàn giao", "hồ sơ", NOW, "Hồ sơ liên thông đang chờ, theo bước và cơ quan."),
    Shown("not_received", "Đã chuyển, chưa nhận", "hồ sơ", NOW, "Trong số đang chờ: nơi nhận chưa báo đã nhận."),
    Shown("took", "Thời gian qua khâu", MINUTES, DAYS, "Trung vị và p90 thời gian làm việc ở mỗi khâu đã qua."),
)
_FORECAST = (
    Shown("due_tomorrow", "Đến hạn ngày làm việc tới", "hồ sơ", NOW, "Hồ sơ chưa xong có hạn trong ngày làm việc tới."),
    Shown("at_risk", "Có nguy cơ trễ", "hồ sơ", FORECAST, "Hồ sơ dự báo sáng nay nêu tên: dễ trễ hơn hẳn số còn lại."),
    Shown(
        "chance", "Khả năng trễ hạn", "%", FORECAST, "Khả năng hồ sơ không kịp hạn; ẩn khi không đúng hơn tỷ lệ trễ."
    ),
    Shown(
        "expected", "Ngày xong dự kiến", "ngày", FORECAST, "Ngày mà khả năng xong trước và sau bằng nhau; ẩn như trên."
    ),
)
_WALL = "/man-hinh"
_TABLET = f"{_WALL}/may-tinh-bang"
VIEWS: Mapping[str, View] = {
    "gap": View("So với Cổng DVCQG", "/portal-gap", f"{_TABLET}/so-voi-cong", f"{_WALL}/so-voi-cong", _GAP),
    "process": View("Quy trình", "/process", f"{_TABLET}/quy-trinh", f"{_WALL}/quy-trinh", _PROCESS),
    "chains": View("Liên thông", "/chains", f"{_TABLET}/lien-thong", f"{_WALL}/quy-trinh", _CHAINS),
    "forecast": View("Dự báo", "/forecast", f"{_TABLET}/sap-tre", f"{_WALL}/sap-tre", _FORECAST),
}
