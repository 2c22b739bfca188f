"""The sweep of every domain but cases: subjects that use a name which means something else by now are folded again.

As :mod:`streams.sweep.cases`: a span's locks in a span's order, a few hundred a transaction, found by what they say of
themselves.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from streams.books.book import Connection, transaction
from streams.books.subjects import Key, SubjectChanges
from streams.column_arrays import named
from streams.entries import subjects as entries
from streams.folds.registry import FOLDED
from streams.folds.subject import rows_from
from streams.queries import QUERIES
from streams.rulebook import LOCK, NewEdition, Rulebook, by_present_rules


async def sweep_subjects(
    search: Connection, hand: Connection, rulebook: Rulebook, at_once: int, gives_way: Callable[[], bool]
) -> int | None:
    """How many were folded again; ``None`` where it had to give way before the last."""
    done = 0
    async with search.cursor("subjects_under_old_names", withhold=True) as found:
        await found.execute(QUERIES["subjects/old_names"])
        while keys := await found.fetchmany(at_once):
            if gives_way():
                return None
            fold_again = partial(_fold_again, hand, sorted((domain, subject) for domain, subject in keys), rulebook)
            done += await by_present_rules(rulebook, hand, fold_again)
    return done


async def _fold_again(connection: Connection, keys: Sequence[Key], rulebook: Rulebook) -> int:
    """One transaction; of these subjects only those that a newer release has not folded."""
    rules, changes = rulebook.in_hand, SubjectChanges()
    keyed: dict[str, Any] = named(("domains", "subjects"), keys)
    async with transaction(connection):
        async with connection.pipeline():
            await connection.execute(QUERIES["rules/shared_lock"], LOCK)
            edition = await connection.execute(QUERIES["rules/edition"])
            held = await connection.execute(QUERIES["subjects/lock_histories"], keyed)
            old = await connection.execute(QUERIES["subjects/still_old"], keyed)
            row = await edition.fetchone()
            if row is None or row[0] != rules.edition:
                raise NewEdition
            stored = {(domain, subject): rest for domain, subject, *rest in await old.fetchall()}
            histories = await held.fetchall()
        for domain, subject, events, oversized in histories:
            if (domain, subject) not in stored or domain not in FOLDED:
                continue
            contribution, version = stored[domain, subject]
            if version <= FOLDED[domain].rules:
                history, was = entries.decode(events), rows_from(contribution)
                changes.take(rules, (domain, subject), history, too_many=oversized, old=was)
        if changes.keys:
            async with connection.pipeline():
                await changes.write(connection, rules.edition)
    return len(changes.keys)
