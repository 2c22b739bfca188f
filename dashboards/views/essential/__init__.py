"""53 dịch vụ công: the share of online cases of each essential service, and why it is low."""

from dashboards.periods import PeriodName
from dashboards.views.essential.declared import SERVICES
from dashboards.views.view import IndicatorGroup, View

SLUG = "53-dich-vu"
VIEW = View(
    name="essential",
    slug=SLUG,
    title="53 dịch vụ công",
    place=5,
    periods=(PeriodName.MONTH, *PeriodName),
    pages=(SLUG,),
    tab="53 DV",
    chip="53 dịch vụ",
    counted=SERVICES,
    part_word="dich-vu",
    directs=True,
    groups=(IndicatorGroup(SERVICES.name, SERVICES.label, "/essential-services", SLUG),),
)
