"""The fold of a case's history, and what the state adds to the rollups. Pure: no clock, no I/O.

Same events, same state, whatever order they came in: a history is sorted, duplicates are gone, and every rule below
looks at the whole of it.
"""

from collections.abc import Sequence

import msgspec

from schemas import history
from schemas.cases import SIMULATED
from schemas.history import Entry, EntryData, History
from schemas.province import day_of
from schemas.rules import score_flags
from schemas.rules.chain_stays import Stay, stays
from schemas.rules.deadlines import judge
from schemas.rules.in_force import Rules
from schemas.rules.late_cause import late_cause
from schemas.rules.paths import path
from schemas.rules.readings import otherwise
from schemas.rules.told_twice import RETOLD, once
from schemas.rules.verdicts import Life, Move
from schemas.rules.waiting import OFFICE, Held, holders, spent
from schemas.state import DONE_KINDS, END_KINDS, NO_UNIT, NOTHING, CaseState, Contribution, Flow
from streams import conflicting_versions
from streams.folds import naming
from streams.folds.belonging import apart
from streams.folds.case_claims import CASES, amendment
from streams.folds.kinds import FLOW_OF, IMPLIED_STATUS, SETS_DEADLINE
from streams.folds.portal_and_chain import BESIDE, NOTHING_BESIDE, Portal, beside, sync_counters
from streams.folds.shapes import Shapes, shapes

REPLACES = frozenset(("corrected", "voided"))
OVERSIZED = CaseState(oversized=True)
OVERSIZED_DAY = 14610  # 2010-01-01, the first day of ioc.cases; so that it does not depend on which event came last


def merge(subject: str, held: History, new: Sequence[Entry]) -> tuple[History, int]:
    """The history with what it did not hold yet, in order, and how many that were. ``held`` is left alone."""
    return conflicting_versions.merge(held, new, history.order, lambda entry: history.digest(subject, entry))


def fold(subject: str, entries: Sequence[Entry], rules: Rules, seen: Shapes | None = None) -> CaseState:
    """The state of one case after these events, which stand as :func:`merge` leaves them, judged by these rules.

    A case ends by the first *finished*; else by the first *returned*; else by the first of *stopped*, *refused*,
    *withdrawn* (the order of domain.md 1.3 rule 2), even when that sorts before its acceptance, and what comes
    later never opens it again. The deadline is the last that was set in order; after the end only an acceptance that
    sorts there still sets it. What was told twice happened once (:mod:`schemas.rules.told_twice`). What is said beside
    the case's life (:mod:`streams.folds.portal_and_chain`) moves neither status nor place. Its unit is the one that
    accepted it; where none has and it was refused, the one that refused it. ``seen``: the entries' shapes, where they
    are known.
    """
    seen = seen or shapes(entries)
    if seen.limited:
        entries = apart(subject, entries, CASES, rules.names).within
        seen = shapes(entries)
    names = {(entry.source, entry.id) for entry in entries}
    simulated = SIMULATED in [source for source, _ in names]
    told: Sequence[Entry] = entries
    lost: Sequence[Entry] = ()
    if len(names) != len(entries):
        told, lost = conflicting_versions.standing(entries, history.order, lambda entry: history.digest(subject, entry))
    kinds = seen.kinds
    if not kinds.isdisjoint(REPLACES):
        told, voided_at = conflicting_versions.amended(told, history.order, amendment)
        if voided_at is not None:
            return CaseState(voided_at=voided_at, simulated=simulated)
    if told is not entries:
        seen = shapes(told)
        kinds = seen.kinds
    said, written = naming.of_case(told, seen, rules.names)
    told = said if kinds.isdisjoint(RETOLD) else once(said)

    submission = acceptance = None
    ends: dict[str, Entry] = {}
    flows: dict[tuple[str, str, int], int] = {}
    dues: list[Entry] = []
    for entry in told:
        kind = entry.kind
        if kind == "step":  # most are
            key = ("steps", entry.data.unit or "", day_of(entry.time))
            flows[key] = flows.get(key, 0) + 1
            continue
        counter = FLOW_OF.get(kind)
        if kind in SETS_DEADLINE and entry.data.due is not None:
            dues.append(entry)
        if counter is not None:
            key = (counter, "", day_of(entry.time))
            flows[key] = flows.get(key, 0) + 1
            if kind == "synced":
                for counter in sync_counters(entry.data):
                    key = (counter, "", key[2])
                    flows[key] = flows.get(key, 0) + 1
        elif kind == "accepted":
            acceptance = acceptance or entry
        elif kind == "submitted":
            submission = submission or entry
        elif kind in END_KINDS:
            ends.setdefault(kind, entry)
    for loser in lost:
        key = ("conflicts", "", day_of(loser.time))
        flows[key] = flows.get(key, 0) + 1

    ended_at = end_kind = None
    ending = EntryData()
    if ends:
        end_kind = next((kind for kind in DONE_KINDS if kind in ends), None)
        if end_kind is None:
            end_kind = min((kind for kind in END_KINDS if kind in ends), key=lambda kind: (ends[kind].time, kind))
        ended_at, ending = ends[end_kind].time, ends[end_kind].data

    due_at = None
    for entry in dues:
        if entry.kind == "accepted" or ended_at is None or entry.time <= ended_at:
            due_at = entry.data.due
    status, status_raw, last_unit = _last_said(said, ended_at)

    first = submission.data if submission is not None else EntryData()
    taken = acceptance.data if acceptance is not None else EntryData()
    aside = [] if kinds.isdisjoint(BESIDE) else [entry for entry in told if entry.kind in BESIDE]
    portal, chain = beside(aside, ended_at) if aside else NOTHING_BESIDE
    scored = [] if kinds.isdisjoint(score_flags.TOLD) else [entry for entry in told if entry.kind in score_flags.TOLD]
    procedure = taken.procedure or first.procedure or ""
    channel = taken.channel or first.channel or ""
    submitted_at = submission.time if submission is not None else None
    accepted_at = acceptance.time if acceptance is not None else None
    life = Life(procedure, channel, submitted_at, accepted_at, ended_at, end_kind)
    by = judge(told, life, rules)
    readings, looked_at = otherwise(told, life, rules, by)
    unit = taken.unit or NO_UNIT
    if acceptance is None and end_kind == "refused":
        unit = ending.unit or last_unit
    fee = None if accepted_at is None else rules.limits.fee(procedure, day_of(accepted_at))
    if seen.stays and accepted_at is not None:  # as mostly
        held = [Held(OFFICE, accepted_at, ended_at)]
    else:
        held = holders(told, taken.unit or NO_UNIT, accepted_at, ended_at)
    time = spent(held, rules.work)
    way = path(told, accepted_at, ended_at, held, rules.work)
    for counter, at in by.breaches:
        key = (counter, "", day_of(at))
        flows[key] = flows.get(key, 0) + 1
    return CaseState(
        unit=unit,
        procedure=procedure,
        channel=channel,
        submitted_at=submitted_at,
        accepted_at=accepted_at,
        due_at=due_at,
        ended_at=ended_at,
        end_kind=end_kind,
        returned_at=ends["returned"].time if "returned" in ends else None,
        status=status,
        status_raw=status_raw,
        last_at=max([entry.time for entry in (*said[-1:], *lost)], default=None),
        last_unit=last_unit,
        flows=tuple(sorted((c, u, d, n) for (c, u, d), n in flows.items())),
        simulated=simulated,
        portal_status=portal.status,
        portal_code=portal.code,
        synced_at=portal.synced_at,
        portal_ended_at=portal.ended_at,
        portal_rewritten=portal.rewritten,
        chain=chain.chain,
        chain_step=chain.step,
        chain_agency=chain.agency,
        chain_since=chain.since,
        due_61=by.due_61,
        due_766=by.due_766,
        ended_766=by.ended_766,
        late_766=by.late_766,
        supplement_requests=by.requests,
        office_us=time.office,
        citizen_us=time.citizen,
        agency_us=time.agency,
        payment_us=time.payment,
        waits_for=time.waits_for,
        waits_since=time.since,
        late_cause=late_cause(end_kind, ended_at, due_at, held, by.set_at, rules),
        portal_learned_at=portal.learned_at,
        judged_from=day_of(told[0].time) if told else None,
        judged_to=day_of(max(told[-1].time, looked_at or 0)) if told else None,
        score_flags=0 if accepted_at is None else score_flags.flags(scored, channel, known=_known(portal), fee=fee),
        path=way.steps,
        path_office_s=way.office,
        path_waited_s=way.waited,
        path_since=way.since,
        loops=way.loops,
        loop_reason=way.reason,
        chain_stays=stays(aside, ended_at, rules.work) if chain.chain else (),
        names=written,
        deadline_moves=by.moves if len(by.moves) > 1 or (by.moves and by.moves[0].why != "accepted") else (),
        readings=readings,
    )


def _last_said(told: Sequence[Entry], ended_at: int | None) -> tuple[int | None, str | None, str]:
    """Status, its word in the source, and unit: of each the last that was said of the case itself."""
    status = status_raw = None
    unit = ""
    for entry in reversed(told):
        kind, data = entry.kind, entry.data
        if kind in BESIDE or (ended_at is not None and entry.time > ended_at and kind not in END_KINDS):
            continue
        if status is None:
            status = data.status or IMPLIED_STATUS.get(kind)
            status_raw = data.status_raw if status is not None else None
        unit = unit or data.unit or ""
        if unit and status is not None:
            break
    return status, status_raw, unit


def _known(portal: Portal) -> bool:
    """Whether the national portal has the case: by its own word, or because it has not refused it."""
    return portal.status is not None or portal.synced_at is not None


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
        day = day_of(state.accepted_at)
        rows.append((unit, day, "accepted", 1))
        rows += [(unit, day, name, 1) for name in score_flags.NAMES[state.score_flags]]
    if state.returned_at is not None:
        rows.append((unit, day_of(state.returned_at), "returned", 1))
    if state.ended_at is not None and state.end_kind is not None:
        day = day_of(state.ended_at)
        if state.end_kind in DONE_KINDS:
            rows.append((unit, day, "finished", 1))
            if state.due_at is not None:
                rows.append((unit, day, "late" if state.ended_at > state.due_at else "on_time", 1))
            if state.due_61 is not None:
                rows.append((unit, day, "late_61" if state.ended_at > state.due_61 else "on_time_61", 1))
            if state.late_cause is not None:
                rows.append((unit, day, f"late_{state.late_cause}", 1))
            if _late_sync(state):
                rows.append((unit, day_of(state.portal_learned_at or 0), "late_sync", 1))
        else:
            rows.append((unit, day, state.end_kind, 1))
    if state.ended_766 is not None and state.late_766 is not None:
        rows.append((unit, day_of(state.ended_766), "late_766" if state.late_766 else "on_time_766", 1))
    if not rows:
        return NOTHING
    rows.sort()
    return Contribution(state.procedure, state.channel, tuple(rows))


def _late_sync(state: CaseState) -> bool:
    """Finished by its appointment, and known to the national portal only after it."""
    ended_at, due_at, known_at = state.ended_at, state.due_at, state.portal_learned_at
    return ended_at is not None and due_at is not None and known_at is not None and ended_at <= due_at < known_at


_contribution_decoder = msgspec.json.Decoder(Contribution)
_encoder = msgspec.json.Encoder()


def contribution_json(value: Contribution) -> str:
    return _encoder.encode(value).decode()


def contribution_from(text: str) -> Contribution:
    return _contribution_decoder.decode(text)


def flows_json(flows: tuple[Flow, ...]) -> str:
    return _encoder.encode(flows).decode()


def rows_json(found: tuple[Move, ...] | tuple[Stay, ...]) -> str | None:
    return _encoder.encode(found).decode() if found else None
