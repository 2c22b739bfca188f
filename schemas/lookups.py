"""``ioc.lookups``: every look-up (tra cứu, khai thác) of the national population database, and the connection itself.

The fields are those of domain.md 5.4. The person is a keyed hash made before Kafka (key id and hash), never a number.
A look-up's subject is ``account/YYYY-MM-DD``, the account and the day of its moment in the province: what names one
event then lies within one day, however many years are kept. Limits are the province's own settings; no official quota
is published (chưa kiểm chứng).
"""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from schemas.case_code import CaseCode
from schemas.counter_kinds import Counter, Kind, Noun
from schemas.domain import Breach, Domain
from schemas.envelope import Frozen, Key, Text
from schemas.province import ZONE, as_date, day_of, moment

PersonHash = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9-]{1,16}:[0-9a-f]{32,64}$"),
    Field(description="Keyed hash of the identity number, behind the key's id: k1:9f86…"),
]
Address = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F.:]{2,45}$"), Field(description="Client's IP address.")]


class LookupChannel(StrEnum):
    SCREEN = "screen"
    AUTOMATIC = "automatic"


class Result(StrEnum):
    FOUND = "found"
    NOT_FOUND = "not_found"
    MISMATCH = "mismatch"
    ERROR = "error"


class LookUp(Frozen):
    """One look-up: who, for what, whom (hashed) and what came of it."""

    unit: Key
    application: Annotated[Key, Field(description="The system that asked.")]
    purpose: Annotated[Key | None, Field(description="Purpose or service code.")] = None
    case: CaseCode | None = None
    channel: LookupChannel
    person: PersonHash | None = None
    fields: Annotated[tuple[Key, ...], Field(max_length=60, strict=False, description="Fields asked for.")] = ()
    result: Result
    latency_ms: Annotated[int | None, Field(ge=0, le=3_600_000)] = None
    client: Address | None = None


class Scope(StrEnum):
    ACCOUNT = "account"
    UNIT = "unit"
    APPLICATION = "application"
    PROVINCE = "province"


class Window(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class Limit(Frozen):
    """The province's own limit from this moment on; below the declared frequency of Nghị định 47/2020 Điều 35(2)."""

    scope: Scope
    key: Annotated[Key | None, Field(description="The account, unit or application; none for all of the scope.")] = None
    window: Window
    lookups: Annotated[int, Field(ge=0, le=10**9)]


class Cut(Frozen):
    """The provider has suspended the connection (tạm ngừng; Nghị định 47/2020 Điều 43(2))."""

    reason: Text | None = None


class Restored(Frozen):
    """The connection works again."""


def account_of(subject: str) -> str:
    """The account of a look-up's subject."""
    return subject.rpartition("/")[0]


@lru_cache(maxsize=4096)
def written_day(day: int) -> str:
    """A day of the province as a subject has it: YYYY-MM-DD."""
    return as_date(day).isoformat()


def _check(subject: str, time: datetime, data: Any) -> None:
    # The province's clock has stood still since 1975; before, it is asked, though the stream takes nothing so old.
    account, _, day = subject.rpartition("/")
    written = written_day(day_of(moment(time))) if time.year > 1975 else f"{time.astimezone(ZONE):%Y-%m-%d}"
    if not account or day != written:
        raise Breach("subject", "account_day")


LOOKUP = Domain(
    "lookup",
    "Tra cứu CSDLQG về dân cư",
    {"performed": LookUp},
    counters=(
        Counter("lookups", "Lượt tra cứu", "look-ups that stand", noun=Noun.TIME),
        Counter("without_case", "Không gắn hồ sơ", "look-ups that name no case", noun=Noun.TIME),
        Counter("not_found", "Không tìm thấy", "look-ups that found nobody", noun=Noun.TIME),
        Counter("mismatch", "Không khớp", "look-ups whose answer did not match", noun=Noun.TIME),
        Counter("errors", "Lỗi", "look-ups that ended in an error", noun=Noun.TIME),
        Counter("automatic", "Tự động", "look-ups by a program", noun=Noun.TIME),
        Counter("latency_total", "Tổng độ trễ", "sum of latencies; by timed it is their mean", noun=Noun.MILLISECOND),
        Counter("timed", "Có đo độ trễ", "look-ups whose latency is known", noun=Noun.TIME),
    ),
    part="ứng dụng",
    check=_check,
)
COUNTERS: tuple[str, ...] = tuple(counter.name for counter in LOOKUP.counters)  # columns of both rollups, in order
LATENCY_BOUNDS_MS = (100, 250, 500, 1_000, 2_500, 5_000, 10_000)
# Columns of the rollup by unit and hour: latency_250 counts what took more than 100 and up to 250 ms. What took longer
# than the last bound is ``timed`` less all of these.
HISTOGRAM: tuple[str, ...] = tuple(f"latency_{bound}" for bound in LATENCY_BOUNDS_MS)
CONNECTION = Domain(
    "connection",
    "Kết nối CSDLQG về dân cư",
    {"cut": Cut, "restored": Restored},
    counters=(
        Counter("cuts", "Lần bị ngắt", "times that the connection was cut", noun=Noun.TIME),
        Counter("restorations", "Lần nối lại", "times that it was restored", noun=Noun.TIME),
        Counter("down", "Đang bị ngắt", "connections that are cut now", Kind.NOW, Noun.CONNECTION, ("cut",)),
    ),
)
LIMIT = Domain(
    "limit",
    "Ngưỡng tra cứu của tỉnh",
    {"set": Limit},
    counters=(
        Counter("changes", "Lần đổi ngưỡng", "limits that were set", noun=Noun.TIME),
        Counter("set", "Ngưỡng đang đặt", "limits in force", Kind.NOW, Noun.TIME, ("set",)),
    ),
    part="phạm vi",
)
