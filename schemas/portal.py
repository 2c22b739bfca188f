"""``ioc.portal``: the national portal's own figures (Cổng Dịch vụ công quốc gia), and petitions (phản ánh, kiến nghị).

A figure is one component of Decision 766/QĐ-TTg for a unit (or one of its services) and a period, with the numerator
and denominator as the portal shows them. Its subject is ``unit/period/component`` or ``unit/period/component/service``;
a later export of the same period says the same subject again, and the later statement counts.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from schemas.counter_kinds import Counter, DueLook, Kind, Noun
from schemas.domain import Breach, Count, Day, Domain
from schemas.envelope import Frozen, Key
from schemas.province import ZONE

Period = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$"),
    Field(description="2024-01, 2024-Q1 or 2024.", examples=["2024-01"]),
]


class PortalFigure(Frozen):
    """As the portal shows it. ``score_milli`` in thousandths of a point."""

    unit: Key
    period: Period
    component: Annotated[Key, Field(description="Code of the component, e.g. DOSSIER_SYNC (domain.md 1.3).")]
    service: Annotated[Key | None, Field(description="Procedure code, where the figure is of one service.")] = None
    numerator: Count
    denominator: Count
    score_milli: Annotated[int | None, Field(ge=0, le=100_000)] = None
    published_on: Annotated[date | None, Field(description="Day up to which the portal had counted.")] = None


class PetitionKind(StrEnum):
    PROCEDURE = "procedure"  # về thủ tục
    STAFF = "staff"  # về cán bộ


class Petition(Frozen):
    unit: Key
    kind: PetitionKind
    due_on: Day | None = None


class Answer(Frozen):
    published: bool = False


class PetitionRating(Frozen):
    likes: Annotated[int, Field(ge=0, le=10**6)]
    dislikes: Annotated[int, Field(ge=0, le=10**6)]


def first_day(period: str) -> date:
    """The first day of a period. Raises ``ValueError`` where it is none of this century's."""
    if not period.isascii() or not 2010 <= int(period[:4]) < 2100:
        raise ValueError("no period of this century")
    if len(period) == 4:
        return date(int(period), 1, 1)
    month = 3 * int(period[6]) - 2 if period[5] == "Q" else int(period[5:])
    return date(int(period[:4]), month, 1)


def kind_of(period: str) -> str:
    """``month``, ``quarter`` or ``year``. ``period`` as the contract allows it."""
    if len(period) == 4:
        return "year"
    return "quarter" if period[5] == "Q" else "month"


def _check(subject: str, time: datetime, data: Any) -> None:
    try:
        begins = first_day(data.period)
    except ValueError:
        raise Breach("data.period", "out_of_range") from None
    if time.astimezone(ZONE).date() < begins:
        raise Breach("data.period", "not_begun")
    if data.published_on is not None and not 2010 <= data.published_on.year <= 2100:
        raise Breach("data.published_on", "out_of_range")
    parts = [data.unit, data.period, data.component, *([data.service] if data.service is not None else [])]
    if subject != "/".join(parts):
        raise Breach("subject", "unit_period_component")


PORTAL = Domain(
    "portal",
    "Chỉ tiêu trên Cổng DVCQG",
    {"published": PortalFigure},
    counters=(
        Counter("figures", "Số liệu công bố", "figures, on the first day of their period", noun=Noun.TIME),
        Counter("numerator", "Tử số", "the portal's, on the first day of the period", Kind.LEVEL, Noun.CASE),
        Counter("denominator", "Mẫu số", "the portal's, on the first day of the period", Kind.LEVEL, Noun.CASE),
        Counter("score_milli", "Điểm", "the portal's, on the first day of the period", Kind.LEVEL, Noun.POINT),
    ),
    part="kỳ và thành phần",
    check=_check,
)
PETITION = Domain(
    "petition",
    "Phản ánh, kiến nghị",
    {"received": Petition, "answered": Answer, "rated": PetitionRating},
    counters=(
        Counter("received", "Tiếp nhận", "petitions received", noun=Noun.PETITION),
        Counter("answered", "Đã trả lời", "petitions answered", noun=Noun.PETITION),
        Counter("answered_on_time", "Trả lời đúng hạn", "answered at or before the deadline", noun=Noun.PETITION),
        Counter("answered_late", "Trả lời trễ hạn", "answered after the deadline", noun=Noun.PETITION),
        Counter("disliked", "Không hài lòng", "answered, with more dislikes than likes", noun=Noun.PETITION),
        Counter("open", "Đang xử lý", "received and not answered", Kind.NOW, Noun.PETITION, ("open",)),
        Counter(
            "overdue", "Quá hạn", "not answered past the deadline", Kind.NOW, Noun.PETITION, ("open",), DueLook.PAST
        ),
    ),
    part="loại",
    rules=2,
)
