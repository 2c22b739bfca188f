"""What is said of a case beside its own life, as its history holds it (see ``schemas.case_portal``)."""

from schemas.case_facts import ChainStepFact, DataUsedFact, PortalStatusFact, SyncedFact
from schemas.history import EntryData
from schemas.province import end_of, moment


def synced(fact: SyncedFact) -> EntryData:
    """Hazards sorted, each once: they are a set."""
    d = fact.data
    return EntryData(
        unit=d.unit,
        message=d.message,
        sent_status=d.sent_status,
        answer=d.answer,
        error=d.error,
        hazards=tuple(sorted(set(d.hazards))),
        portal_code=d.portal_code,
    )


def portal_status(fact: PortalStatusFact) -> EntryData:
    d = fact.data
    due = moment(d.due_at) if d.due_at is not None else end_of(d.due_on) if d.due_on is not None else None
    return EntryData(
        unit=d.unit,
        due=due,
        portal_status=d.portal_status,
        portal_status_raw=d.portal_status_raw,
        portal_code=d.portal_code,
    )


def chain_step(fact: ChainStepFact) -> EntryData:
    d = fact.data
    return EntryData(unit=d.unit, chain=d.chain, step=d.step, agency=d.agency, state=d.state, to=d.to)


def data_used(fact: DataUsedFact) -> EntryData:
    d = fact.data
    return EntryData(unit=d.unit, database=d.database, fields=d.fields, ok=d.ok)
