"""``ioc.outreach``: communications (truyền thông), training (tập huấn), IT staffing. Counts, never names."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from schemas.counter_kinds import Counter, Kind, Noun
from schemas.domain import Breach, Count, Domain
from schemas.envelope import Frozen, Key, Text
from schemas.province import ZONE


class ActivityKind(StrEnum):
    PRESS = "press"  # báo, đài
    SOCIAL = "social"  # mạng xã hội
    LOUDSPEAKER = "loudspeaker"  # truyền thanh cơ sở
    MEETING = "meeting"  # họp dân, tổ công tác
    PRINT = "print"  # tờ rơi, áp phích
    OTHER = "other"


class Activity(Frozen):
    """One activity of communication."""

    unit: Key
    kind: ActivityKind
    title: Text | None = None
    reached: Annotated[Count, Field(description="People reached, as estimated by the unit.")] = 0


class Training(Frozen):
    """One course of training."""

    unit: Key
    course: Key
    attended: Count
    invited: Count


class Staffing(Frozen):
    """Staff of a unit: in all, trained on Project 06, working on IT. Subject ``unit/YYYY-MM``."""

    unit: Key
    staff: Count
    trained: Count
    it_staff: Count


def _training(subject: str, time: datetime, data: Any) -> None:
    if data.attended > data.invited:
        raise Breach("data.attended", "more_than_invited")


def _staffing(subject: str, time: datetime, data: Any) -> None:
    for name in ("trained", "it_staff"):
        if getattr(data, name) > data.staff:
            raise Breach(f"data.{name}", "more_than_staff")
    if subject != f"{data.unit}/{time.astimezone(ZONE):%Y-%m}":
        raise Breach("subject", "unit_month")


ACTIVITY = Domain(
    "activity",
    "Truyền thông",
    {"held": Activity},
    counters=(
        Counter("held", "Hoạt động", "activities of communication", noun=Noun.ACTIVITY),
        Counter("reached", "Lượt người", "people reached", noun=Noun.PERSON),
    ),
    part="hình thức",
)
TRAINING = Domain(
    "training",
    "Tập huấn",
    {"held": Training},
    counters=(
        Counter("held", "Lớp", "courses held", noun=Noun.ACTIVITY),
        Counter("attended", "Tham dự", "people who attended", noun=Noun.PERSON),
        Counter("invited", "Được mời", "people who were invited", noun=Noun.PERSON),
    ),
    part="khóa",
    check=_training,
)
STAFFING = Domain(
    "staffing",
    "Nhân lực",
    {"reported": Staffing},
    counters=(
        Counter("staff", "Cán bộ", "staff, as last reported", Kind.LEVEL, Noun.PERSON),
        Counter("trained", "Đã tập huấn", "of these trained", Kind.LEVEL, Noun.PERSON),
        Counter("it_staff", "Chuyên trách CNTT", "of these working on IT", Kind.LEVEL, Noun.PERSON),
    ),
    check=_staffing,
)
