"""The book of every domain that is folded from its subjects' histories, all in the same tables (``subject_*``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from streams import rows
from streams.books.book import Connection, counted
from streams.columns import array
from streams.decode import Accepted
from streams.entries import subjects as entries
from streams.entries.subjects import Said
from streams.errors import Stop
from streams.folds.registry import FOLDED, FOLDS
from streams.folds.subject import Row, SubjectState, Sums, come_to, oversized, rows_from
from streams.queries import QUERIES

Key = tuple[str, str]  # (domain, subject)


@dataclass(slots=True)
class Changes:
    """What folding a span's subjects has brought."""

    keys: list[Key] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    states: list[SubjectState] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)


class SubjectBook:
    def __init__(self, history_limit: int) -> None:
        self._limit = history_limit

    def taking(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> "SubjectTaking":
        return SubjectTaking(connection, name, accepted, self._limit)


class SubjectTaking:
    """See :class:`streams.books.book.Taking`."""

    def __init__(
        self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted], limit: int
    ) -> None:
        self.fresh: Mapping[str, int] = {}
        self._connection = connection
        self._name = name
        self._accepted = accepted
        self._limit = limit
        self._by_key: dict[Key, list[Said]] = {}
        for event in accepted:
            self._by_key.setdefault((event.domain, event.subject), []).append(event.entry)
        self._histories: Sequence[Sequence[Any]] = ()
        self._contributions: dict[Key, list[Row]] = {}
        self._changes = Changes()

    async def ask(self) -> None:
        keys = sorted(self._by_key)
        domains, subjects = map(array, zip(*keys, strict=True))
        named = {"domains": domains, "subjects": subjects}
        execute = self._connection.execute
        events = {**self._name, **rows.events(self._accepted), "domain": array([a.domain for a in self._accepted])}
        self._inserted = await execute(QUERIES["subject_insert_events"], events)
        await execute(QUERIES["subject_insert_keys"], named)
        self._held = await execute(QUERIES["subject_lock_histories"], named)
        self._stored = await execute(QUERIES["subject_stored_contributions"], named)

    async def hear(self) -> None:
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
            if len(history) > self._limit:
                history, state = [], oversized()
            else:
                state = come_to(domain, FOLDS[name], subject, history)
            changes.sums.replace(name, self._contributions.get(key, ()), state.rows)
            changes.keys.append(key)
            changes.events.append(entries.encode(history))
            changes.states.append(state)

    async def write(self) -> None:
        changes = self._changes
        if not changes.keys:
            return
        execute = self._connection.execute
        domains, subjects = map(array, zip(*changes.keys, strict=True))
        named = {"domain": domains, "subject": subjects}
        states = changes.states
        await execute(
            QUERIES["subject_write_histories"],
            {**named, "events": array(changes.events), "oversized": array([s.oversized for s in states])},
        )
        await execute(QUERIES["subject_write_states"], {**named, **_columns(changes)})
        sums = changes.sums.changed()
        if not sums:
            return
        columns = ("domain", "counter", "unit", "part", "day")
        keyed = dict(zip(columns, map(array, zip(*sums, strict=True)), strict=True))
        amounts, counts = zip(*sums.values(), strict=True)
        added = {**keyed, "amount": array(amounts), "subjects": array(counts)}
        await execute(QUERIES["subject_add_figures"], added)
        if min(counts) < 0:
            await execute(QUERIES["subject_drop_figures"], keyed)


def _columns(changes: Changes) -> dict[str, Any]:
    states = changes.states
    return {
        "unit": array([s.unit for s in states]),
        "part": array([s.part for s in states]),
        "standing": array([s.standing for s in states]),
        "title": array([s.title for s in states]),
        "opened_at": array([s.opened_at for s in states]),
        "due_at": array([s.due_at for s in states]),
        "ended_at": array([s.ended_at for s in states]),
        "last_at": array([s.last_at for s in states]),
        "voided_at": array([s.voided_at for s in states]),
        "oversized": array([s.oversized for s in states]),
        "simulated": array([s.simulated for s in states]),
        "detail": array([s.detail_json for s in states]),
        "contribution": array([s.contribution for s in states]),
        "rules_version": array([FOLDED[domain].rules for domain, _ in changes.keys]),
    }
