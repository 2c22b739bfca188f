"""The book of look-ups: no history and no state a subject, but what a span's look-ups add to the rollups.

A look-up that is new under its name, in a day without exceptions, simply counts. Whatever else comes (a correction, a
voiding, another version) goes to ``lookup_exception``, and the rollups change by what the look-ups that it touches come
to by the view ``lookup_standing``, before it was there and after: in any order of arrival the rollups are the sums over
that view. Locked subjects make that safe; all that one event can touch lies within its subject.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from schemas.rollups import LOOKUP_ROLLUPS
from schemas.rules.in_force import Rules
from streams.books import lookup_units
from streams.books.book import Connection
from streams.column_arrays import array, lists, named, texts
from streams.decode import Accepted
from streams.entries.lookups import Look, day_of_subject, replaces_of
from streams.folds.lookup_sums import LookupSums
from streams.guarding.lane import NOT_JUDGED, LaneGuard
from streams.queries import QUERIES
from streams.rulebook import LOCK, NewEdition, Rulebook

Name = tuple[str, str, str]  # (subject, source, id)


class LookupBook:
    """``rulebook`` says what names mean; it must have been read before a taking. ``guard`` sees what counts."""

    def __init__(self, rulebook: Rulebook, guard: LaneGuard | None = None) -> None:
        self._rulebook = rulebook
        self._guard = guard
        self._seen: set[str] = set()  # units that stand in lookup_unit

    def taking(self, connection: Connection, name: Mapping[str, Any], accepted: Sequence[Accepted]) -> "LookupTaking":
        return LookupTaking(connection, name, accepted, self._rulebook.in_hand, self._seen, self._guard)


class LookupTaking:
    """See :class:`streams.books.book.Taking`."""

    def __init__(
        self,
        connection: Connection,
        name: Mapping[str, Any],
        accepted: Sequence[Accepted],
        rules: Rules,
        seen: set[str],
        guard: LaneGuard | None = None,
    ) -> None:
        self._rules = rules
        self._guard, self._judged = guard, NOT_JUDGED
        self._seen = seen
        self._written = lookup_units.written_in(accepted)
        self.fresh: Mapping[str, int] = {}
        self._connection = connection
        self._name = name
        self._looks, self._others = _apart(accepted)
        self._subjects = sorted({a.subject for a in accepted})
        self._counts: Sequence[Accepted] = ()
        self._sums = LookupSums()

    async def ask(self) -> None:
        subjects = {"subjects": self._subjects}
        execute = self._connection.execute
        await execute(QUERIES["rules/shared_lock"], LOCK)
        self._edition = await execute(QUERIES["rules/edition"])
        await execute(QUERIES["lookups/units_lock"], lookup_units.LOCK)
        self._noted = None
        if unseen := self._written - self._seen:
            new = lookup_units.new_rows(unseen, self._rules.names)
            self._noted = await execute(QUERIES["lookups/insert_units"], new)
        self._units = await lookup_units.ask(self._connection, self._written)
        await execute(QUERIES["lookups/insert_days"], subjects)
        self._locked = await execute(QUERIES["lookups/lock_days"], subjects)
        self._inserted = None
        if self._looks:
            columns = {**self._name, **_columns(self._looks), "subjects": texts(self._subjects)}
            self._inserted = await execute(QUERIES["lookups/insert_events"], columns)

    async def hear(self) -> None:
        """Raises :class:`streams.rulebook.NewEdition` too."""
        edition = await self._edition.fetchone()
        if edition is None or edition[0] != self._rules.edition:
            raise NewEdition
        if self._noted is not None:  # what was there before this transaction stays there, whatever becomes of it
            self._seen |= self._written - {row[0] for row in await self._noted.fetchall()}
        self._key_of = lookup_units.KeyOf(lookup_units.spans_of(await self._units.fetchall()))
        voidings: dict[str, bool] = dict(await self._locked.fetchall())
        new, rest, doubted = self._looks, self._others, list[Accepted]()
        if self._inserted is not None:
            named: dict[int, bool] = dict(await self._inserted.fetchall())
            if len(named) < len(new):
                rest = [*rest, *(a for a in new if a.offset not in named)]
                new = [a for a in new if a.offset in named]
            doubted = [a for a in new if named[a.offset] or voidings.get(a.subject)] if voidings else []
        fresh = Counter([a.entry.source for a in new])
        self._counts = await self._that_stand(new, doubted) if doubted else new
        exceptions = await self._not_held(rest) if rest else []
        if exceptions:
            await self._except(exceptions, voidings)
            fresh.update(a.entry.source for a in exceptions)
        self.fresh = fresh

    def fold(self) -> None:
        self._sums.add(self._counts, self._key_of)
        if self._guard is not None:
            self._judged = self._guard.judge(self._counts, self._key_of)

    async def write(self) -> None:
        await write_sums(self._connection, self._sums)
        if self._guard is not None:
            await self._guard.write(self._connection, self._judged)

    async def _that_stand(self, new: Sequence[Accepted], doubted: Sequence[Accepted]) -> list[Accepted]:
        """Of the new look-ups those that nothing took back before they came; that can only be doubted ones."""
        cursor = await self._connection.execute(QUERIES["lookups/not_standing"], _named(doubted))
        out = {doubted[place - 1].offset for (place,) in await cursor.fetchall()}
        return [a for a in new if a.offset not in out]

    async def _not_held(self, events: Sequence[Accepted]) -> list[Accepted]:
        """Those of which no version letter for letter the same is held, each once."""
        once = list({(a.subject, a.digest): a for a in reversed(events)}.values())
        columns = {
            **_named(once),
            "time": [a.entry.time for a in once],
            "digest": [a.digest for a in once],
        }
        cursor = await self._connection.execute(QUERIES["lookups/held"], columns)
        held = {place for (place,) in await cursor.fetchall()}
        return [a for place, a in enumerate(once, 1) if place not in held]

    async def _except(self, exceptions: Sequence[Accepted], voidings: Mapping[str, bool]) -> None:
        """Inserts exceptions and notes what the look-ups that they touch came to before and come to after."""
        texts = [a.entry.text for a in exceptions]
        replaced = [replaces_of(text) for text in texts]
        subjects = sorted({a.subject for a in exceptions})
        voided = {
            a.subject for a, r in zip(exceptions, replaced, strict=True) if a.entry.kind == "voided" and r is None
        }
        days = {s: day for s in subjects if (day := day_of_subject(s)) is not None}
        named = _named(exceptions)
        touched = {
            **named,
            "in_subject": [a.subject for a, r in zip(exceptions, replaced, strict=True) if r],
            "replaces_source": [r[0] for r in replaced if r],
            "replaces_id": [r[1] for r in replaced if r],
            "subjects": list(days),
            "days": list(days.values()),
            # Only where a voiding of the whole is about, an exception may change more than it touches by name.
            "whole": [s for s in subjects if s in voided or voidings.get(s)],
        }
        rows = {
            **self._name,
            **named,
            "time": [a.entry.time for a in exceptions],
            "digest": [a.digest for a in exceptions],
            "kind": [a.entry.kind for a in exceptions],
            "data": texts,
            "replaces_source": [r and r[0] for r in replaced],
            "replaces_id": [r and r[1] for r in replaced],
            "offset": [a.offset for a in exceptions],
            "received": [a.received for a in exceptions],
        }
        execute = self._connection.execute
        await execute("SET LOCAL plan_cache_mode = force_generic_plan")  # to plan takes longer than to do it
        before = await execute(QUERIES["lookups/counted"], touched)
        await execute(QUERIES["lookups/insert_exceptions"], rows)
        await execute(QUERIES["lookups/mark_days"], {"subjects": subjects, "voidings": sorted(voided)})
        after = await execute(QUERIES["lookups/counted"], touched)
        self._sums.replace(await before.fetchall(), await after.fetchall())


async def write_sums(connection: Connection, differences: LookupSums) -> None:
    """Into the rollups."""
    for rollup in LOOKUP_ROLLUPS:
        sums = differences.of(rollup)
        if not sums:
            continue
        added = named(rollup.keys, sums) | named(rollup.counters, sums.values())
        await connection.execute(QUERIES[f"lookups/add_{rollup.name}"], added)
        less = [key for key, row in sums.items() if row[0] < 0]
        if less:
            await connection.execute(QUERIES[f"lookups/drop_zero_{rollup.name}"], named(rollup.keys, less))


def _apart(accepted: Sequence[Accepted]) -> tuple[list[Accepted], list[Accepted]]:
    """The first look-up of each name, and whatever else was said."""
    looks: dict[Name, Accepted] = {}
    others = []
    for a in accepted:
        entry = a.entry
        if type(entry) is Look:
            first = looks.setdefault((a.subject, entry.source, entry.id), a)
            if first is not a and first.digest != a.digest:
                others.append(a)
        else:
            others.append(a)
    return list(looks.values()), others


def _named(events: Sequence[Accepted]) -> dict[str, Any]:
    return {
        "subject": [a.subject for a in events],
        "source": [a.entry.source for a in events],
        "id": [a.entry.id for a in events],
        "day": [day_of_subject(a.subject) for a in events],
    }


def _columns(looks: Sequence[Accepted]) -> dict[str, Any]:
    entries = [a.entry for a in looks]
    data = [entry.data for entry in entries]
    return {
        "subject": texts([a.subject for a in looks]),
        "source": texts([e.source for e in entries]),
        "id": texts([e.id for e in entries]),
        "time": array([e.time for e in entries]),
        "digests": b"".join([a.digest for a in looks]),
        "unit": texts([d.unit for d in data]),
        "application": texts([d.application for d in data]),
        "purpose": texts([d.purpose for d in data]),
        "case_code": texts([d.case for d in data]),
        "channel": texts([d.channel for d in data]),
        "person": texts([d.person for d in data]),
        "fields": lists([d.fields for d in data]),
        "result": texts([d.result for d in data]),
        "latency_ms": array([d.latency_ms for d in data]),
        "client": texts([d.client for d in data]),
        "offset": array([a.offset for a in looks]),
        "received": array([a.received for a in looks]),
    }
