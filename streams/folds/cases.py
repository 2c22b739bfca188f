"""The fold of a case's history, and what the state adds to the rollups. Pure: no clock, no I/O.

Same events, same state, whatever order they came in: a history is sorted, duplicates are gone, and every rule below
looks at the whole of it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from schemas import history
from schemas.cases import SIMULATED, Status
from schemas.history import Data, Entry, History
from schemas.province import day_of
from schemas.state import DONE_KINDS, END_KINDS, NOTHING, CaseState, Contribution, Flow

# What a kind says about the national status where its source says nothing (domain.md 4.1).
IMPLIED_STATUS = {
    "submitted": Status.REGISTERED,
    "accepted": Status.ACCEPTED,
    "refused": Status.REFUSED,
    "step": Status.IN_PROCESS,
    "supplement_requested": Status.SUPPLEMENT,
    "supplement_received": Status.IN_PROCESS,
    "stopped": Status.STOPPED,
    "finished": Status.FINISHED,
    "returned": Status.RETURNED,
    "withdrawn": Status.WITHDRAWN,
}

# Kinds that may happen more than once, and the counter each of them adds to.
FLOW_OF = {
    "step": "steps",
    "supplement_requested": "supplements",
    "supplement_received": "supplements_received",
    "extended": "extensions",
    "suspended": "suspensions",
    "resumed": "resumptions",
    "paid": "paid",
    "digitised": "digitised",
    "rated": "rated",
}
MOVES_DEADLINE = frozenset(("extended", "supplement_received", "resumed"))
OVERSIZED = CaseState(oversized=True)
OVERSIZED_DAY = 14610  # 2010-01-01, the first day of ioc.cases; so that it does not depend on which event came last


class Told(NamedTuple):
    """A fact that stands, after versions, corrections and voidings."""

    time: int
    kind: str
    source: str
    id: str
    data: Data


def merge(subject: str, held: History, new: Iterable[Entry]) -> tuple[History, int]:
    """The history with what it did not hold yet, in order, and how many that were. ``held`` is left alone."""
    by_name: dict[tuple[str, str], list[Entry]] = {}
    for entry in held:
        by_name.setdefault((entry.source, entry.id), []).append(entry)
    added = []
    for entry in new:
        versions = by_name.setdefault((entry.source, entry.id), [])
        if entry not in versions:
            versions.append(entry)
            added.append(entry)
    if not added:
        return held, 0
    merged = [*held, *added]
    merged.sort(key=history.order)
    if len(by_name) != len(merged):  # versions of one event may stand at the same place: the digest decides
        merged.sort(key=lambda entry: (history.order(entry), history.digest(subject, entry)))
    return merged, len(added)


def _standing(subject: str, entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """One version of each event, the one with the greatest (time, digest), in order; and the ones that lost."""
    winners: dict[tuple[str, str], Entry] = {}
    lost = []
    for entry in entries:
        name = (entry.source, entry.id)
        other = winners.get(name)
        if other is None:
            winners[name] = entry
            continue
        loser, winner = sorted((other, entry), key=lambda e: (e.time, history.digest(subject, e)))
        winners[name] = winner
        lost.append(loser)
    if not lost:
        return list(entries), lost
    return sorted(winners.values(), key=history.order), lost


def _told(entries: Sequence[Entry]) -> tuple[list[Told], int | None]:
    """The facts that stand, in order, and when the whole case was voided.

    An event that a correction or a voiding names is out, whatever becomes of that one (so voiding a correction does
    not bring back what it corrected; another correction does); the last one in order that names it decides: a
    correction stands in its place, unless it is itself named.
    """
    if not any(entry.kind in ("corrected", "voided") for entry in entries):
        return [Told(e.time, e.kind, e.source, e.id, e.data) for e in entries], None
    decides = {entry.data.replaces: entry for entry in entries if entry.data.replaces is not None}
    voided_at = None
    told = []
    for entry in entries:
        if (entry.source, entry.id) in decides:
            continue
        if entry.kind == "voided":
            if entry.data.replaces is None and voided_at is None:
                voided_at = entry.time
        elif entry.kind != "corrected":
            told.append(Told(entry.time, entry.kind, entry.source, entry.id, entry.data))
        elif entry.data.replaces is not None and decides[entry.data.replaces] is entry:
            fact = entry.data
            if fact.kind is not None and fact.time is not None and fact.event is not None:
                told.append(Told(fact.time, fact.kind, entry.source, entry.id, fact.event))
    told.sort(key=lambda t: (t.time, history.RANK[t.kind], t.source, t.id))
    return told, voided_at


def fold(subject: str, entries: Sequence[Entry]) -> CaseState:
    """The state of one case after these events, which stand as :func:`merge` leaves them.

    A case ends by the first *finished*; else by the first *returned*; else by the first of *stopped*, *refused*,
    *withdrawn* (the order of domain.md 1.3 rule 2), even when that sorts before its acceptance, and what comes
    later never opens it again. The deadline is the last that was set in order; after the end only an acceptance that
    sorts there still sets it.
    """
    simulated = any(entry.source == SIMULATED for entry in entries)
    standing, lost = _standing(subject, entries)
    told, voided_at = _told(standing)
    if voided_at is not None:
        return CaseState(voided_at=voided_at, simulated=simulated)

    submission = acceptance = None
    ends: dict[str, int] = {}
    flows: dict[tuple[str, str, int], int] = {}
    for time, kind, _, _, data in told:
        counter = FLOW_OF.get(kind)
        if counter is not None:
            unit = (data.unit or "") if kind == "step" else ""
            key = (counter, unit, day_of(time))
            flows[key] = flows.get(key, 0) + 1
        elif kind == "accepted":
            if acceptance is None:
                acceptance = (time, data)
        elif kind == "submitted":
            if submission is None:
                submission = (time, data)
        else:
            ends.setdefault(kind, time)
    for loser in lost:
        key = ("conflicts", "", day_of(loser.time))
        flows[key] = flows.get(key, 0) + 1

    ended_at = end_kind = None
    if ends:
        end_kind = next((kind for kind in DONE_KINDS if kind in ends), None)
        if end_kind is None:
            end_kind = min((kind for kind in END_KINDS if kind in ends), key=lambda kind: (ends[kind], kind))
        ended_at = ends[end_kind]

    due_at = status = status_raw = None
    last_unit = ""
    for time, kind, _, _, data in told:
        after_end = ended_at is not None and time > ended_at
        if data.due is not None and (kind == "accepted" or (kind in MOVES_DEADLINE and not after_end)):
            due_at = data.due
        if after_end and kind not in END_KINDS:
            continue
        said = data.status if data.status is not None else IMPLIED_STATUS.get(kind)
        if said is not None:
            status = int(said)
            status_raw = data.status_raw
        if data.unit:
            last_unit = data.unit

    first = submission[1] if submission is not None else None
    unit = procedure = channel = ""
    if acceptance is not None:
        unit = acceptance[1].unit or ""
        channel = acceptance[1].channel or ""
        procedure = acceptance[1].procedure or ""
    if first is not None:
        procedure = procedure or first.procedure or ""
        channel = channel or first.channel or ""
    return CaseState(
        unit=unit,
        procedure=procedure,
        channel=channel,
        submitted_at=submission[0] if submission is not None else None,
        accepted_at=acceptance[0] if acceptance is not None else None,
        due_at=due_at,
        ended_at=ended_at,
        end_kind=end_kind,
        returned_at=ends.get("returned"),
        status=status,
        status_raw=status_raw,
        last_at=told[-1].time if told else None,
        last_unit=last_unit,
        flows=tuple(sorted((c, u, d, n) for (c, u, d), n in flows.items())),
        simulated=simulated,
    )


def contribution(state: CaseState) -> Contribution:
    """What this one case adds to every rollup. The rollup is the sum of these; a change adds new minus old."""
    if state.oversized:
        return Contribution("", "", (("", OVERSIZED_DAY, "oversized", 1),))
    if state.voided_at is not None:
        return Contribution("", "", (("", day_of(state.voided_at), "voided", 1),))
    unit = state.unit
    rows = [(u if c == "steps" else unit, d, c, n) for c, u, d, n in state.flows]
    if state.submitted_at is not None:
        rows.append((unit, day_of(state.submitted_at), "submitted", 1))
    if state.accepted_at is not None:
        rows.append((unit, day_of(state.accepted_at), "accepted", 1))
    if state.returned_at is not None:
        rows.append((unit, day_of(state.returned_at), "returned", 1))
    if state.ended_at is not None and state.end_kind is not None:
        day = day_of(state.ended_at)
        if state.end_kind in DONE_KINDS:
            rows.append((unit, day, "finished", 1))
            if state.due_at is not None:
                rows.append((unit, day, "late" if state.ended_at > state.due_at else "on_time", 1))
        else:
            rows.append((unit, day, state.end_kind, 1))
    if not rows:
        return NOTHING
    rows.sort()
    return Contribution(state.procedure, state.channel, tuple(rows))


_contribution_decoder = msgspec.json.Decoder(Contribution)
_encoder = msgspec.json.Encoder()


def contribution_json(value: Contribution) -> str:
    return _encoder.encode(value).decode()


def contribution_from(text: str) -> Contribution:
    return _contribution_decoder.decode(text)


def flows_json(flows: tuple[Flow, ...]) -> str:
    return _encoder.encode(flows).decode()
