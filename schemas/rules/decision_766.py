"""Quyết định 766/QĐ-TTg (23/6/2022): components, the two ways to score them, groups, bands. Pure.

The full annex was not seen: weights and groups are second-hand, thresholds to be verified before an official report
(domain.md 1.1-1.5, *chưa kiểm chứng*). Points go from 0 to a component's maximum; all of them come to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reading(StrEnum):
    """How points are given."""

    ANNEX = "annex"  # as the business description of the decision has it (domain.md 1.3)
    PORTAL = "portal"  # as the national portal was seen to compute (domain.md 1.4)


class Group(StrEnum):
    """The national portal's six; payment is split out of the decision's online group."""

    TRANSPARENCY = "CKMB"
    PROGRESS = "TDGQ"
    ONLINE = "ONLINE"
    PAYMENT = "TTTT"
    DIGITISATION = "MDSH"
    SATISFACTION = "MDHL"


GROUPS = {
    Group.TRANSPARENCY: "Công khai, minh bạch",
    Group.PROGRESS: "Tiến độ giải quyết",
    Group.ONLINE: "Cung cấp dịch vụ công trực tuyến",
    Group.PAYMENT: "Thanh toán trực tuyến",
    Group.DIGITISATION: "Mức độ số hóa hồ sơ",
    Group.SATISFACTION: "Mức độ hài lòng",
}


class Origin(StrEnum):
    """Where numerator and denominator come from."""

    EVENTS = "events"  # the province's own cases
    PORTAL = "portal"  # what the national portal publishes, or its petitions (ioc.portal)
    CATALOGUE = "catalogue"  # the procedures' catalogue (danh mục TTHC), with own cases where it must be


@dataclass(frozen=True, slots=True)
class Component:
    """``full_at``: the ratio from which all points are given, by reading. ``none``: the points where there is nothing
    to count. ``times``: a component whose ratio the own one is multiplied with, by reading."""

    number: str  # as the decision's description numbers it
    code: str
    label: str
    group: Group
    maximum: float
    formula: str
    origin: Origin
    full_at: Mapping[Reading, float]
    none: float = 0.0
    times: Mapping[Reading, str] | None = None


@dataclass(frozen=True, slots=True)
class CountedPart:
    """``part`` of ``whole``, in the component's own unit (cases, procedures, petitions)."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """At most 1; ``None`` of nothing."""
        return min(1.0, self.part / self.whole) if self.whole > 0 else None

    def __add__(self, other: "CountedPart") -> "CountedPart":
        return CountedPart(self.part + other.part, self.whole + other.whole)


def _both(ratio: float) -> dict[Reading, float]:
    return {Reading.ANNEX: ratio, Reading.PORTAL: ratio}


_WHOLE = _both(1.0)
_T, _G, _O, _P, _D, _S = Group
_EVENTS, _PORTAL, _CATALOGUE = Origin

COMPONENTS: tuple[Component, ...] = (
    Component(
        "1.1", "PUBLISH_ON_TIME", "Công bố TTHC đúng hạn", _T, 6,
        "TTHC có quyết định công bố đúng hạn ÷ TTHC được công bố trong kỳ", _PORTAL, _WHOLE,
    ),
    Component(
        "1.2", "PUBLIC_UPDATE_ON_TIME", "Cập nhật, công khai đúng hạn", _T, 4,
        "TTHC công khai đúng hạn sau quyết định ÷ TTHC đã và chờ công khai", _PORTAL, _WHOLE,
    ),
    Component(
        "1.3", "PUBLIC_CONTENT_FULL", "Công khai đủ nội dung", _T, 2,
        "TTHC đủ 7 bộ phận (Điều 8(2) NĐ 63/2010) ÷ TTHC công khai", _PORTAL, _WHOLE,
    ),
    Component(
        "1.4", "DOSSIER_SYNC", "Đồng bộ hồ sơ lên Cổng DVCQG", _T, 6,
        "Hồ sơ tiếp nhận trong kỳ mà Cổng đã nhận ÷ hồ sơ tiếp nhận trong kỳ", _EVENTS, _WHOLE,
    ),
    Component(
        "2.1", "PROGRESS", "Tiến độ giải quyết đúng hạn", _G, 20,
        "(kết thúc đúng hạn + còn trong hạn cuối kỳ) ÷ hồ sơ có hạn kết thúc trong kỳ và còn giải quyết cuối kỳ",
        _EVENTS, _WHOLE,
    ),
    Component(
        "3.1", "ONLINE_SERVICES", "TTHC cung cấp trực tuyến", _O, 2,
        "TTHC trực tuyến một phần và toàn trình ÷ TTHC cùng cấp mà danh mục nói có trực tuyến hay không",
        _CATALOGUE, _both(0.80),
    ),
    Component(
        "3.2", "ONLINE_SERVICES_USED", "Dịch vụ trực tuyến có phát sinh hồ sơ", _O, 4,
        "dịch vụ trực tuyến cùng cấp có hồ sơ trực tuyến trong kỳ ÷ dịch vụ trực tuyến cùng cấp trong danh mục",
        _CATALOGUE, _WHOLE,
    ),
    Component(
        "3.3", "ONLINE_DOSSIERS", "Hồ sơ nộp trực tuyến", _O, 6,
        "hồ sơ nộp trực tuyến ÷ hồ sơ tiếp nhận trong kỳ (phụ lục: nhân với tỷ lệ đồng bộ 1.4)", _EVENTS, _both(0.50),
        times={Reading.ANNEX: "DOSSIER_SYNC"},
    ),
    Component(
        "3.5", "PAYMENT_SERVICES", "TTHC có nghĩa vụ tài chính được tích hợp thanh toán", _P, 2,
        "TTHC có phí được tích hợp thanh toán ÷ TTHC có phí", _PORTAL, _both(0.80),
    ),
    Component(
        "3.5b", "PAYMENT_SERVICES_USED", "TTHC có giao dịch thanh toán trực tuyến", _P, 2,
        "TTHC có phí cùng cấp có hồ sơ trong kỳ trả trực tuyến ÷ TTHC có phí cùng cấp trong danh mục",
        _CATALOGUE, _both(0.80),
    ),
    Component(
        "3.6", "ONLINE_PAYMENT", "Hồ sơ thanh toán trực tuyến", _P, 6,
        "hồ sơ trả trực tuyến ÷ hồ sơ tiếp nhận trong kỳ phải nộp phí theo danh mục hoặc đã nộp", _EVENTS, _WHOLE,
    ),
    Component(
        "4.1", "ORIGINAL_RESULT_AVAILABLE", "Cấp kết quả điện tử", _D, 6,
        "hồ sơ có kết quả điện tử ÷ hồ sơ tiếp nhận trong kỳ", _EVENTS, _WHOLE,
    ),
    Component(
        "4.2", "SO_HOA_GIAY_TO_GIAI_QUYET", "Số hóa giấy tờ khi tiếp nhận, giải quyết", _D, 4,
        "hồ sơ số hóa cả giấy tờ và kết quả ÷ hồ sơ tiếp nhận trong kỳ", _EVENTS,
        {Reading.ANNEX: 0.80, Reading.PORTAL: 1.0},
    ),
    Component(
        "4.3", "REUSED_DIGITIZED_DATA", "Tái sử dụng dữ liệu số hóa", _D, 2,
        "hồ sơ dùng lại giấy tờ đã số hóa ÷ hồ sơ tiếp nhận trong kỳ", _EVENTS, _both(0.80),
    ),
    Component(
        "4.4", "SYNCED_WITH_DVCQG_PERSONAL_STORAGE", "Đồng bộ kho dữ liệu cá nhân, tổ chức", _D, 4,
        "hồ sơ có giấy tờ từ kho hoặc kết quả được đồng bộ ÷ hồ sơ", _PORTAL, _WHOLE,
    ),
    Component(
        "4.5a", "CITIZEN_DATA_CONNECTED_FORMALITY", "TTHC có khai thác dữ liệu dân cư", _D, 2,
        "TTHC có hồ sơ dùng CSDLQG về dân cư ÷ TTHC có hồ sơ tiếp nhận trong kỳ", _EVENTS, _WHOLE,
    ),
    Component(
        "4.5b", "CITIZEN_DATA_CONNECTED_DOSSIER", "Hồ sơ có khai thác dữ liệu dân cư", _D, 2,
        "hồ sơ dùng CSDLQG về dân cư ÷ hồ sơ tiếp nhận trong kỳ", _EVENTS, _WHOLE,
    ),
    Component(
        "4.6", "ELECTRONIC_CERTIFIED_COPY", "Chứng thực bản sao điện tử", _D, 2,
        "theo Cổng DVCQG", _PORTAL, _WHOLE,
    ),
    Component(
        "5.2", "PETITION_PROCESSING_ON_TIME", "Xử lý phản ánh, kiến nghị đúng hạn", _S, 6,
        "trả lời đúng hạn ÷ phản ánh có hạn, trả lời trong kỳ hoặc quá hạn cuối kỳ; không có thì đủ điểm",
        _PORTAL, _WHOLE, none=6,
    ),
    Component(
        "5.3", "PETITION_HANDLING_SATISFACTION", "Hài lòng về xử lý phản ánh, kiến nghị", _S, 6,
        "(phản ánh như 5.2 − trễ, quá hạn − không hài lòng) ÷ phản ánh như 5.2; không có thì đủ điểm",
        _PORTAL, _WHOLE, none=6,
    ),
    Component(
        "5.4", "DOSSIER_RECEIVING_SATISFACTION", "Hài lòng về giải quyết TTHC", _S, 6,
        "100 % − tỷ lệ quá hạn − tỷ lệ bị đánh giá không hài lòng, của hồ sơ như 2.1", _EVENTS, _both(0.90),
    ),
)  # fmt: skip
COMPONENT = {component.code: component for component in COMPONENTS}


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A row that gives no points."""

    number: str
    code: str
    label: str
    unit: str
    formula: str
    origin: Origin


INFORMATION: tuple[ShownFigure, ...] = (
    ShownFigure(
        "2.2", "MEAN_TIME", "Thời gian giải quyết trung bình", "giờ làm việc",
        "thời gian làm việc từ tiếp nhận đến khi xong hoặc trả kết quả, trừ lúc chờ công dân ÷ hồ sơ xong trong kỳ",
        _EVENTS,
    ),
    ShownFigure(
        "5.1", "PETITION_CLASSIFICATION", "Phân loại phản ánh, kiến nghị", "phản ánh",
        "phản ánh nhận trong kỳ, về thủ tục và về cán bộ", _PORTAL,
    ),
)  # fmt: skip

Figures = Mapping[str, CountedPart | None]
"""By code; ``None`` or left out: not known, which is not 0."""


@dataclass(frozen=True, slots=True)
class PointsScore:
    """What a unit has come to. ``points`` holds the components that are known; those could give ``possible``."""

    reading: Reading
    points: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(self.points.values())

    @property
    def possible(self) -> float:
        return sum(COMPONENT[code].maximum for code in self.points)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(component.code for component in COMPONENTS if component.code not in self.points)

    def group(self, group: Group) -> float | None:
        """``None`` where nothing of it is known."""
        known = [points for code, points in self.points.items() if COMPONENT[code].group is group]
        return sum(known) if known else None

    def gain(self, code: str) -> float:
        """Points that the component could still give."""
        return COMPONENT[code].maximum - self.points[code]

    @property
    def gains(self) -> tuple[tuple[str, float], ...]:
        """What would lift it, the most first (điểm có thể tăng); only of what is known and not full."""
        found = [(code, self.gain(code)) for code in self.points if self.gain(code) > 1e-9]
        return tuple(sorted(found, key=lambda one: (-one[1], COMPONENT[one[0]].number)))


def score(figures: Figures, reading: Reading, granted: frozenset[str] = frozenset()) -> PointsScore:
    """``granted``: codes of which the unit gets the maximum whatever is counted (they do not apply to its level)."""
    points: dict[str, float] = {}
    for component in COMPONENTS:
        if component.code in granted:
            points[component.code] = component.maximum
            continue
        counted = figures.get(component.code)
        if counted is None:
            continue
        factor = _factor(component, figures, reading)
        if factor is not None:
            points[component.code] = points_of(component, counted.ratio, reading, factor)
    return PointsScore(reading, points)


def points_of(component: Component, ratio: float | None, reading: Reading, factor: float = 1.0) -> float:
    """Points of a ratio, 0 to the maximum; ``None`` is a ratio of nothing."""
    if ratio is None:
        return component.none
    return min(component.maximum, component.maximum * ratio * factor / component.full_at[reading])


def _factor(component: Component, figures: Figures, reading: Reading) -> float | None:
    """``None``: what it would be multiplied with is not known."""
    code = (component.times or {}).get(reading)
    if code is None:
        return 1.0
    other = figures.get(code)
    return None if other is None else other.ratio or 0.0


class Band(StrEnum):
    EXCELLENT = "Xuất sắc"
    GOOD = "Tốt"
    FAIR = "Khá"
    AVERAGE = "Trung bình"
    WEAK = "Yếu"


BANDS = ((90.0, Band.EXCELLENT), (80.0, Band.GOOD), (70.0, Band.FAIR), (50.0, Band.AVERAGE))


def band(total: float) -> Band:
    """Of a total of 100, as it is shown: with two decimals (domain.md 1.5)."""
    shown = round(total, 2)
    return next((name for least, name in BANDS if shown >= least), Band.WEAK)
