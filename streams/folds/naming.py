"""Facts as they are counted: units, procedures and agencies by the keys that their names had on the day of the fact.

What the source wrote stays in history and event table; only what the folds see is by keys. Pure.
"""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from schemas.history import Data, Entry
from schemas.province import day_of
from schemas.reference.names import NAMED_BY, UNIT, Names
from schemas.reference.spelling import same, tidy
from streams.entries.subjects import Told

_SELDOM = tuple((field, kind) for field, kind in NAMED_BY.items() if field in Data.__struct_fields__ and field != UNIT)


def of_case(told: Sequence[Entry], names: Names) -> tuple[list[Entry], tuple[str, ...]]:
    """The facts of a case, and the names that they were told with, as :func:`schemas.reference.spelling.same` has them:
    where none of these has changed its meaning, the facts come out the same."""
    found, written = list[Entry](), set[str]()
    for entry in told:
        data, changed = entry.data, dict[str, Any]()
        unit, name = data.unit, data.name
        if unit is not None:
            written.add(unit)
            key = names.key(UNIT, unit, day_of(entry.time))
            if key != unit:
                changed["unit"] = key
        if name is not None and not name.isascii() and (plain := tidy(name)) != name:
            changed["name"] = plain  # a step's word; two spellings of it are one step
        for field, kind in _SELDOM:
            said = getattr(data, field)
            if said is not None:
                written.add(said)
                key = names.key(kind, said, day_of(entry.time))
                if key != said:
                    changed[field] = key
        found.append(
            Entry(entry.kind, entry.time, entry.source, entry.id, replace(data, **changed)) if changed else entry
        )
    return found, tuple(sorted({same(one) for one in written}))


def of_subject(told: Sequence[Told], names: Names) -> tuple[list[Told], tuple[str, ...]]:
    """The same for the facts of any other domain; ``data`` is the contract's model of their kind."""
    found, written = list[Told](), set[str]()
    for fact in told:
        changed = dict[str, str]()
        for field in type(fact.data).model_fields.keys() & NAMED_BY.keys():
            said = getattr(fact.data, field)
            if said is not None:
                written.add(said)
                key = names.key(NAMED_BY[field], said, day_of(fact.time))
                if key != said:
                    changed[field] = key
        found.append(fact._replace(data=fact.data.model_copy(update=changed)) if changed else fact)
    return found, tuple(sorted({same(one) for one in written}))
