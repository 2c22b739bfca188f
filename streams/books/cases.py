"""The book of cases: event table, histories, states, and rollups at three grains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas import history
from schemas.counters import FLOW_COUNTERS
from schemas.history import Entry
from schemas.rules.sets import Rules
from schemas.state import NOTHING, RULES_VERSION, CaseState
from streams import columns, rows, ruling
from streams.books.book import Connection, counted
from streams.decode import Accepted
from streams.delta import GRAINS, Delta, Key, Sums
from streams.errors import Stop
from streams.folds import cases as fold
from streams.queries import QUERIES
from streams.ruling import Rulebook


@dataclass(slots=True)
class Changes:
    """What folding cases has brought, by which rules."""

    rules: Rules
    subjects: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    oversized: list[bool] = field(default_factory=list)
    states: list[CaseState] = field(default_factory=list)
    contributions: list[str] = field(default_factory=list)
    delta: Delta = field(default_factory=Delta)

    def take(self, subject: str, entries: Sequence[Entry], oversized: bool, old_text: str | None) -> None:
        """Folds the history anew; ``old_text`` is the contribution that is stored."""
        state = fold.OVERSIZED if oversized else fold.fold(subject, entries, self.rules)
        new = fold.contribution(state)
        new_text = fold.contribution_json(new)
        if new_text != old_text:
            self.delta.replace(NOTHING if old_text is None else fold.contribution_from(old_text), new)
        self.subjects.append(subject)
        self.oversized.append(oversized)
        self.states.append(state)
        self.contributions.append(new_text)

    async def write(self, connection: Connection) -> None:
        """States and rollups; sends without waiting for an answer."""
        await connection.execute(QUERIES["write_states"], _states(self))
        for grain in GRAINS:
            await _add(connection, grain, self.delta)


class CaseBook:
    """``rulebook`` holds the rules by which cases are judged; it must have been read before a taking."""

    def __init__(self, history_limit: int, rulebook: Rulebook) -> None:
        self._limit = history_limit
        self._rulebook = rulebook

    def taking(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> "CaseTaking":
        return CaseTaking(connection, name, accepted, self._limit, self._rulebook.in_hand)


class CaseTaking:
    """See :class:`streams.books.book.Taking`."""

    def __init__(
        self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted], limit: int, rules: Rules
    ) -> None:
        self.fresh: Mapping[str, int] = {}
        self._connection = connection
        self._name = name
        self._accepted = accepted
        self._limit = limit
        self._by_subject: dict[str, list[Entry]] = {}
        for event in accepted:
            self._by_subject.setdefault(event.subject, []).append(event.entry)
        self._histories: Sequence[Sequence[Any]] = ()
        self._contributions: dict[str, str] = {}
        self._changes = Changes(rules)

    async def ask(self) -> None:
        subjects = {"subjects": sorted(self._by_subject)}
        execute = self._connection.execute
        await execute(QUERIES["rules_shared_lock"], ruling.LOCK)
        self._edition = await execute(QUERIES["rules_edition"])
        self._inserted = await execute(QUERIES["insert_events"], {**self._name, **rows.events(self._accepted)})
        await execute(QUERIES["insert_keys"], subjects)
        self._held = await execute(QUERIES["lock_histories"], subjects)
        self._stored = await execute(QUERIES["stored_contributions"], subjects)

    async def hear(self) -> None:
        """Raises :class:`streams.ruling.NewEdition` too."""
        edition = await self._edition.fetchone()
        if edition is None or edition[0] != self._changes.rules.edition:
            raise ruling.NewEdition
        self.fresh = counted(await self._inserted.fetchall())
        self._histories = await self._held.fetchall()
        states = await self._stored.fetchall()
        self._contributions = {row[0]: row[1] for row in states}
        if any(row[2] > RULES_VERSION for row in states):
            raise Stop("a newer release has folded these cases by newer rules; start that one")

    def fold(self) -> None:
        changes = self._changes
        for subject, text, oversized in self._histories:
            if oversized:
                continue
            held = history.decode(text) if len(text) > 2 else []
            entries, added = fold.merge(subject, held, self._by_subject[subject])
            if not added:
                continue
            too_many = len(entries) > self._limit
            if too_many:
                entries = []
            changes.take(subject, entries, too_many, self._contributions.get(subject))
            changes.events.append(history.encode(entries))

    async def write(self) -> None:
        changes = self._changes
        if not changes.subjects:
            return
        await self._connection.execute(
            QUERIES["write_histories"],
            {"subjects": changes.subjects, "events": changes.events, "oversized": changes.oversized},
        )
        await changes.write(self._connection)


async def _add(connection: Connection, grain: str, delta: Delta) -> None:
    sums = delta.grain(grain)
    if not sums:
        return
    await connection.execute(QUERIES[f"add_{grain}"], _sums(grain, sums))
    less = [key for key, row in sums.items() if min(row) < 0]
    if less:
        await connection.execute(QUERIES[f"drop_zero_{grain}"], _keys(grain, less))


def _states(changes: Changes) -> dict[str, Any]:
    folded = changes.states
    return {
        "subject": changes.subjects,
        "unit": [s.unit for s in folded],
        "procedure": [s.procedure for s in folded],
        "channel": [str(s.channel) for s in folded],
        "submitted_at": [s.submitted_at for s in folded],
        "accepted_at": [s.accepted_at for s in folded],
        "due_at": [s.due_at for s in folded],
        "ended_at": [s.ended_at for s in folded],
        "end_kind": [s.end_kind for s in folded],
        "returned_at": [s.returned_at for s in folded],
        "status": [s.status for s in folded],
        "status_raw": [s.status_raw for s in folded],
        "last_at": [s.last_at for s in folded],
        "last_unit": [s.last_unit for s in folded],
        "flows": [fold.flows_json(s.flows) for s in folded],
        "voided_at": [s.voided_at for s in folded],
        "oversized": [s.oversized for s in folded],
        "simulated": [s.simulated for s in folded],
        "portal_status": [s.portal_status for s in folded],
        "portal_code": [s.portal_code for s in folded],
        "synced_at": [s.synced_at for s in folded],
        "portal_ended_at": [s.portal_ended_at for s in folded],
        "portal_rewritten": [s.portal_rewritten for s in folded],
        "chain": [s.chain for s in folded],
        "chain_step": [s.chain_step for s in folded],
        "chain_agency": [s.chain_agency for s in folded],
        "chain_since": [s.chain_since for s in folded],
        "due_61": [s.due_61 for s in folded],
        "due_766": [s.due_766 for s in folded],
        "ended_766": [s.ended_766 for s in folded],
        "late_766": [s.late_766 for s in folded],
        "supplement_requests": [s.supplement_requests for s in folded],
        "office_us": [s.office_us for s in folded],
        "citizen_us": [s.citizen_us for s in folded],
        "agency_us": [s.agency_us for s in folded],
        "payment_us": [s.payment_us for s in folded],
        "waits_for": [s.waits_for for s in folded],
        "waits_since": [s.waits_since for s in folded],
        "late_cause": [s.late_cause for s in folded],
        "portal_learned_at": [s.portal_learned_at for s in folded],
        "judged_from": [s.judged_from for s in folded],
        "judged_to": [s.judged_to for s in folded],
        "score_flags": [s.score_flags for s in folded],
        "path": [None if s.path is None else columns.UNIT.join(s.path) for s in folded],
        "path_office_s": [columns.integers(s.path_office_s) for s in folded],
        "path_waited_s": [columns.integers(s.path_waited_s) for s in folded],
        "path_since": [s.path_since for s in folded],
        "loops": [s.loops for s in folded],
        "loop_reason": [s.loop_reason for s in folded],
        "chain_stays": [fold.stays_json(s.chain_stays) for s in folded],
        "contribution": changes.contributions,
        "rules_version": RULES_VERSION,
        "rules_edition": changes.rules.edition,
    }


def _sums(grain: str, sums: Sums) -> dict[str, Any]:
    """A grain's differences; the keys first."""
    columns = _keys(grain, list(sums))
    columns.update(zip(FLOW_COUNTERS, map(list, zip(*sums.values(), strict=True)), strict=True))
    return columns


def _keys(grain: str, keys: Sequence[Key]) -> dict[str, Any]:
    return dict(zip(GRAINS[grain], map(list, zip(*keys, strict=True)), strict=True))
