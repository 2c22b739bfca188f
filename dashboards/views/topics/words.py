"""What a topic's keys are called: parts, standings, kinds of events, and the period under a number."""

from dashboards import part_names, source_names
from dashboards.counted_domains import SOURCES
from dashboards.readers.openings import Opening
from dashboards.readers.subjects import StoredSubject
from dashboards.unnamed import UNNAMED, named, unnamed
from dashboards.views.topics.declared import Number
from dashboards.views.topics.live import Topical
from dashboards.words import NB, number, short_period, unit
from schemas.counter_kinds import Kind
from schemas.rules.decision_766 import COMPONENT

NO_PART = "chưa rõ"
NO_SOURCE = "không rõ nguồn"
COMPONENTS = {  # codes of Decision 766's components (domain.md 1.3), short enough for a wall's row
    "PUBLISH_ON_TIME": "Công bố TTHC",
    "PUBLIC_UPDATE_ON_TIME": "Công khai TTHC",
    "PUBLIC_CONTENT_FULL": "Đủ nội dung",
    "DOSSIER_SYNC": "Đồng bộ hồ sơ",
    "DOSSIER_PROCESSING_ON_TIME": "Xử lý đúng hạn",
    "ORIGINAL_RESULT_AVAILABLE": "Kết quả điện tử",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "Số hóa hồ sơ",
    "REUSED_DIGITIZED_DATA": "Tái sử dụng",
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": "Kho dữ liệu số",
    "CITIZEN_DATA_CONNECTED_FORMALITY": "TTHC dùng dân cư",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "Hồ sơ dùng dân cư",
    "ELECTRONIC_CERTIFIED_COPY": "Chứng thực số",
    "PETITION_PROCESSING_ON_TIME": "Xử lý phản ánh",
    "PETITION_HANDLING_SATISFACTION": "Hài lòng phản ánh",
    "DOSSIER_RECEIVING_SATISFACTION": "Hài lòng hồ sơ",
}
SHORT_COMPONENTS = {
    "PUBLISH_ON_TIME": "Công bố",
    "PUBLIC_UPDATE_ON_TIME": "Công khai",
    "DOSSIER_SYNC": "Đồng bộ",
    "DOSSIER_PROCESSING_ON_TIME": "Đúng hạn",
    "ORIGINAL_RESULT_AVAILABLE": "Kết quả số",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "Số hóa",
    "SYNCED_WITH_DVCQG_PERSONAL_STORAGE": "Kho dữ liệu",
    "CITIZEN_DATA_CONNECTED_FORMALITY": "TTHC dân cư",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "Hồ sơ dân cư",
    "ELECTRONIC_CERTIFIED_COPY": "Chứng thực",
    "PETITION_PROCESSING_ON_TIME": "Phản ánh",
    "PETITION_HANDLING_SATISFACTION": "PA hài lòng",
    "DOSSIER_RECEIVING_SATISFACTION": "Hài lòng",
}
PERIOD_KINDS = {"month": "tháng", "quarter": "quý", "year": "năm"}
PARTS = {
    "petition": {"procedure": "Về thủ tục", "staff": "Về cán bộ"},
    "activity": {
        "press": "Báo, đài",
        "social": "Mạng xã hội",
        "loudspeaker": "Truyền thanh",
        "meeting": "Họp dân",
        "print": "Tờ rơi",
        "other": "Khác",
    },
    "source": {
        "cases": "Hồ sơ",
        "lookups": "Tra cứu",
        "datasets": "Dữ liệu",
        "tasks": "Nhiệm vụ",
        "platform": "Hạ tầng",
        "portal": "Cổng quốc gia",
        "outreach": "Truyền thông",
    },
    "limit": {"account": "Tài khoản", "unit": "Đơn vị", "application": "Ứng dụng", "province": "Toàn tỉnh"},
}
SOURCE_PERIODS = {"events": f"từ{NB}đầu", "duplicates": f"từ{NB}đầu", "lost": f"7{NB}ngày"}
STANDINGS = {
    "open": "đang thực hiện",
    "blocked": "đang vướng",
    "done": "đã xong",
    "cancelled": "đã bỏ",
    "held": "đang dùng",
    "shared": "đã chia sẻ",
    "running": "đang chạy",
    "ended": "đã kết thúc",
    "up": "kết nối",
    "down": "mất kết nối",
    "unread": "kết nối, không đọc được số",
    "cut": "bị ngắt",
    "ok": "tốt",
    "failed": "lỗi",
    "reached": "đã đạt",
    "published": "đã công bố",
    "answered": "đã trả lời",
    "reported": "đã báo cáo",
    "set": "đang đặt",
    "": "chưa rõ",
}
OF_DOMAIN = {("petition", "open"): "đang xử lý", ("milestone", "open"): "chưa đạt", ("dataset", "held"): "chưa chia sẻ",
             ("activity", "held"): "đã làm", ("training", "held"): "đã mở"}  # fmt: skip


def _of_decision(code: str) -> str:
    return COMPONENT[code].label if code in COMPONENT else unnamed(code)


def standing(domain: str, word: str) -> str:
    return OF_DOMAIN.get((domain, word)) or named(STANDINGS, word)


def unit_name(domain: str, key: str, name: str) -> str:
    """Of a unit, or where the sources are counted, of what a record states as its source."""
    return source(key) if domain == SOURCES.name else unit(name)


def source(urn: str | None) -> str:
    return source_names.name(urn) if urn else NO_SOURCE


TITLED = frozenset(("task", "campaign", "milestone", "activity"))  # whose contracts have a title


def title(domain: str, subject: StoredSubject) -> str:
    """What the subject is called. Of what has a title and was given none, that it has no name; of others what their
    key says."""
    if subject.title:
        return subject.title
    if domain == "system":
        return part_names.system(subject.subject)
    return f"{UNNAMED}{subject.subject}" if domain in TITLED else subject.subject


def part(
    domain: str, key: str, names: dict[str, str] | None = None, *, whole: bool = False, short: bool = False
) -> str:
    """The name of a part. ``names``: of sectors, by key. ``whole``: with the kind of period of a portal's figure;
    ``short``: for a wall's row."""
    if not key:
        return NO_PART
    if domain == "portal":
        kind, _, rest = key.partition("/")
        component, _, service = rest.partition("/")
        name = COMPONENTS.get(component) or _of_decision(component)
        words = (SHORT_COMPONENTS.get(component, name) if short else name) + (f", {service}" if service else "")
        return f"{words}, {named(PERIOD_KINDS, kind)}" if whole else words
    name = PARTS.get(domain, {}).get(key) or (names or {}).get(key) or part_names.name(domain, key)
    # A plan is called by its number and its date; the number tells it from the others.
    return name.partition(" ")[0] if short and domain == "task" and name[:1].isdigit() else name


def period_on(live: Topical, number: Number) -> str:
    """The period as it stands under a number: short, because the number needs the room."""
    if number.domain == SOURCES.name and number.counter in SOURCE_PERIODS:
        return SOURCE_PERIODS[number.counter]
    kind = number.known.kind
    if kind is Kind.NOW:
        return f"lúc{NB}này"
    if kind is Kind.LEVEL:
        return f"mới{NB}nhất"
    return short_period(live.period, live.today)


def lines(opening: Opening, amount: str) -> str:
    """The number as the tile showed it; where a line can count more than once, over how many lines."""
    return amount if opening.amount == opening.cases else f"{amount} của {number(opening.cases)} dòng"
