"""``ioc.platform``: health of the data integration centre (Trung tâm tích hợp dữ liệu) and of every connected system.

A measurement's subject is ``system/YYYY-MM-DDTHH``, the hour of its moment in the province, so that a system may be
measured every minute for ever. Certificates, backups and milestones are subjects of their own.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from schemas.counter_kinds import Counter, DueLook, Kind, Noun
from schemas.domain import Breach, Count, Day, Domain, Moment
from schemas.envelope import Frozen, Key, Text
from schemas.province import ZONE

# Why a page of metrics gave no numbers: another status than 200, too long, not UTF-8, a line that is neither format, a
# family that comes twice, no "# EOF" (it broke off), no answer at all.
Unreadable = Literal["status", "too_large", "encoding", "line", "repeated", "unfinished", "no_answer"]


class Health(Frozen):
    """One look at a system: a probe, or what its OpenMetrics endpoint said. What was not asked stays out."""

    system: Key
    unit: Annotated[Key | None, Field(description="The unit that runs it.")] = None
    reachable: bool
    latency_ms: Annotated[int | None, Field(ge=0, le=3_600_000)] = None
    requests: Annotated[Count | None, Field(description="Since the look before.")] = None
    errors: Annotated[Count | None, Field(description="Of these failed.")] = None
    capacity_permille: Annotated[
        int | None, Field(ge=0, le=1000, description="The fullest of its resources (disk, memory, connections), in ‰.")
    ] = None
    unreadable: Annotated[
        Unreadable | None, Field(description="Why its metrics gave no numbers, where they were asked and gave none.")
    ] = None


class Certificate(Frozen):
    """A certificate as it was presented."""

    system: Key
    unit: Key | None = None
    expires_at: Moment


class Backup(Frozen):
    """A backup that was made, or that failed."""

    system: Key
    unit: Key | None = None
    ok: bool
    size_bytes: Annotated[Count | None, Field()] = None


class MilestonePlan(Frozen):
    """A milestone of an upgrade (mốc nâng cấp)."""

    title: Text
    system: Key
    unit: Key | None = None
    due_on: Day


class MilestoneReached(Frozen):
    evidence: Text | None = None


def _hour(subject: str, time: datetime, data: Any) -> None:
    if subject != f"{data.system}/{time.astimezone(ZONE):%Y-%m-%dT%H}":
        raise Breach("subject", "system_hour")


def _month(subject: str, time: datetime, data: Any) -> None:
    if subject != f"{data.system}/{time.astimezone(ZONE):%Y-%m}":
        raise Breach("subject", "system_month")


SYSTEM = Domain(
    "system",
    "Hệ thống",
    {"measured": Health},
    counters=(
        Counter("looks", "Lượt kiểm tra", "looks at systems", noun=Noun.TIME),
        Counter("unreachable", "Không kết nối được", "looks that found a system unreachable", noun=Noun.TIME),
        Counter("requests", "Yêu cầu", "requests that systems served", noun=Noun.TIME),
        Counter("errors", "Lỗi", "requests that failed", noun=Noun.TIME),
        Counter("latency_total", "Tổng độ trễ", "sum of latencies; by timed it is their mean", noun=Noun.MILLISECOND),
        Counter("timed", "Có đo độ trễ", "looks whose latency is known", noun=Noun.TIME),
        Counter("slow", "Chậm", "looks that took a second or more", noun=Noun.TIME),
        Counter("full", "Gần đầy", "looks that found a resource at 90 % or more", noun=Noun.TIME),
        Counter("unreadable", "Không đọc được số", "looks that got no numbers from a page of metrics", noun=Noun.TIME),
    ),
    part="hệ thống",
    check=_hour,
)
CERTIFICATE = Domain(
    "certificate",
    "Chứng thư số",
    {"seen": Certificate},
    counters=(
        Counter("seen", "Chứng thư", "certificates, on the day first seen", noun=Noun.CERTIFICATE),
        Counter("held", "Đang dùng", "certificates in use", Kind.NOW, Noun.CERTIFICATE, ("held",)),
        Counter("expired", "Hết hạn", "in use past their end", Kind.NOW, Noun.CERTIFICATE, ("held",), DueLook.PAST),
        Counter(
            "expiring", "Sắp hết hạn", "end within seven days", Kind.NOW, Noun.CERTIFICATE, ("held",), DueLook.SOON
        ),
    ),
    part="hệ thống",
)
BACKUP = Domain(
    "backup",
    "Sao lưu",
    {"made": Backup},
    counters=(
        Counter("made", "Sao lưu thành công", "backups that were made", noun=Noun.TIME),
        Counter("failed", "Sao lưu lỗi", "backups that failed", noun=Noun.TIME),
    ),
    part="hệ thống",
    check=_month,
)
MILESTONE = Domain(
    "milestone",
    "Mốc nâng cấp",
    {"planned": MilestonePlan, "reached": MilestoneReached},
    counters=(
        Counter("planned", "Đã đặt mốc", "milestones, on the day of their plan", noun=Noun.MILESTONE),
        Counter("reached", "Đã đạt", "milestones reached", noun=Noun.MILESTONE),
        Counter("open", "Chưa đạt", "planned and not reached", Kind.NOW, Noun.MILESTONE, ("open",)),
        Counter("overdue", "Quá hạn", "not reached past the day", Kind.NOW, Noun.MILESTONE, ("open",), DueLook.PAST),
    ),
    part="hệ thống",
)
