"""Điểm 766: the score of Quyết định 766, its components, and the cases that each of them lacks."""

from dashboards.periods import PeriodName
from dashboards.views.view import IndicatorGroup, View

SLUG = "diem-766"
PARTS, CASES = f"{SLUG}/thanh-phan", f"{SLUG}/ho-so"
VIEW = View(
    name="score",
    slug=SLUG,
    title="Điểm 766",
    place=4,
    periods=(PeriodName.MONTH, PeriodName.QUARTER, PeriodName.YEAR),  # a single day has no score
    pages=(SLUG, PARTS, CASES),
    case_pages=(CASES,),
    buttons=(("Điểm 766", SLUG),),
    chip="Điểm 766",
    groups=(IndicatorGroup("score", "Điểm 766", "/scores", PARTS),),
)
