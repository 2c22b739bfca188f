"""With whom a case was, and for how long: the office, the citizen, another agency, a payment. Pure.

In working time. A request for supplements waits for the citizen until they come; status 6 for the payment until it is
paid or the case goes on; a step of its chain that is handed to another agency for that one. A suspension waits for whom
its status says (5 the citizen, 6 the payment), and else counts as another agency's: an inference, marked so.
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.case_data import Status
from schemas.history import Entry, EntryData
from schemas.rules.deadline_moves import Span
from schemas.rules.worktime import WorkTime

OFFICE, CITIZEN, AGENCY, PAYMENT = "office", "citizen", "agency", "payment"
CLOSED = frozenset(("done", "returned"))  # a chain's step that waits for nobody
BESIDE = frozenset(("synced", "portal_status", "data_used"))
# Kinds that may hand the case over without a word about its status; a step only where a payment was waited for.
HANDS_OVER = frozenset(("chain_step", "supplement_requested", "supplement_received", "paid", "suspended", "resumed"))


class Spent(NamedTuple):
    """Microseconds of working time with each, up to the end, or to ``since`` where it has not ended: since then it is
    with ``waits_for``."""

    office: int = 0
    citizen: int = 0
    agency: int = 0
    payment: int = 0
    waits_for: str | None = None
    since: int | None = None


class Held(NamedTuple):
    """One of these had the case from ``since``; ``until`` is ``None`` of who has it now."""

    holder: str
    since: int
    until: int | None


def holders(told: Sequence[Entry], unit: str, accepted_at: int | None, ended_at: int | None) -> list[Held]:
    """Who had the case, one after the other, from its acceptance to its end; from the facts that stand, in order.
    Without an acceptance, nobody."""
    if accepted_at is None:
        return []
    case, found, since = _Place(unit), list[Held](), accepted_at
    for entry in told:
        kind = entry.kind
        if kind == "step" and not case.pays and entry.data.status is None:
            continue  # as most
        begins = kind == "accepted" and not case.accepted
        if kind in BESIDE or (kind != "step" and not begins and kind not in HANDS_OVER and entry.data.status is None):
            continue
        before = case.holder
        case.hear(entry)
        at = max(entry.time, accepted_at)
        if ended_at is not None and at >= ended_at:
            case.holder = before
            break
        if case.holder != before:
            found.append(Held(before, since, at))
            since = at
    found.append(Held(case.holder, since, ended_at))
    return found


def spent(held: Sequence[Held], work: WorkTime) -> Spent:
    """From what :func:`holders` has found."""
    amounts = {OFFICE: 0, CITIZEN: 0, AGENCY: 0, PAYMENT: 0}
    for holder, since, until in held:
        if until is None:
            return _spent(amounts, holder, since)
        amounts[holder] += work.time_between(since, until)
    return _spent(amounts)


def _spent(amounts: dict[str, int], waits_for: str | None = None, since: int | None = None) -> Spent:
    return Spent(amounts[OFFICE], amounts[CITIZEN], amounts[AGENCY], amounts[PAYMENT], waits_for, since)


def waited(held: Sequence[Held], set_at: int | None) -> list[Span]:
    """When others than the office had the case since the appointment was given (``set_at``), and no more have it."""
    spans = ((max(since, set_at or since), until) for holder, since, until in held if holder != OFFICE and until)
    return [(start, end) for start, end in spans if start < end]


def asks(entry: Entry) -> bool:
    """Whether the citizen has the file from then on: a request for supplements, or a suspension that waits for them."""
    return entry.kind == "supplement_requested" or (
        entry.kind == "suspended" and entry.data.status == Status.SUPPLEMENT
    )


class _Place:
    """Where a case is while its facts are told."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._asks = self.pays = self._rests = self.accepted = False
        self._away: dict[str, bool] = {}
        self.holder = OFFICE

    def hear(self, entry: Entry) -> None:
        kind, data = entry.kind, entry.data
        if kind == "chain_step":
            self._hand_over(data)
        elif asks(entry):
            self._asks = True
        elif kind == "accepted":
            self._asks = self._asks and self.accepted  # only a complete file is accepted
            self.accepted = True
        elif kind == "supplement_received":
            self._asks = self.pays = False
        elif kind == "paid":
            self.pays = False
        elif kind == "suspended" and data.status not in (Status.SUPPLEMENT, Status.PAYMENT):
            self._rests = True
        elif kind == "resumed":
            self._asks = self.pays = self._rests = False
        if kind != "chain_step":
            self._status(kind, data.status)
        self.holder = (
            CITIZEN if self._asks else PAYMENT if self.pays else AGENCY if self._rests or self._elsewhere else OFFICE
        )

    @property
    def _elsewhere(self) -> bool:
        return any(self._away.values())

    def _status(self, kind: str, status: int | None) -> None:
        if status == Status.PAYMENT and kind != "paid":
            self.pays = True
        elif (status is not None or kind == "step") and (kind, status) != ("suspended", Status.SUPPLEMENT):
            self.pays = False

    def _hand_over(self, data: EntryData) -> None:
        if data.step is None:
            return
        agency = held_by(data)
        if agency is None:
            self._away.pop(data.step, None)
        else:
            self._away[data.step] = agency != self._unit


def held_by(data: EntryData) -> str | None:
    """The agency that a step of a chain is with after this hand-over; a step on its way is with the one it goes to,
    one that is done or returned with none."""
    if data.state in CLOSED:
        return None
    return (data.to if data.state == "sent" else None) or data.agency or ""
