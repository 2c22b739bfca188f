"""Events of a case as entries of its history: compact, in UTC, a day's deadline turned into its moment."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from schemas import history
from schemas.cases import (
    AcceptedFact,
    CaseCorrected,
    CaseEvent,
    CaseFact,
    CaseVoided,
    DigitisedFact,
    DueData,
    ExtendedFact,
    PaidFact,
    RatedFact,
    RefusedFact,
    StepFact,
    SubmittedFact,
    UnitData,
)
from schemas.history import Entry, EntryData
from schemas.province import end_of, moment
from streams.entries import portal_and_chain


def _due(data: DueData) -> int | None:
    if data.due_at is not None:
        return moment(data.due_at)
    return end_of(data.due_on) if data.due_on is not None else None


def _submission(fact: SubmittedFact) -> EntryData:
    d = fact.data
    return EntryData(unit=d.unit, channel=d.channel, procedure=d.procedure, status=d.status, status_raw=d.status_raw)


def _acceptance(fact: AcceptedFact) -> EntryData:
    d = fact.data
    return EntryData(
        unit=d.unit,
        channel=d.channel,
        procedure=d.procedure,
        due=_due(d),
        status=d.status,
        status_raw=d.status_raw,
    )


def _step(fact: StepFact) -> EntryData:
    d = fact.data
    begun = moment(d.begun_at) if d.begun_at is not None else None
    return EntryData(unit=d.unit, name=d.name, begun=begun, status=d.status, status_raw=d.status_raw)


def _payment(fact: PaidFact) -> EntryData:
    d = fact.data
    return EntryData(unit=d.unit, online=d.online, amount_vnd=d.amount_vnd, status=d.status, status_raw=d.status_raw)


def _digitisation(fact: DigitisedFact) -> EntryData:
    d = fact.data
    return EntryData(
        unit=d.unit, papers=d.papers, reused=d.reused, result=d.result, status=d.status, status_raw=d.status_raw
    )


def _rating(fact: RatedFact) -> EntryData:
    d = fact.data
    return EntryData(unit=d.unit, score=d.score, status=d.status, status_raw=d.status_raw)


def _refusal(fact: RefusedFact) -> EntryData:
    d = fact.data
    return EntryData(unit=d.unit, reason_given=d.reason_given, status=d.status, status_raw=d.status_raw)


def _extension(fact: ExtendedFact) -> EntryData:
    d = fact.data
    return EntryData(
        unit=d.unit,
        due=_due(d),
        apology=d.apology,
        apology_at=moment(d.apology_at) if d.apology_at is not None else None,
        status=d.status,
        status_raw=d.status_raw,
    )


def _plain(fact: Any) -> EntryData:
    d: UnitData = fact.data
    due = _due(d) if isinstance(d, DueData) else None
    return EntryData(unit=d.unit, due=due, status=d.status, status_raw=d.status_raw)


_DATA: dict[str, Callable[[Any], EntryData]] = {
    "submitted": _submission,
    "accepted": _acceptance,
    "step": _step,
    "refused": _refusal,
    "extended": _extension,
    "paid": _payment,
    "digitised": _digitisation,
    "rated": _rating,
    "synced": portal_and_chain.synced,
    "portal_status": portal_and_chain.portal_status,
    "chain_step": portal_and_chain.chain_step,
    "data_used": portal_and_chain.data_used,
}
_KIND = {f"case.{kind}.v1": kind for kind in history.RANK}


def _fact_data(fact: CaseFact) -> EntryData:
    return _DATA.get(_KIND[fact.type], _plain)(fact)


def entry_of(event: CaseEvent) -> Entry:
    """The event as its case's history holds it: compact, in UTC, a day's deadline turned into its moment."""
    kind = _KIND[event.type]
    if isinstance(event, CaseCorrected):
        d = event.data
        fact = d.event
        data = EntryData(
            replaces=(d.replaces.source, d.replaces.id),
            kind=_KIND[fact.type],
            time=moment(fact.time),
            event=_fact_data(fact),
            status=d.status,
            status_raw=d.status_raw,
        )
    elif isinstance(event, CaseVoided):
        ref = event.data.replaces
        data = EntryData(
            replaces=(ref.source, ref.id) if ref is not None else None,
            status=event.data.status,
            status_raw=event.data.status_raw,
        )
    else:
        data = _DATA.get(kind, _plain)(event)
    if event.granted is not None:
        data = replace(data, granted=event.granted)
    return Entry(kind, moment(event.time), event.source, event.id, data)
