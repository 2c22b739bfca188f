"""What a hand-made case may say that it comes to, and what the fold makes of it, in the same words. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime

from schemas.counters import COUNTER
from schemas.province import ZONE, as_datetime
from schemas.rules import deadline_moves
from schemas.rules.worktime import HOUR_US
from schemas.state import DONE_KINDS, CaseState
from streams.folds.cases import contribution
from streams.hand.lines import CHANNELS

NONE = "không có"
ENDS = {
    "finished": "xong",
    "returned": "trả kết quả",
    "refused": "từ chối",
    "stopped": "dừng xử lý",
    "withdrawn": "rút",
}
HOLDERS = {"office": "cơ quan", "citizen": "công dân", "agency": "cơ quan khác", "payment": "nộp phí"}
CAUSES = {"real": "cơ quan", "waiting": "chờ"}
VERDICTS = {True: "trễ", False: "đúng hạn", None: "không tính"}
YES = {True: "có", False: "không"}

Read = Callable[[CaseState, int | None], str]  # of a state, and the moment asked about


def day_or_moment(at: int | None) -> str:
    """A deadline: the day that it lasts until 24:00 of, or its moment."""
    if at is None:
        return NONE
    return f"{_local(at - 1):%d/%m/%Y}" if deadline_moves.is_day(at) else _moment(at)


def _moment(at: int | None) -> str:
    if at is None:
        return NONE
    local = _local(at)
    return f"{local:%d/%m/%Y %H:%M:%S}" if local.second else f"{local:%d/%m/%Y %H:%M}"


def _local(at: int) -> datetime:
    return as_datetime(at).astimezone(ZONE)


def _hours(amount: int) -> str:
    return f"{amount / HOUR_US:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _done_by(state: CaseState, due: int | None) -> bool | None:
    if state.end_kind not in DONE_KINDS or state.ended_at is None or due is None:
        return None
    return state.ended_at > due


def _open(state: CaseState) -> bool:
    return state.accepted_at is not None and state.ended_at is None and state.voided_at is None


def _past(state: CaseState, due: int | None, at: int | None) -> str:
    return YES[_open(state) and due is not None and at is not None and due < at]


def _past_766(state: CaseState, at: int | None) -> str:
    if not _open(state) or state.ended_766 is not None:
        return YES[False]
    return YES[True] if state.late_766 else _past(state, state.due_766, at)


VALUES: Mapping[str, Read] = {
    "hẹn trả": lambda s, _: day_or_moment(s.due_at),
    "hạn NĐ 61": lambda s, _: day_or_moment(s.due_61),
    "hạn QĐ 766": lambda s, _: day_or_moment(s.due_766),
    "theo hẹn trả": lambda s, _: VERDICTS[_done_by(s, s.due_at)],
    "theo NĐ 61": lambda s, _: VERDICTS[_done_by(s, s.due_61)],
    "theo QĐ 766": lambda s, _: VERDICTS[None if s.ended_766 is None else s.late_766],
    "nguyên nhân trễ": lambda s, _: CAUSES.get(s.late_cause or "", NONE),
    "kết thúc": lambda s, _: _moment(s.ended_at),
    "kết thúc bằng": lambda s, _: ENDS.get(s.end_kind or "", NONE),
    "kết thúc QĐ 766": lambda s, _: _moment(s.ended_766),
    "ngày tính": lambda s, _: NONE if s.ended_at is None else f"{_local(s.ended_at):%d/%m/%Y}",
    "số lần yêu cầu bổ sung": lambda s, _: str(s.supplement_requests),
    "đang giữ hồ sơ": lambda s, _: HOLDERS.get(s.waits_for or "", NONE),
    "giữ từ": lambda s, _: _moment(s.waits_since),
    "giờ của cơ quan": lambda s, _: _hours(s.office_us),
    "giờ của công dân": lambda s, _: _hours(s.citizen_us),
    "giờ của cơ quan khác": lambda s, _: _hours(s.agency_us),
    "giờ chờ nộp phí": lambda s, _: _hours(s.payment_us),
    "đơn vị": lambda s, _: s.unit or NONE,
    "kênh": lambda s, _: next((word for word, channel in CHANNELS.items() if channel == s.channel), NONE),
    "trạng thái": lambda s, _: NONE if s.status is None else str(s.status),
    "hủy": lambda s, _: YES[s.voided_at is not None],
    "số lần quay lại": lambda s, _: str(s.loops),
    "khâu đang chờ": lambda s, _: s.chain_step or NONE,
    "cơ quan đang chờ": lambda s, _: s.chain_agency or NONE,
    "Cổng biết lúc": lambda s, _: _moment(s.portal_learned_at),
    "đang quá hạn": lambda s, at: _past(s, s.due_at, at),
    "đang quá hạn NĐ 61": lambda s, at: _past(s, s.due_61, at),
    "đang quá hạn QĐ 766": lambda s, at: _past_766(s, at),
}
LABELS = {counter.label: counter.name for counter in COUNTER.values()}


def counted(state: CaseState) -> dict[str, int]:
    """Label of a counter → how often the case counts, over all days."""
    sums: dict[str, int] = {}
    for _, _, counter, amount in contribution(state).rows:
        label = COUNTER[counter].label
        sums[label] = sums.get(label, 0) + amount
    return sums
