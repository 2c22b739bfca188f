"""Quy trình and Liên thông: the way of cases through their steps, and through the agencies of a chain."""

from dashboards.periods import PeriodName
from dashboards.views.view import DAYS, MINUTES, NOW, IndicatorGroup, Shown, View

SLUG = "quy-trinh"
CASES, CHAINS, CHAINS_CASES = f"{SLUG}/ho-so", "lien-thong", "lien-thong/ho-so"
_STEPS = (
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
VIEW = View(
    name="process",
    slug=SLUG,
    title="Quy trình",
    place=2,
    periods=(PeriodName.MONTH, PeriodName.TODAY),
    pages=(SLUG, CASES, CHAINS, CHAINS_CASES),
    case_pages=(CASES, CHAINS_CASES),
    buttons=(("Quy trình", SLUG), ("Liên thông", CHAINS)),
    groups=(
        IndicatorGroup("process", "Quy trình", "/process", SLUG, _STEPS),
        IndicatorGroup("chains", "Liên thông", "/chains", CHAINS, _CHAINS),
    ),
)
