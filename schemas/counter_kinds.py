"""What a counter is: how it counts, of what, and what is said of it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    FLOW = "flow"  # adds up over days
    NOW = "now"  # depends on the clock
    LEVEL = "level"  # a stock: the last measured of each unit and part at or before a day, while there is the unit


class Noun(StrEnum):
    CASE = "hồ sơ"
    STEP = "bước"
    TIME = "lượt"
    RECORD = "bản ghi"
    PERSON = "người"
    TASK = "nhiệm vụ"
    CAMPAIGN = "chiến dịch"
    SYSTEM = "hệ thống"
    CERTIFICATE = "chứng thư"
    MILESTONE = "mốc"
    PETITION = "phản ánh"
    ACTIVITY = "hoạt động"
    MILLISECOND = "ms"
    POINT = "phần nghìn điểm"
    CONNECTION = "kết nối"
    DIRECTIVE = "chỉ đạo"
    HOLD = "lệnh giữ"


class DueLook(StrEnum):
    """How a *now* counter of a domain looks at the deadline."""

    PAST = "past"
    SOON = "soon"  # within :data:`SOON_DAYS` days and not past


SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Counter:
    """``label`` is what a screen writes above the number, ``meaning`` what a reader may rely on, ``definition`` that in
    the words of the page "Chỉ tiêu"."""

    name: str
    label: str
    meaning: str
    kind: Kind = Kind.FLOW
    noun: Noun = Noun.CASE
    standings: tuple[str, ...] = ()  # of a domain's *now* counter: the standings of a subject that count
    due: DueLook | None = None
    judged: bool = False  # by rules and calendar (schemas.rules), so not said by the events alone
    scored: bool = False  # part of a numerator of Quyết định 766, on the day of acceptance (schemas.rules.score_flags)
    definition: str = ""  # of domains other than cases: dashboards.definitions
