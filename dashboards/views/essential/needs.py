"""What of the essential services may need a leader: those that their wall calls very low or behind their path."""

from datetime import datetime, time

from dashboards.directives.judged_kind import JudgedKind
from dashboards.directives.needs_direction import OF_A_KIND, Gravity, Needed
from dashboards.periods import PeriodName
from dashboards.readers.database import Connection
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens.screen import Name
from dashboards.settings import ScreensSettings
from dashboards.views.essential import reader, reasons
from dashboards.views.essential.asked import address
from dashboards.views.essential.reader import Known, OfUnit, ServiceShare
from dashboards.words import NB, number, percent, sentence_unit, small, unbroken, unit
from schemas.province import ZONE

PERIOD = PeriodName.MONTH


async def _low(conn: Connection, ground: Ground, settings: ScreensSettings) -> list[Needed]:
    services = await reader.read(conn, ground.at, ground.period)
    low = [one for one in services if one.known is Known.COUNTED and far_under(one, settings)]
    low.sort(key=lambda one: (-_not_online(one), one.number))
    return [  # of the others none is shown: no kind has more than so many places
        _needed(one, await reader.units(conn, ground.at, ground.period, one.number), ground) for one in low[:OF_A_KIND]
    ]


def far_under(service: ServiceShare, settings: ScreensSettings) -> bool:
    behind = service.standing is not None and bool(service.standing.behind)
    return behind or (service.share or 0) < settings.essential_low


def _not_online(service: ServiceShare) -> int:
    return service.amounts.received - service.amounts.online


def _needed(service: ServiceShare, units: tuple[OfUnit, ...], ground: Ground) -> Needed:
    """``units``: of those, the one with most cases that did not come online has the order."""
    most = max(units, key=lambda one: (one.amounts.received - one.amounts.online, one.unit), default=None)
    reason = reasons.main_reason(reader.summed(units))
    stands = service.standing
    due = None if stands is None else datetime.combine(stands.target.due, time(17), ZONE)
    path = reasons.path_words(stands) if stands is not None and stands.behind else ""
    paper = ""
    if most is not None and most.unit:
        many = number(most.amounts.received - most.amounts.online)
        paper = f"{many}{NB}hồ sơ giấy ở {unbroken(sentence_unit(most.unit))}"
    share = percent(service.share or 0, 2)
    return Needed(
        key=f"essential/{service.number}",
        kind="essential",
        gravity=Gravity.WARNING,
        what=f"{share} trực tuyến: {small(service.short_name)}",
        why="; ".join(filter(None, (paper, path, f"vì {reasons.cause_words(reason)}" if reason else ""))),
        owner=service.lead_agency or (unit(most.unit) if most is not None and most.unit else ""),
        limit=due,
        people=_not_online(service),
        unit=None if most is None else most.unit or None,
        work=f"nâng tỷ lệ nộp trực tuyến của dịch vụ {small(service.short_name)} (cả tỉnh {share})",
        opens=address(Selection(Name.TABLET, PERIOD), service.number),
        see="Xem dịch vụ",
    )


JUDGED = (JudgedKind("dịch vụ thiết yếu", ("cases",), PERIOD, _low, finished=True),)
