"""Whose a subject of any domain but cases is (see :mod:`streams.folds.belonging`). Pure.

Every kind whose data have a unit claims the subject for it. What a domain without any speaks of is the province's (the
connection, its limits): no source of some units only may touch it.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from schemas.domain import Domain
from schemas.province import day_of
from streams.entries.subjects import Said, facts_of
from streams.folds.belonging import Claim, Keeper, Speech


class _Unit(msgspec.Struct, frozen=True):
    unit: str | None = None


class _Amends(msgspec.Struct, frozen=True):
    replaces: tuple[str, str] | None = None
    event: _Unit = _Unit()


_unit = msgspec.json.Decoder(_Unit)
_amends = msgspec.json.Decoder(_Amends)
_UNLIMITED = Speech(None, ())


def _free(entries: Sequence[Said]) -> bool:
    return all(entry.granted is None for entry in entries)


@cache
def claiming(domain: Domain) -> frozenset[str]:
    """The kinds that say whose a subject is."""
    return frozenset(kind for kind, data in domain.kinds.items() if "unit" in data.model_fields)


@cache
def keeper(domain: Domain) -> Keeper[Said]:
    kinds = claiming(domain)

    def speech(entry: Said) -> Speech:
        granted = entry.granted
        if granted is None:
            return _UNLIMITED
        if entry.kind not in ("corrected", "voided"):
            unit = _unit.decode(entry.data).unit
            return Speech(granted, (unit,) if unit else (), own=bool(kinds), day=day_of(entry.time))
        said = _amends.decode(entry.data)
        own = bool(kinds) and said.replaces is not None and said.replaces[0] == entry.source
        return Speech(granted, (said.event.unit,) if said.event.unit else (), own, day_of(entry.time))

    def claims(subject: str, entries: Sequence[Said]) -> list[Claim]:
        winners, facts, _, _ = facts_of(domain, subject, entries)
        granted = {(entry.source, entry.id): entry.granted for entry in winners}
        said = [fact for fact in facts if fact.kind in kinds]
        return [Claim(_unit.decode(f.data).unit, granted[f.source, f.id], day_of(f.time)) for f in said]

    return Keeper(_free, speech, claims, lambda entry: entry.plain, contested="first")
