"""The fold of a case's history, and what the state adds to the rollups. Pure: no clock, no I/O.

Same events, same state, whatever order they came in: a history is sorted, duplicates are gone, and every rule below
looks at the whole of it.
"""

from collections.abc import Sequence

import msgspec

from schemas import history
from schemas.cases import SIMULATED, Status
from schemas.history import Data, Entry, History
from schemas.province import day_of
from schemas.state import DONE_KINDS, END_KINDS, NO_UNIT, NOTHING, CaseState, Contribution, Flow

# What a kind says about the national status where its source says nothing (domain.md 4.1).
IMPLIED_STATUS = {
    "submitted": int(Status.REGISTERED),
    "accepted": int(Status.ACCEPTED),
    "refused": int(Status.REFUSED),
    "step": int(Status.IN_PROCESS),
    "supplement_requested": int(Status.SUPPLEMENT),
    "supplement_received": int(Status.IN_PROCESS),
    "stopped": int(Status.STOPPED),
    "finished": int(Status.FINISHED),
    "returned": int(Status.RETURNED),
    "withdrawn": int(Status.WITHDRAWN),
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
REPLACES = frozenset(("corrected", "voided"))
MOVES_DEADLINE = frozenset(("extended", "supplement_received", "resumed"))
OVERSIZED = CaseState(oversized=True)
OVERSIZED_DAY = 14610  # 2010-01-01, the first day of ioc.cases; so that it does not depend on which event came last


def merge(subject: str, held: History, new: Sequence[Entry]) -> tuple[History, int]:
    """The history with what it did not hold yet, in order, and how many that were. ``held`` is left alone."""
    names = {(entry.source, entry.id) for entry in held}
    added: list[Entry] = []
    for entry in new:
        name = (entry.source, entry.id)
        if name not in names:
            names.add(name)
        elif entry in held or entry in added:
            continue
        added.append(entry)
    if not added:
        return held, 0
    merged = [*held, *added]
    if len(names) != len(merged):  # versions of one event may stand at the same place: the digest decides
        merged.sort(key=lambda entry: (history.order(entry), history.digest(subject, entry)))
    elif len(added) > 1 or (held and history.order(added[0]) < history.order(held[-1])):
        merged.sort(key=history.order)
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
    return sorted(winners.values(), key=history.order), lost


def _corrected(entries: Sequence[Entry]) -> tuple[list[Entry], int | None]:
    """The facts that stand, in order, and when the whole case was voided.

    An event that a correction or a voiding names is out, whatever becomes of that one (so voiding a correction does
    not bring back what it corrected; another correction does); the last one in order that names it decides: a
    correction stands in its place, unless it is itself named.
    """
    decides = {entry.data.replaces: entry for entry in entries if entry.data.replaces is not None}
    voided_at = None
    told = []
    for entry in entries:
        if (entry.source, entry.id) in decides:
            continue
        data = entry.data
        if entry.kind == "voided":
            if data.replaces is None and voided_at is None:
                voided_at = entry.time
        elif entry.kind != "corrected":
            told.append(entry)
        elif data.replaces is None or decides[data.replaces] is not entry:
            continue
        elif data.kind is not None and data.time is not None and data.event is not None:
            told.append(Entry(data.kind, data.time, entry.source, entry.id, data.event))
    told.sort(key=history.order)
    return told, voided_at


def fold(subject: str, entries: Sequence[Entry]) -> CaseState:
    """The state of one case after these events, which stand as :func:`merge` leaves them.

    A case ends by the first *finished*; else by the first *returned*; else by the first of *stopped*, *refused*,
    *withdrawn* (the order of domain.md 1.3 rule 2), even when that sorts before its acceptance, and what comes
    later never opens it again. The deadline is the last that was set in order; after the end only an acceptance that
    sorts there still sets it.
    """
    simulated = corrects = False
    names = set()
    for entry in entries:
        source = entry.source
        names.add((source, entry.id))
        if source == SIMULATED:
            simulated = True
        if entry.kind in REPLACES:
            corrects = True
    told, lost = (entries, ()) if len(names) == len(entries) else _standing(subject, entries)
    voided_at = None
    if corrects:
        told, voided_at = _corrected(told)
        if voided_at is not None:
            return CaseState(voided_at=voided_at, simulated=simulated)

    submission = acceptance = None
    ends: dict[str, int] = {}
    flows: dict[tuple[str, str, int], int] = {}
    for entry in told:
        kind = entry.kind
        counter = FLOW_OF.get(kind)
        if counter is not None:
            key = (counter, (entry.data.unit or "") if kind == "step" else "", day_of(entry.time))
            flows[key] = flows.get(key, 0) + 1
        elif kind == "accepted":
            acceptance = acceptance or entry
        elif kind == "submitted":
            submission = submission or entry
        else:
            ends.setdefault(kind, entry.time)
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
    for entry in told:
        kind, data = entry.kind, entry.data
        after_end = ended_at is not None and entry.time > ended_at
        if data.due is not None and (kind == "accepted" or (kind in MOVES_DEADLINE and not after_end)):
            due_at = data.due
        if after_end and kind not in END_KINDS:
            continue
        said = data.status or IMPLIED_STATUS.get(kind)
        if said is not None:
            status, status_raw = said, data.status_raw
        if data.unit:
            last_unit = data.unit

    first = submission.data if submission is not None else Data()
    taken = acceptance.data if acceptance is not None else Data()
    return CaseState(
        unit=taken.unit or NO_UNIT,
        procedure=taken.procedure or first.procedure or "",
        channel=taken.channel or first.channel or "",
        submitted_at=submission.time if submission is not None else None,
        accepted_at=acceptance.time if acceptance is not None else None,
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
