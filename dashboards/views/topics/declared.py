"""The pages besides cases, each declared once: which numbers it shows, what it draws by day, and where to look first.

Figures and their meaning are the registry's; here is only which of them a page has room for, and words short enough for
a wall's tile where the registry's label is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboards.counted_domains import KNOWN
from dashboards.periods import PeriodName
from schemas.counter_kinds import Counter


class ShownBy(StrEnum):
    UNIT = "unit"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Number:
    """A counter. ``short`` is its label on a tile, else the registry's; ``warn``: more than none is a warning."""

    domain: str
    counter: str
    short: str = ""
    warn: bool = False

    @property
    def known(self) -> Counter:
        return next(counter for counter in KNOWN[self.domain].counters if counter.name == self.counter)

    @property
    def label(self) -> str:
        return self.short or self.known.label


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, of one domain. ``rest``: what is shown is the rest of it (1 − part / whole)."""

    domain: str
    part: str
    whole: tuple[str, ...]  # counters that add up to it
    label: str
    of: str  # what the whole is, as it stands behind its amount
    rest: bool = False

    @property
    def opens(self) -> Number:
        return Number(self.domain, self.part)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by unit or part, the worst first: the most of a counter, or the lowest of a share."""

    head: str
    by: ShownBy
    of: Number | Share
    none: str  # where there is nothing to show
    under: str = ""  # only parts under this


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """One page. ``alarm`` is what its sentence is about when there is any of it; ``alarm_words`` what stands behind its
    amount there, ``calm`` what is said when there is none."""

    name: str
    title: str
    contract: str  # whose sources count; "" is all
    main: Share
    numbers: tuple[Number, ...]
    trend: Number
    trend_head: str
    first: Table | None  # without one: the sources by their age
    second: Table
    alarm: Number
    alarm_words: str
    calm: str
    subject: str  # what nobody knows when the source is silent
    period: PeriodName = PeriodName.YEAR
    guarded: bool = False  # it has a guard: a wall of its own, and a page of what was found

    @property
    def domains(self) -> tuple[str, ...]:
        return tuple(domain for domain in KNOWN if domain in _domains_of(self))


def _domains_of(topic: ShownTopic) -> set[str]:
    tables = [table.of for table in (topic.first, topic.second) if table is not None]
    return {item.domain for item in (topic.main, *topic.numbers, topic.trend, topic.alarm, *tables)}


_TASKS = ShownTopic(
    name="nhiem-vu",
    title="Nhiệm vụ",
    contract="tasks",
    main=Share("task", "done_late", ("done_on_time", "done_late"), "Xong đúng hạn", "nhiệm vụ có hạn", rest=True),
    numbers=(
        Number("task", "open"),
        Number("task", "overdue", warn=True),
        Number("task", "due_soon"),
        Number("task", "blocked", warn=True),
        Number("task", "done"),
        Number("task", "assigned"),
    ),
    trend=Number("task", "done"),
    trend_head="Hoàn thành theo ngày",
    first=Table("Quá hạn theo đơn vị", ShownBy.UNIT, Number("task", "overdue", warn=True), "Không đơn vị nào quá hạn"),
    second=Table("Theo kế hoạch", ShownBy.PART, Number("task", "open"), "Không có việc đang làm"),
    alarm=Number("task", "overdue"),
    alarm_words="nhiệm vụ quá hạn",
    calm="Không nhiệm vụ nào quá hạn",
    subject="nhiệm vụ",
)
_DATASETS = ShownTopic(
    name="du-lieu",
    title="Dữ liệu",
    contract="datasets",
    main=Share("dataset", "clean", ("records",), "Dữ liệu sạch", "bản ghi"),
    numbers=(
        Number("dataset", "records", "Phải có"),
        Number("dataset", "digitised"),
        Number("dataset", "valid"),
        Number("dataset", "complete"),
        Number("dataset", "fresh"),
        Number("campaign", "overdue", "Chiến dịch trễ", warn=True),
    ),
    trend=Number("dataset", "clean"),
    trend_head="Bản ghi sạch theo ngày",
    first=Table("Sạch thấp nhất", ShownBy.UNIT, Share("dataset", "clean", ("records",), "", ""), "Chưa đo lần nào"),
    second=Table("Theo lĩnh vực", ShownBy.PART, Share("dataset", "clean", ("records",), "", ""), "Chưa đo lần nào"),
    alarm=Number("campaign", "overdue"),
    alarm_words="chiến dịch quá hạn",
    calm="Không chiến dịch nào quá hạn",
    subject="dữ liệu chuyên ngành",
)
_PLATFORM = ShownTopic(
    name="ha-tang",
    title="Hạ tầng",
    contract="platform",
    main=Share("system", "unreachable", ("looks",), "Sẵn sàng", "lượt kiểm tra", rest=True),
    numbers=(
        Number("system", "errors", "Yêu cầu lỗi"),
        Number("system", "unreadable", "Không đọc số", warn=True),
        Number("certificate", "expired", "Chứng thư hết", warn=True),
        Number("certificate", "expiring", "Sắp hết hạn", warn=True),
        Number("backup", "failed", "Sao lưu lỗi", warn=True),
        Number("milestone", "overdue", "Mốc quá hạn", warn=True),
    ),
    trend=Number("system", "unreachable"),
    trend_head="Mất kết nối theo ngày",
    first=Table("Mất kết nối", ShownBy.PART, Number("system", "unreachable", warn=True), "Mọi hệ thống đều kết nối"),
    second=Table("Yêu cầu lỗi", ShownBy.PART, Number("system", "errors"), "Không có yêu cầu lỗi"),
    alarm=Number("certificate", "expired"),
    alarm_words="chứng thư hết hạn",
    calm="Không chứng thư nào hết hạn",
    subject="hạ tầng",
    period=PeriodName.MONTH,
)
_PORTAL = ShownTopic(
    name="cong-quoc-gia",
    title="Cổng quốc gia",
    contract="portal",
    main=Share(
        "petition",
        "answered_late",
        ("answered_on_time", "answered_late"),
        "Trả lời đúng hạn",
        "phản ánh có hạn",
        rest=True,
    ),
    numbers=(
        Number("petition", "received", "Phản ánh"),
        Number("petition", "answered"),
        Number("petition", "open"),
        Number("petition", "overdue", warn=True),
        Number("petition", "disliked"),
        Number("portal", "figures"),
    ),
    trend=Number("petition", "received"),
    trend_head="Phản ánh theo ngày",
    first=Table(
        "Quá hạn theo đơn vị", ShownBy.UNIT, Number("petition", "overdue", warn=True), "Không đơn vị nào quá hạn"
    ),
    second=Table(
        "Chỉ tiêu tháng",
        ShownBy.PART,
        Share("portal", "numerator", ("denominator",), "", ""),
        "Cổng chưa có số",
        "month/",
    ),
    alarm=Number("petition", "overdue"),
    alarm_words="phản ánh quá hạn trả lời",
    calm="Không phản ánh nào quá hạn trả lời",
    subject="Cổng quốc gia",
)
_OUTREACH = ShownTopic(
    name="truyen-thong",
    title="Truyền thông",
    contract="outreach",
    main=Share("training", "attended", ("invited",), "Dự tập huấn", "người được mời"),
    numbers=(
        Number("activity", "held", "Hoạt động"),
        Number("activity", "reached", "Lượt người"),
        Number("training", "held", "Lớp tập huấn"),
        Number("staffing", "staff", "Cán bộ"),
        Number("staffing", "trained"),
        Number("staffing", "it_staff", "Người làm CNTT"),
    ),
    trend=Number("activity", "held"),
    trend_head="Hoạt động theo ngày",
    first=Table(
        "Ít tập huấn nhất", ShownBy.UNIT, Share("staffing", "trained", ("staff",), "", ""), "Chưa đơn vị nào báo"
    ),
    second=Table("Hình thức", ShownBy.PART, Number("activity", "held"), "Chưa có hoạt động"),
    alarm=Number("training", "held"),
    alarm_words="lớp tập huấn",
    calm="Chưa có lớp tập huấn",
    subject="truyền thông",
)
_LOOKUPS = ShownTopic(
    name="tra-cuu",
    title="Tra cứu",
    contract="lookups",
    main=Share("lookup", "without_case", ("lookups",), "Có gắn hồ sơ", "lượt tra cứu", rest=True),
    numbers=(
        Number("lookup", "lookups", "Lượt tra cứu"),
        Number("lookup", "without_case", "Không hồ sơ", warn=True),
        Number("lookup", "automatic"),
        Number("lookup", "errors"),
        Number("connection", "down", "Đang bị ngắt", warn=True),
        Number("limit", "set", "Ngưỡng đặt"),
    ),
    trend=Number("lookup", "lookups"),
    trend_head="Tra cứu theo ngày",
    first=Table("Không gắn hồ sơ", ShownBy.UNIT, Number("lookup", "without_case", warn=True), "Mọi lượt đều gắn hồ sơ"),
    second=Table("Theo ứng dụng", ShownBy.PART, Number("lookup", "lookups"), "Chưa có lượt nào"),
    alarm=Number("connection", "down"),
    alarm_words="kết nối đang bị ngắt",
    calm="Kết nối đang thông",
    subject="tra cứu dân cư",
    period=PeriodName.TODAY,
    guarded=True,
)
_SOURCES = ShownTopic(
    name="nguon",
    title="Nguồn",
    contract="",
    main=Share("source", "silent", ("feeds",), "Nguồn đúng nhịp", "nguồn có nhịp", rest=True),
    numbers=(
        Number("source", "sources"),
        Number("source", "silent", warn=True),
        Number("source", "events"),
        Number("source", "duplicates"),
        Number("source", "rejected", warn=True),
        Number("source", "lost", "Bị mất", warn=True),
    ),
    trend=Number("source", "rejected", warn=True),
    trend_head="Bị từ chối theo ngày",
    first=None,
    second=Table("Bị từ chối", ShownBy.UNIT, Number("source", "rejected", warn=True), "Không bản ghi nào"),
    alarm=Number("source", "silent"),
    alarm_words="nguồn chậm hoặc im lặng",
    calm="Mọi nguồn đúng nhịp",
    subject="các nguồn",
    period=PeriodName.MONTH,
)

TOPICS: Mapping[str, ShownTopic] = {
    topic.name: topic for topic in (_LOOKUPS, _DATASETS, _TASKS, _PLATFORM, _PORTAL, _OUTREACH, _SOURCES)
}
OF_DOMAIN: Mapping[str, ShownTopic] = {domain: topic for topic in TOPICS.values() for domain in topic.domains}
