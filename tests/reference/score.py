"""What each component of Quyết định 766 counts, set by set and as it is written (docs/rules.md). Shares no code with
the readers. Petitions and what the portal publishes are read from the events as JSON, in the order in which they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.reference.cases import Case
from tests.reference.facts import PROVINCE, Json, deadline, province_day
from tests.reference.law import Law
from tests.reference.rules import Judged

OF_CASES = {
    "DOSSIER_SYNC": "portal_known",
    "ONLINE_DOSSIERS": "accepted_online",
    "ORIGINAL_RESULT_AVAILABLE": "results_electronic",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "digitised_whole",
    "REUSED_DIGITIZED_DATA": "papers_reused",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "population_used",
}


@dataclass(frozen=True)
class Share:
    """``lacking``: of what is listed, the cases that keep it from its maximum."""

    part: int
    whole: int
    lacking: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Span:
    """Days of the province, both included, as they are known at a moment."""

    first: date
    last: date
    now: datetime

    @property
    def end(self) -> datetime:
        """The moment at which they end, or this one."""
        return min(datetime.combine(self.last + timedelta(days=1), time(), PROVINCE), self.now)

    def __contains__(self, at: datetime | None) -> bool:
        return at is not None and self.first <= province_day(at) <= self.last


def of_cases(cases: Sequence[Case], law: Law, span: Span, unit: str | None, *, once: bool = False) -> dict[str, Share]:
    """``once``: what is late and disliked is subtracted once."""
    mine = [case for case in cases if unit is None or case.unit == unit]
    flags = {
        case.subject: set(Judged(case.facts, case.state, law).scored())
        for case in mine
        if case.state["accepted_at"] in span
    }
    found = {}
    for code, flag in OF_CASES.items():
        found[code] = _of(set(flags), {subject for subject in flags if flag in flags[subject]})
    fees = {subject for subject in flags if "fee_cases" in flags[subject]}
    found["ONLINE_PAYMENT"] = _of(fees, {subject for subject in fees if "paid_online" in flags[subject]})
    judged = {case.subject: lateness(case.state, span) for case in mine}
    whole = {subject for subject, late in judged.items() if late is not None}
    late = {subject for subject in whole if judged[subject]}
    found["PROGRESS"] = _of(whole, whole - late)
    disliked = {
        case.subject
        for case in mine
        if case.subject in whole and "dissatisfied" in Judged(case.facts, case.state, law).scored()
    }
    twice = 0 if once else len(late & disliked)
    left = max(0, len(whole - late - disliked) - twice)
    found["DOSSIER_RECEIVING_SATISFACTION"] = Share(left, len(whole), frozenset(late | disliked))
    procedures: dict[str, set[str]] = {}
    for case in mine:
        if case.subject in flags:
            procedures.setdefault(case.state["procedure"], set()).update(flags[case.subject])
    used = [name for name, of in procedures.items() if "population_used" in of]
    found["CITIZEN_DATA_CONNECTED_FORMALITY"] = Share(len(used), len(procedures))
    return found


def lateness(state: Json, span: Span) -> bool | None:
    """Whether the case is late there; ``None`` where progress does not count it."""
    ended, due, late = state["ended_766"], state["due_766"], state["late_766"]
    if ended in span:
        return None if late is None else bool(late)
    accepted = state["accepted_at"]
    if accepted is None or accepted >= span.end or (state["ended_at"] is not None and ended is None):
        return None
    if ended is not None and province_day(ended) <= span.last:
        return None
    if ended is None and late:
        return True
    return None if due is None else bool(due < span.end)


def _of(whole: set[str], part: set[str]) -> Share:
    return Share(len(part & whole), len(whole), frozenset(whole - part))


def of_petitions(events: Iterable[Json], span: Span, unit: str | None, *, once: bool = False) -> dict[str, Share]:
    told: dict[str, dict[str, list[Json]]] = {}
    for event in events:
        kind = event["type"].split(".")[1]
        told.setdefault(event["subject"], {}).setdefault(kind, []).append(event)
    whole, late, disliked = set(), set(), set()
    for subject, said in told.items():
        received, answered, rated = (said.get(kind, []) for kind in ("received", "answered", "rated"))
        if not received or unit not in (None, received[-1]["data"]["unit"]):
            continue
        dues = [due for event in received if (due := deadline(event["data"])) is not None]
        if not dues:
            continue
        due, opened = dues[-1], datetime.fromisoformat(received[0]["time"])
        at = datetime.fromisoformat(answered[0]["time"]) if answered else None
        overdue = opened < span.end and due < span.end and (at is None or at >= span.end)
        if at not in span and not overdue:
            continue
        whole.add(subject)
        if not (at in span and at is not None and at <= due):
            late.add(subject)
        if rated and rated[-1]["data"]["dislikes"] > rated[-1]["data"]["likes"]:
            disliked.add(subject)
    twice = 0 if once else len(late & disliked)
    return {
        "PETITION_PROCESSING_ON_TIME": Share(len(whole - late), len(whole)),
        "PETITION_HANDLING_SATISFACTION": Share(max(0, len(whole - late - disliked) - twice), len(whole)),
    }


def of_portal(events: Iterable[Json], span: Span, name: str | None, above: Mapping[str, str]) -> dict[str | None, Json]:
    """By unit and component the figure of the period of this name, else of the latest begun by the last day; ``None``:
    the province. ``above``: the unit to which each belongs; one that belongs to none is the province."""
    last: dict[tuple[str, str, str], Json] = {}
    for event in events:
        data = event["data"]
        if data.get("service") is None:
            last[data["unit"], data["component"], data["period"]] = data
    found: dict[str | None, Json] = {}
    for (unit, component, period), data in sorted(
        last.items(), key=lambda one: (begins(one[0][2]), len(one[0][2]), one[0][2][-2] != "Q")
    ):
        if begins(period) > span.last or data["numerator"] > data["denominator"]:
            continue
        held = found.setdefault(unit, {}).get(component)
        if held is None or held[2] != name:
            found[unit][component] = (data["numerator"], data["denominator"], period)
    whole: Json = {}
    for component in {component for figures in found.values() for component in figures}:
        told = {unit: figures[component] for unit, figures in found.items() if component in figures}
        tops = {unit: figure for unit, figure in told.items() if not any(up in told for up in _up(unit, above))}
        parts, wholes, periods = zip(*tops.values(), strict=True)
        whole[component] = (sum(parts), sum(wholes), periods[0] if len(set(periods)) == 1 else "…")
    return {None: whole} | {unit: figures for unit, figures in found.items() if unit in above}


def order(period: str) -> tuple[date, int]:
    """By the first day; of those that begin together the shortest last."""
    return begins(period), 0 if len(period) == 4 else 1 if "Q" in period else 2


def begins(period: str) -> date:
    if len(period) == 4:
        return date(int(period), 1, 1)
    month = 3 * int(period[6]) - 2 if period[5] == "Q" else int(period[5:])
    return date(int(period[:4]), month, 1)


def _up(unit: str | None, above: Mapping[str, str]) -> list[str]:
    up: list[str] = []
    while unit is not None and (parent := above.get(unit)) is not None:
        up.append(parent)
        unit = parent
    return up


def of_catalogue(
    rows: Iterable[Json], cases: Sequence[Case], law: Law, span: Span, unit: str | None, level: str | None
) -> dict[str, Share]:
    """``rows`` of the day's catalogue; ``level`` is the unit's, ``None`` with no unit: every level."""
    listed = [row for row in rows if unit is None or (row["level"] == level and level is not None)]
    mine = [
        (case.state["procedure"], set(Judged(case.facts, case.state, law).scored()))
        for case in cases
        if case.state["accepted_at"] in span and unit in (None, case.unit)
    ]
    online = {row["code"] for row in listed if row["online"] in ("partial", "whole")}
    known = {row["code"] for row in listed if row["online"]}
    fee = {row["code"] for row in listed if row["fee"] == "yes"}
    used = {procedure for procedure, flags in mine if "accepted_online" in flags}
    paid = {procedure for procedure, flags in mine if "paid_online" in flags}
    found = {
        "ONLINE_SERVICES": Share(len(online), len(known)),
        "ONLINE_SERVICES_USED": Share(len(online & used), len(online)),
        "PAYMENT_SERVICES_USED": Share(len(fee & paid), len(fee)),
    }
    return {code: share for code, share in found.items() if share.whole}
