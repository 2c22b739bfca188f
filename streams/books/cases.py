"""The book of cases: event table, histories, states, and rollups at three grains."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import astuple

from schemas import history
from schemas.history import Entry
from schemas.reference.names import Names
from schemas.rollups import CASE_ROLLUPS, Rollup
from schemas.rules.in_force import Rules
from schemas.state import NOTHING, RULES_VERSION, CaseState
from streams import span_columns
from streams.books.book import Connection, counted
from streams.books.outside import CASE, Outside, OutsideRow
from streams.column_arrays import array, named
from streams.decode import Accepted
from streams.errors import Stop
from streams.folds import cases as fold
from streams.folds.belonging import apart
from streams.folds.case_claims import CASES
from streams.folds.shapes import shapes
from streams.queries import QUERIES
from streams.rollup_changes import Delta
from streams.rulebook import LOCK, NewEdition, Rulebook


@dataclass(slots=True)
class CaseChanges:
    """What folding cases has brought, by which rules."""

    rules: Rules
    subjects: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    oversized: list[bool] = field(default_factory=list)
    states: list[CaseState] = field(default_factory=list)
    contributions: list[str] = field(default_factory=list)
    delta: Delta = field(default_factory=Delta)
    outside: Outside = field(default_factory=Outside)

    def take(self, subject: str, entries: Sequence[Entry], oversized: bool, old_text: str | None) -> None:
        """Folds the history anew; ``old_text`` is the contribution that is stored."""
        seen = shapes(entries)
        state = fold.OVERSIZED if oversized else fold.fold(subject, entries, self.rules, seen)
        new = fold.contribution(state)
        new_text = fold.contribution_json(new)
        if new_text != old_text:
            self.delta.replace(NOTHING if old_text is None else fold.contribution_from(old_text), new)
        self.subjects.append(subject)
        self.oversized.append(oversized)
        self.states.append(state)
        self.contributions.append(new_text)
        if oversized or seen.limited:
            self.outside.take(CASE, subject, outside_rows(subject, entries, self.rules.names))

    async def write(self, connection: Connection) -> None:
        """States and rollups; sends without waiting for an answer."""
        await connection.execute(QUERIES["cases/write_states"], _states(self))
        for rollup in CASE_ROLLUPS:
            await _add(connection, rollup, self.delta)
        await self.outside.write(connection)


def outside_rows(subject: str, entries: Sequence[Entry], names: Names) -> list[OutsideRow]:
    """Of these events those that their sources had no right to say."""
    _, outside, unit = apart(subject, entries, CASES, names)
    return [(CASE, subject, e.source, e.id, e.time, history.digest(subject, e), e.kind, unit or "") for e in outside]


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
        self._changes = CaseChanges(rules)

    async def ask(self) -> None:
        subjects = {"subjects": array(sorted(self._by_subject))}
        execute = self._connection.execute
        await execute(QUERIES["rules/shared_lock"], LOCK)
        self._edition = await execute(QUERIES["rules/edition"])
        self._inserted = await execute(
            QUERIES["cases/insert_events"], {**self._name, **span_columns.events(self._accepted)}
        )
        await execute(QUERIES["cases/insert_keys"], subjects)
        self._held = await execute(QUERIES["cases/lock_histories"], subjects)
        self._stored = await execute(QUERIES["cases/stored_contributions"], subjects)

    async def hear(self) -> None:
        """Raises :class:`streams.rulebook.NewEdition` too."""
        edition = await self._edition.fetchone()
        if edition is None or edition[0] != self._changes.rules.edition:
            raise NewEdition
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
            changes.take(subject, [] if too_many else entries, too_many, self._contributions.get(subject))
            changes.events.append("[]" if too_many else history.encode_more(text, held, entries))

    async def write(self) -> None:
        changes = self._changes
        if not changes.subjects:
            return
        await self._connection.execute(
            QUERIES["cases/write_histories"],
            {
                "subjects": array(changes.subjects),
                "events": array(changes.events),
                "oversized": array(changes.oversized),
            },
        )
        await changes.write(self._connection)


async def _add(connection: Connection, rollup: Rollup, delta: Delta) -> None:
    sums = delta.of(rollup.name)
    if not sums:
        return
    added = named(rollup.keys, sums) | named(rollup.counters, sums.values())
    await connection.execute(QUERIES[f"cases/add_{rollup.name}"], added)
    less = [key for key, row in sums.items() if min(row) < 0]
    if less:
        await connection.execute(QUERIES[f"cases/drop_zero_{rollup.name}"], named(rollup.keys, less))


_EMPTY = array(())
# What is written otherwise than it is held.
_WRITTEN: dict[str, Callable[[Any], str | None]] = {
    "flows": fold.flows_json,
    "path": lambda steps: None if steps is None else array(steps),
    "path_office_s": lambda seconds: array(seconds) if seconds else _EMPTY,
    "path_waited_s": lambda seconds: array(seconds) if seconds else _EMPTY,
    "chain_stays": fold.rows_json,
    "names": array,
    "deadline_moves": fold.rows_json,
    "readings": lambda names: array(names) if names else _EMPTY,
}


def _states(changes: CaseChanges) -> dict[str, Any]:
    """Columns by the names of the state's fields, and what is stored beside them."""
    columns = dict(zip(CaseState.__struct_fields__, zip(*map(astuple, changes.states), strict=True), strict=True))
    for name, written in _WRITTEN.items():
        columns[name] = tuple(map(written, columns[name]))
    return {
        **{name: array(values) for name, values in columns.items()},
        "subject": array(changes.subjects),
        "contribution": array(changes.contributions),
        "rules_version": RULES_VERSION,
        "rules_edition": changes.rules.edition,
    }
