"""The examples of the essential services."""

from datetime import UTC, date, datetime
from fractions import Fraction

from pydantic import BaseModel

from dashboards.api import answers
from dashboards.api.examples import AS_OF, GROUND
from dashboards.views.essential import answers as essential_answers
from dashboards.views.essential.declared import Group
from dashboards.views.essential.reader import Amounts, Known, Offer, OfUnit, ServedCase, ServiceShare
from dashboards.views.essential.targets import ServiceTarget, standing

_DAYS = answers.Days(first=date(2026, 10, 1), last=date(2026, 10, 31))
_BEFORE = answers.Days(first=date(2026, 9, 1), last=date(2026, 9, 30))
_TARGET = ServiceTarget(
    0, None, Fraction(21, 100), Fraction(8, 10), date(2026, 1, 1), date(2026, 12, 31), "KH 10/KH-UBND", verified=False
)
_NOW, _THEN = Amounts(9412, 640), Amounts(9100, 520)
_STANDS = standing(_TARGET, _NOW.received, _NOW.online, date(2026, 10, 31))
_WHY = {
    **dict.fromkeys(Group, 0),
    Group.RECEIVED: 9412,
    Group.ONLINE: 640,
    Group.NOT_USED: 8772,
    Group.TRIED: 655,
    Group.REFUSED: 41,
    Group.SYNC: 12,
    Group.PORTAL: 9101,
    Group.PORTAL_ONLINE: 628,
}
_SERVICE = ServiceShare(
    number=18,
    name="Cấp đổi, cấp lại giấy phép lái xe",
    short_name="Đổi, cấp lại giấy phép lái xe",
    lead_agency="Bộ Giao thông vận tải",
    decision="06/QĐ-TTg 06/01/2022",
    codes=("1.002809",),
    known=Known.COUNTED,
    verified=False,
    offer=Offer.YES,
    amounts=_NOW,
    earlier=_THEN,
    standing=_STANDS,
)
_UNIT = OfUnit("so-giao-thong-van-tai", _NOW, _THEN, _STANDS, _WHY)
_CASE = ServedCase(
    subject="000.00.26.H19-261003-0117",
    unit="so-giao-thong-van-tai",
    procedure="1.002809",
    channel="direct",
    accepted_at=datetime(2026, 10, 3, 1, 30, tzinfo=UTC),
    ended_at=None,
    end_kind=None,
    supplement_requests=0,
    portal_status=4,
    synced_at=datetime(2026, 10, 3, 1, 31, tzinfo=UTC),
)
GOOD: dict[str, BaseModel] = {
    "/api/v1/essential-services": essential_answers.Services(
        **GROUND,
        days=_DAYS,
        compared=_BEFORE,
        groups=essential_answers.GroupWords.all(),
        rows=[essential_answers.ServiceRow.of(_SERVICE, _WHY)],
    ),
    "/api/v1/essential-services/units": essential_answers.ServiceUnits(
        **GROUND, service=18, days=_DAYS, compared=_BEFORE, rows=[essential_answers.ServiceUnitRow.of(_UNIT)]
    ),
    "/api/v1/essential-services/cases": essential_answers.ServiceCases(
        **GROUND,
        service=18,
        group=Group.NOT_USED,
        days=_DAYS,
        list_as_of=AS_OF,
        cases=[essential_answers.ServiceCase.model_validate(_CASE)],
        next_cursor=None,
    ),
}
