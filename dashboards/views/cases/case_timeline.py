"""Where a case lay and for how long: one lane a unit, one each for what it waited for. Pure."""

from dataclasses import dataclass
from datetime import datetime

from dashboards.readers.cases import ToldCase
from schemas.case_data import Status
from schemas.history import Entry
from schemas.province import as_datetime
from schemas.state import DONE_KINDS

MOST = 5
CITIZEN = "Người dân bổ sung"
ELSEWHERE = "Nơi khác"
PAYMENT = "Chờ nộp phí"
RESTS = "Tạm dừng"
_WAITS = {"supplement_requested": CITIZEN, "supplement_received": None, "resumed": None}
_SUSPENDED: dict[int, str] = {
    Status.SUPPLEMENT: CITIZEN,
    Status.PAYMENT: PAYMENT,
}  # for whom, by the status that comes with it
NOT_A_PLACE = frozenset(
    {"corrected", "voided", "rated", "paid", "digitised", "synced", "portal_status", "chain_step", "data_used"}
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` to ``end`` as parts (0 to 1) of the whole time shown."""

    start: float
    end: float
    waiting: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class LaneChart:
    """Lanes from the first unit to the last, by name; ``due`` is where on the axis the deadline stands, if on it."""

    begins: datetime
    ends: datetime
    lanes: tuple[tuple[str, tuple[Stretch, ...]], ...]
    due: float | None
    longest: tuple[str, float] | None  # where it lay longest, and for what part of the whole time
    holder: tuple[str, datetime]  # where it is now, and since when


def lanes(told: ToldCase, now: datetime) -> LaneChart | None:
    """From the events as they are told; ``None`` where fewer than two moments are known."""
    events = [entry for entry in told.history if entry.kind not in NOT_A_PLACE]
    if not events:
        return None
    case = told.case
    begins = as_datetime(events[0].time)
    ends = max(case.ended_at or now, as_datetime(events[-1].time))
    whole = (ends - begins).total_seconds()
    if whole <= 0:
        return None
    found: dict[str, list[Stretch]] = {}
    due = (case.due_at - begins).total_seconds() / whole if case.due_at else None
    late_from = due if case.ended_at is None or case.end_kind in DONE_KINDS else None  # others are neither, as counted
    place, waits, holder = case.unit, None, (case.unit, begins)
    for index, entry in enumerate(events):
        place = entry.data.unit or place
        first = entry.kind == "accepted" and as_datetime(entry.time) == case.accepted_at
        waits = None if first else _waits(entry, waits)  # only a complete file is accepted
        if (where := waits or place) != holder[0]:
            holder = (where, as_datetime(entry.time))
        start = (as_datetime(entry.time) - begins).total_seconds() / whole
        end = (_next(events, index, ends) - begins).total_seconds() / whole
        if end > start:
            _add(found.setdefault(where, []), start, min(end, 1.0), waits is not None, late_from)
    held = {name: sum(part.end - part.start for part in parts) for name, parts in found.items()}
    kept = set(sorted(held, key=lambda name: -held[name])[: MOST - 1]) if len(held) > MOST else set(held)
    if len(held) > MOST:
        found[ELSEWHERE] = sorted(
            (part for name, parts in found.items() if name not in kept for part in parts), key=lambda part: part.start
        )
    shown = tuple((name, tuple(parts)) for name, parts in found.items() if name in kept or name == ELSEWHERE)
    own = {name: part for name, part in held.items() if name not in (CITIZEN, PAYMENT, RESTS)}
    longest = max(own.items(), key=lambda item: item[1]) if own else None
    return LaneChart(begins, ends, shown, due if due is not None and 0 <= due <= 1 else None, longest, holder)


def _waits(entry: Entry, before: str | None) -> str | None:
    """For what it waits after the event; ``None``: for nobody."""
    if entry.kind == "suspended":
        return _SUSPENDED.get(entry.data.status or 0, RESTS)
    return _WAITS.get(entry.kind, before)


def _next(events: list[Entry], index: int, ends: datetime) -> datetime:
    return as_datetime(events[index + 1].time) if index + 1 < len(events) else ends


def _add(parts: list[Stretch], start: float, end: float, waiting: bool, due: float | None) -> None:
    """Adds a stretch, cut where the deadline passes in it; one that follows on another continues it."""
    if waiting or due is None or end <= due:
        cuts = [(start, end, False)]
    elif start >= due:
        cuts = [(start, end, True)]
    else:
        cuts = [(start, due, False), (due, end, True)]
    for begin, stop, late in cuts:
        if parts and parts[-1].end == begin and (parts[-1].waiting, parts[-1].late) == (waiting, late):
            parts[-1] = Stretch(parts[-1].start, stop, waiting, late)
        else:
            parts.append(Stretch(begin, stop, waiting, late))
