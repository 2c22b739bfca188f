"""The book of every domain that is folded from its subjects' histories, all in the same tables (``subject_*``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from schemas.domain import Domain
from schemas.reference.names import Names
from schemas.rules.in_force import Rules
from streams import span_columns
from streams.books.book import Connection, counted
from streams.books.outside import Outside, OutsideRow
from streams.column_arrays import array, named
from streams.decode import Accepted
from streams.entries import subjects as entries
from streams.entries.subjects import Said
from streams.errors import Stop
from streams.folds.belonging import apart
from streams.folds.registry import FOLDED, FOLDS
from streams.folds.subject import Row, SubjectState, SubjectSums, come_to, oversized, rows_from
from streams.folds.subject_claims import keeper
from streams.queries import QUERIES
from streams.rulebook import LOCK, NewEdition, Rulebook

Key = tuple[str, str]  # (domain, subject)


@dataclass(slots=True)
class SubjectChanges:
    """What folding a span's subjects has brought."""

    keys: list[Key] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    states: list[SubjectState] = field(default_factory=list)
    sums: SubjectSums = field(default_factory=SubjectSums)
    outside: Outside = field(default_factory=Outside)

    def take(self, rules: Rules, key: Key, history: Sequence[Said], *, too_many: bool, old: Sequence[Row]) -> None:
        """Folds the history anew; ``old`` is the contribution that is stored."""
        name, subject = key
        folded = oversized() if too_many else come_to(FOLDED[name], FOLDS[name], subject, history, rules.names)
        self.sums.replace(name, old, folded.rows)
        self.keys.append(key)
        self.states.append(folded)
        if too_many or any(entry.granted is not None for entry in history):
            self.outside.take(name, subject, outside_rows(FOLDED[name], subject, history, rules.names))

    async def write(self, connection: Connection, edition: int) -> None:
        """States and rollups; sends without waiting for an answer."""
        keyed = named(("domain", "subject"), self.keys)
        states = {**keyed, **_columns(self), "rules_edition": edition}
        await connection.execute(QUERIES["subjects/write_states"], states)
        await self.outside.write(connection)
        sums = self.sums.changed()
        if not sums:
            return
        places = named(("domain", "counter", "unit", "part", "day"), sums)
        await connection.execute(QUERIES["subjects/add_figures"], places | named(("amount", "subjects"), sums.values()))
        if min(count for _, count in sums.values()) < 0:
            await connection.execute(QUERIES["subjects/drop_figures"], places)


def outside_rows(domain: Domain, subject: str, history: Sequence[Said], names: Names) -> list[OutsideRow]:
    """Of these events those that their sources had no right to say."""
    _, outside, unit = apart(subject, history, keeper(domain), names)
    return [(domain.name, subject, e.source, e.id, e.time, e.digest(subject), e.kind, unit or "") for e in outside]


class SubjectBook:
    """``rulebook`` says what names mean; it must have been read before a taking."""

    def __init__(self, history_limit: int, rulebook: Rulebook) -> None:
        self._limit = history_limit
        self._rulebook = rulebook

    def taking(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> "SubjectTaking":
        return SubjectTaking(connection, name, accepted, self._limit, self._rulebook.in_hand)


class SubjectTaking:
    """See :class:`streams.books.book.Taking`."""

    def __init__(
        self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted], limit: int, rules: Rules
    ) -> None:
        self.fresh: Mapping[str, int] = {}
        self._connection = connection
        self._name = name
        self._accepted = accepted
        self._limit = limit
        self._rules = rules
        self._by_key: dict[Key, list[Said]] = {}
        for event in accepted:
            self._by_key.setdefault((event.domain, event.subject), []).append(event.entry)
        self._histories: Sequence[Sequence[Any]] = ()
        self._contributions: dict[Key, list[Row]] = {}
        self._changes = SubjectChanges()

    async def ask(self) -> None:
        keys = sorted(self._by_key)
        keyed = named(("domains", "subjects"), keys)
        execute = self._connection.execute
        await execute(QUERIES["rules/shared_lock"], LOCK)
        self._edition = await execute(QUERIES["rules/edition"])
        events = {
            **self._name,
            **span_columns.events(self._accepted),
            "domain": array([a.domain for a in self._accepted]),
        }
        self._inserted = await execute(QUERIES["subjects/insert_events"], events)
        await execute(QUERIES["subjects/insert_keys"], keyed)
        self._held = await execute(QUERIES["subjects/lock_histories"], keyed)
        self._stored = await execute(QUERIES["subjects/stored_contributions"], keyed)

    async def hear(self) -> None:
        """Raises :class:`streams.rulebook.NewEdition` too."""
        edition = await self._edition.fetchone()
        if edition is None or edition[0] != self._rules.edition:
            raise NewEdition
        self.fresh = counted(await self._inserted.fetchall())
        self._histories = await self._held.fetchall()
        for domain, subject, contribution, version in await self._stored.fetchall():
            if version > FOLDED[domain].rules:
                raise Stop(f"a newer release has folded {domain} by newer rules; start that one")
            self._contributions[domain, subject] = rows_from(contribution)

    def fold(self) -> None:
        changes = self._changes
        for name, subject, text, too_many in self._histories:
            if too_many:
                continue
            domain, key = FOLDED[name], (name, subject)
            held = entries.decode(text) if len(text) > 2 else []
            history, added = entries.merge(domain, subject, held, self._by_key[key])
            if not added:
                continue
            over = len(history) > self._limit
            if over:
                history = []
            changes.take(self._rules, key, history, too_many=over, old=self._contributions.get(key, ()))
            changes.events.append(entries.encode(history))

    async def write(self) -> None:
        changes = self._changes
        if not changes.keys:
            return
        keyed = named(("domain", "subject"), changes.keys)
        over = array([state.oversized for state in changes.states])
        histories = {**keyed, "events": array(changes.events), "oversized": over}
        await self._connection.execute(QUERIES["subjects/write_histories"], histories)
        await changes.write(self._connection, self._rules.edition)


_AS_HELD = (
    "unit",
    "part",
    "standing",
    "title",
    "opened_at",
    "due_at",
    "ended_at",
    "last_at",
    "voided_at",
    "oversized",
    "simulated",
    "contribution",
)


def _columns(changes: SubjectChanges) -> dict[str, str]:
    return named(_AS_HELD, map(attrgetter(*_AS_HELD), changes.states)) | {
        "detail": array([state.detail_json for state in changes.states]),
        "names": array([array(state.names) for state in changes.states]),
        "rules_version": array([FOLDED[domain].rules for domain, _ in changes.keys]),
    }
