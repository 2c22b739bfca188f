"""The one registry of counters. Screens, API, reports and the audit take names, labels and meaning from here.

A *flow* counts on the day of its own event and lives in the rollups (one column a counter); its list is the view
``case_flow``. A *now* counter depends on the clock, is computed from ``case_state`` and its list is the view
``case_now``. ``tests/integration/test_every_counter.py`` compares count and list for every one.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    FLOW = "flow"  # adds up over days
    NOW = "now"  # depends on the clock
    LEVEL = "level"  # a stock: the last measured of each unit and part at or before a day


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


class DueLook(StrEnum):
    """How a *now* counter of a domain looks at the deadline."""

    PAST = "past"
    SOON = "soon"  # within :data:`SOON_DAYS` days and not past


SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Counter:
    """``label`` is what a screen writes above the number, ``meaning`` what a reader may rely on."""

    name: str
    label: str
    meaning: str
    kind: Kind = Kind.FLOW
    noun: Noun = Noun.CASE
    standings: tuple[str, ...] = ()  # of a domain's *now* counter: the standings of a subject that count
    due: DueLook | None = None
    judged: bool = False  # by rules and calendar (schemas.rules), so not said by the events alone
    scored: bool = False  # part of a numerator of Quyết định 766, on the day of acceptance (schemas.rules.score_flags)


CASE_COUNTERS: tuple[Counter, ...] = (
    Counter("submitted", "Nộp", "cases submitted, on the day of submission"),
    Counter("accepted", "Tiếp nhận", "cases accepted, on the day of acceptance"),
    Counter("refused", "Từ chối", "cases that ended by refusal of acceptance"),
    Counter("steps", "Bước xử lý", "pieces of work, for the unit that did them", noun=Noun.STEP),
    Counter("supplements", "Yêu cầu bổ sung", "requests for supplements", noun=Noun.TIME),
    Counter("supplements_received", "Đã bổ sung", "supplements received", noun=Noun.TIME),
    Counter("extensions", "Gia hạn", "new appointments given", noun=Noun.TIME),
    Counter("suspensions", "Tạm dừng", "suspensions", noun=Noun.TIME),
    Counter("resumptions", "Tiếp tục", "resumptions after a suspension", noun=Noun.TIME),
    Counter("stopped", "Dừng xử lý", "cases that ended by being stopped (status 8)"),
    Counter("withdrawn", "Rút hồ sơ", "cases that ended by withdrawal"),
    Counter("finished", "Đã xong", "cases that ended finished or returned"),
    Counter("returned", "Đã trả", "cases whose result was returned"),
    Counter("on_time", "Đúng hạn", "finished at or before the deadline"),
    Counter("late", "Trễ hạn", "finished after the deadline"),
    Counter("paid", "Thanh toán", "payments", noun=Noun.TIME),
    Counter("digitised", "Số hóa", "digitisations of papers or results", noun=Noun.TIME),
    Counter("rated", "Đánh giá", "ratings by citizens", noun=Noun.TIME),
    Counter("conflicts", "Bản ghi mâu thuẫn", "other versions of an event that did not count", noun=Noun.TIME),
    Counter("voided", "Hủy", "cases voided as a whole, on the day of the voiding"),
    Counter("oversized", "Quá nhiều sự kiện", "cases with more events than a history holds; on the topic's first day"),
    Counter("synced", "Đồng bộ", "messages to the national portal, refused ones too", noun=Noun.TIME),
    Counter("sync_refused", "Đồng bộ bị từ chối", "messages that the national portal refused", noun=Noun.TIME),
    Counter("sync_rewritten", "Gửi 9 thay 5, 6, 8", "messages with status 5, 6 or 8 rewritten to 9", noun=Noun.TIME),
    Counter("sync_code_invented", "Mã hồ sơ tự sinh", "messages under a code made up for them", noun=Noun.TIME),
    Counter("sync_dummy_identity", "Định danh giả", "messages with a dummy identity for a person", noun=Noun.TIME),
    Counter(
        "sync_attachment_repeated", "Kết quả là giấy nộp", "messages that send a paper back as result", noun=Noun.TIME
    ),
    Counter("sync_status_missing", "Thiếu trạng thái", "messages with a process row without status", noun=Noun.TIME),
    Counter("chain_steps", "Bước liên thông", "hand-overs between the agencies of a chain", noun=Noun.TIME),
    Counter("data_used", "Khai thác CSDL", "uses of a national database for a case", noun=Noun.TIME),
    Counter("on_time_61", "Đúng hạn (NĐ 61)", "finished within the deadline of Nghị định 61/2018", judged=True),
    Counter("late_61", "Trễ hạn (NĐ 61)", "finished after the deadline of Nghị định 61/2018", judged=True),
    Counter("on_time_766", "Đúng hạn (QĐ 766)", "ended on time as Quyết định 766 is counted", judged=True),
    Counter("late_766", "Trễ hạn (QĐ 766)", "ended overdue as Quyết định 766 is counted", judged=True),
    Counter("late_real", "Trễ do cơ quan", "finished late, and not for waiting", judged=True),
    Counter("late_waiting", "Trễ do chờ", "late for waiting: citizen, other agency, payment", judged=True),
    Counter(
        "late_sync", "Trễ do đồng bộ", "finished on time, known to the national portal after the deadline", judged=True
    ),
    Counter(
        "repeated_supplements",
        "Yêu cầu bổ sung quá số lần",
        "requests for supplements beyond the first (Nghị định 61/2018, 17(1)a)",
        noun=Noun.TIME,
        judged=True,
    ),
    Counter(
        "second_extensions",
        "Gia hạn quá số lần",
        "new appointments beyond the first (Nghị định 61/2018, 19(9))",
        noun=Noun.TIME,
        judged=True,
    ),
    Counter(
        "extensions_without_letter",
        "Gia hạn thiếu thư xin lỗi",
        "without a letter of apology a day before expiry (Nghị định 61/2018, 19(9))",
        noun=Noun.TIME,
        judged=True,
    ),
    Counter(
        "refused_without_reason",
        "Từ chối không nêu lý do",
        "without a written reason (Nghị định 61/2018, 17(1)b)",
        noun=Noun.TIME,
        judged=True,
    ),
    Counter(
        "accepted_late",
        "Tiếp nhận trực tuyến quá 8 giờ",
        "online cases accepted after 8 working hours",
        noun=Noun.TIME,
        judged=True,
    ),
    Counter("portal_known", "Cổng đã nhận", "cases accepted that the national portal has", scored=True),
    Counter(
        "results_electronic", "Kết quả điện tử", "cases accepted whose result was issued electronically", scored=True
    ),
    Counter(
        "digitised_whole",
        "Số hóa cả giấy tờ và kết quả",
        "cases accepted whose papers and result are digitised",
        scored=True,
    ),
    Counter("papers_reused", "Tái sử dụng giấy tờ số", "cases accepted with digitised papers used again", scored=True),
    Counter(
        "population_used",
        "Dùng dữ liệu dân cư",
        "cases accepted that the population database answered for",
        scored=True,
    ),
    Counter(
        "fee_cases",
        "Hồ sơ có phí",
        "cases accepted that must pay: by the catalogue's fee, or because they paid",
        scored=True,
    ),
    Counter("paid_online", "Hồ sơ trả phí trực tuyến", "cases accepted with such a payment made online", scored=True),
    Counter(
        "dissatisfied", "Bị đánh giá không hài lòng", "cases accepted whose last rating is 1 or 2 of 5", scored=True
    ),
    Counter("accepted_online", "Nộp trực tuyến", "cases accepted that came online", scored=True),
    Counter(
        "late_requests",
        "Yêu cầu bổ sung quá 3 ngày",
        "first requests for supplements later than three working days after acceptance (Nghị định 61/2018, 19(4))",
        noun=Noun.TIME,
        judged=True,
    ),
    Counter("open", "Đang xử lý", "accepted and not ended", kind=Kind.NOW),
    Counter("overdue", "Đang quá hạn", "open and past the deadline", kind=Kind.NOW),
    Counter(
        "overdue_61",
        "Đang quá hạn (NĐ 61)",
        "open and past the deadline of Nghị định 61/2018",
        kind=Kind.NOW,
        judged=True,
    ),
    Counter(
        "overdue_766",
        "Đang quá hạn (QĐ 766)",
        "open and overdue as Quyết định 766 is counted; one open request for supplements is an end there",
        kind=Kind.NOW,
        judged=True,
    ),
    Counter(
        "unreturned",
        "Chưa trả kết quả",
        "finished, past the deadline and not returned, of units of which a return was ever said",
        kind=Kind.NOW,
    ),
)

COUNTER = {counter.name: counter for counter in CASE_COUNTERS}
FLOW_COUNTERS: tuple[str, ...] = tuple(c.name for c in CASE_COUNTERS if c.kind is Kind.FLOW)
NOW_COUNTERS: tuple[str, ...] = tuple(c.name for c in CASE_COUNTERS if c.kind is Kind.NOW)
COUNTER_INDEX = {name: index for index, name in enumerate(FLOW_COUNTERS)}
# What was not done as the law says: times, on the day of the event that breaks the rule.
BREACHES: tuple[str, ...] = tuple(c.name for c in CASE_COUNTERS if c.judged and c.noun is Noun.TIME)
