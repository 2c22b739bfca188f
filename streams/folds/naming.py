"""Facts as they are counted: units, procedures and agencies by the keys that their names had on the day of the fact.

What the source wrote stays in history and event table; only what the folds see is by keys. Pure.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from schemas.history import Entry
from schemas.reference.names import NAMED_BY, PROCEDURE, UNIT, Names
from schemas.reference.spelling import forms, tidy
from streams.entries.subjects import Told
from streams.folds.shapes import Shapes

# Beside the unit, which any kind may name.
_SELDOM = {
    "submitted": (("procedure", PROCEDURE),),
    "accepted": (("procedure", PROCEDURE),),
    "chain_step": (("agency", UNIT), ("to", UNIT)),
}


_plain_words: set[str | None] = {None}  # of steps, seen and in their one spelling
_MOST_WORDS = 20_000


def of_case(told: Sequence[Entry], seen: Shapes, names: Names) -> tuple[Sequence[Entry], tuple[str, ...]]:
    """The facts of a case, which have these shapes, and the names that they were told with, as
    :func:`schemas.reference.spelling.same` has them: where none of these has changed its meaning, the facts come out
    the same."""
    own_units, own_procedures = names.own[UNIT], names.own[PROCEDURE]
    for kind, unit, step, procedure, _, _ in seen.rows:
        if unit not in own_units or procedure not in own_procedures or step not in _plain_words or kind == "chain_step":
            break
    else:  # as nearly always
        return told, seen.names
    agencies = (agency for e in told if e.kind == "chain_step" for agency in (e.data.agency, e.data.to))
    return [_named(entry, names) for entry in told], _forms(frozenset([*seen.names, *agencies]))


_forms: Callable[[frozenset[str | None]], tuple[str, ...]] = lru_cache(20_000)(forms)


def _named(entry: Entry, names: Names) -> Entry:
    data, changed = entry.data, dict[str, Any]()
    if data.unit is not None and (key := names.at(UNIT, data.unit, entry.time)) != data.unit:
        changed["unit"] = key
    if data.name is not None:
        plain = tidy(data.name)  # a step's word; two spellings of it are one step
        if plain != data.name:
            changed["name"] = plain
        elif len(_plain_words) < _MOST_WORDS:
            _plain_words.add(plain)
    for field, kind in _SELDOM.get(entry.kind, ()):
        said = getattr(data, field)
        if said is not None and (key := names.at(kind, said, entry.time)) != said:
            changed[field] = key
    return replace(entry, data=replace(data, **changed)) if changed else entry


def of_subject(told: Sequence[Told], names: Names) -> tuple[list[Told], tuple[str, ...]]:
    """The same for the facts of any other domain; ``data`` is the contract's model of their kind."""
    found, written = list[Told](), set[str]()
    for fact in told:
        changed = dict[str, str]()
        for field in type(fact.data).model_fields.keys() & NAMED_BY.keys():
            said = getattr(fact.data, field)
            if said is not None:
                written.add(said)
                key = names.at(NAMED_BY[field], said, fact.time)
                if key != said:
                    changed[field] = key
        found.append(fact._replace(data=fact.data.model_copy(update=changed)) if changed else fact)
    return found, _forms(frozenset(written))
