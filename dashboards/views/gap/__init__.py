"""So với Cổng: own figures beside the national portal's, and the cases that make the difference."""

from dashboards.periods import PeriodName
from dashboards.views.gap.declared import LABELS
from dashboards.views.view import DAYS, IndicatorGroup, Shown, View

SLUG = "so-voi-cong"
CASES = f"{SLUG}/ho-so"
VIEW = View(
    name="gap",
    slug=SLUG,
    title="So với Cổng",
    place=3,
    periods=(PeriodName.MONTH, PeriodName.TODAY),
    pages=(SLUG, CASES),
    case_pages=(CASES,),
    buttons=(("So với Cổng", SLUG),),
    groups=(
        IndicatorGroup(
            "gap",
            "So với Cổng DVCQG",
            "/portal-gap",
            SLUG,
            tuple(
                Shown(
                    name,
                    f"{label}: của tỉnh và trên Cổng",
                    "hồ sơ",
                    DAYS,
                    "Số của tỉnh, số Cổng DVCQG đếm được, số hồ sơ tỉnh hơn Cổng, và từng hồ sơ khác nhau theo"
                    " nguyên nhân.",
                )
                for name, label in LABELS.items()
            ),
        ),
    ),
)
