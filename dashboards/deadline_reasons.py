"""Why both deadlines of a case are what they are, and what was not done as the law says, in sentences for the page and
the data API. From what the fold has kept (``case_state.deadline_moves``); each kind of move: docs/rules.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboards.definitions import ARTICLES
from dashboards.words import clock, day, day_of, deadline_day
from schemas.counters import COUNTER
from schemas.province import moment
from schemas.rules.deadline_moves import is_day

NONE_RUNS = "không hạn nào chạy"


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved a deadline, when, and both as they stood then; ``due_61`` is ``None`` while none runs."""

    why: str
    at: datetime
    due_61: datetime | None
    due_766: datetime | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A breach of a rule, ``amount`` times on the day."""

    counter: str
    day: date
    amount: int

    @property
    def label(self) -> str:
        return COUNTER[self.counter].label

    @property
    def article(self) -> str:
        return ARTICLES[self.counter][0]


def of_61(moves: Sequence[Moved]) -> str:
    """Nghị định 61/2018, sentence after sentence; empty without any deadline."""
    return " ".join(filter(None, (_said_61(one, before) for one, before in _pairs(moves))))


def of_766(moves: Sequence[Moved]) -> str:
    """Quyết định 766 as it is counted."""
    return " ".join(filter(None, (_said_766(one, before) for one, before in _pairs(moves))))


def _pairs(moves: Sequence[Moved]) -> Iterable[tuple[Moved, Moved | None]]:
    return zip(moves, (None, *moves), strict=False)


def _said_61(one: Moved, before: Moved | None) -> str:
    at, due = _day(one.at), _due(one.due_61)
    stayed = before is not None and before.due_61 == one.due_61
    match one.why:
        case "asked" if one.due_61 is None:
            return f"Công dân giữ hồ sơ từ {at} để bổ sung: {NONE_RUNS}, tính lại từ đầu khi hồ sơ đủ (Điều 19(4))."
        case "asked":
            return f"Yêu cầu bổ sung {at}, khi đã hết hạn {due}: vẫn quá hạn cho đến khi hồ sơ đủ."
        case "complete" if stayed:
            return f"Hồ sơ đủ {at}: hạn vẫn {due}."
        case "complete":
            return f"Hồ sơ đủ {at}: thời hạn tính lại từ đầu, không sớm hơn hẹn đang có: {due} (Điều 19(4))."
        case "ended_asked" if stayed:
            return f"Kết thúc {at} khi công dân còn giữ hồ sơ, đã hết hạn từ trước: {due}."
        case "ended_asked":
            return f"Kết thúc {at} khi công dân còn giữ hồ sơ: tính như hồ sơ đủ lúc kết thúc, {due} (Điều 19(4))."
        case "extended_again":
            return f"Gia hạn quá một lần {at} không đổi hạn: {due} (Điều 19(9))."
        case "extended_late" if stayed:
            return f"Gia hạn {at} sau khi hết hạn không đổi hạn: {due} (Điều 19(9))."
        case _:
            return _given(one.why, at, due)


def _said_766(one: Moved, before: Moved | None) -> str:
    at, due = _day(one.at), _due(one.due_766)
    stayed = before is not None and before.due_766 == one.due_766
    match one.why:
        case "asked":
            return f"Yêu cầu bổ sung {at}: trong lúc yêu cầu còn mở, lúc yêu cầu là kết thúc."
        case "complete" | "ended_asked" if stayed:
            return f"Chờ bổ sung đến {at} không lùi hạn: {due}."
        case "complete" | "ended_asked":
            return f"Trừ thời gian chờ bổ sung đến {at}: {due}."
        case "extended_again":
            return f"Gia hạn lần nữa {at}: {due}."
        case "extended_late" if stayed:
            return f"Gia hạn {at} sau khi hết hạn không đổi hạn: {due}."
        case _:
            return _given(one.why, at, due)


def _given(why: str, at: str, due: str) -> str:
    match why:
        case "limit":
            return f"Không hẹn trả khi tiếp nhận {at}: theo thời hạn của thủ tục, {due}."
        case "appointed":
            return f"Hồ sơ đủ {at}, hẹn lại: {due}."
        case "extended" | "extended_late":
            return f"Gia hạn {at}: {due}."
        case _:
            return f"Hẹn trả khi tiếp nhận {at}: {due}."


def _day(at: datetime) -> str:
    return day(day_of(at))


def _due(at: datetime | None) -> str:
    """The day that it lasts until the end of, or the moment."""
    if at is None:
        return NONE_RUNS
    return day(deadline_day(at)) if is_day(moment(at)) else f"{clock(at)} ngày {_day(at)}"
