"""Whose a case is, and what each of its events says (see :mod:`streams.folds.belonging`). Pure."""

from collections.abc import Sequence

from msgspec.structs import replace

from schemas import history
from schemas.history import Entry
from schemas.province import day_of
from streams import conflicting_versions
from streams.conflicting_versions import Amendment
from streams.folds.belonging import Claim, Keeper, Speech


def amendment(entry: Entry) -> Amendment | None:
    data = entry.data
    if entry.kind == "voided":
        return Amendment(data.replaces)
    if entry.kind != "corrected":
        return None
    if data.kind is None or data.time is None or data.event is None:
        return Amendment(data.replaces)
    return Amendment(data.replaces, Entry(data.kind, data.time, entry.source, entry.id, data.event))


def _free(entries: Sequence[Entry]) -> bool:
    return not any(entry.data.granted for entry in entries)


def _speech(entry: Entry) -> Speech:
    data = entry.data
    if data.granted is None:
        return _UNLIMITED
    units = [unit for unit in (data.unit, data.event and data.event.unit) if unit]
    own = entry.kind not in ("corrected", "voided") or (data.replaces is not None and data.replaces[0] == entry.source)
    return Speech(data.granted, tuple(units), own, day_of(entry.time))


def _claims(subject: str, entries: Sequence[Entry]) -> list[Claim]:
    """By its acceptances; by its submissions while it has none."""
    winners, _ = conflicting_versions.standing(entries, history.order, lambda entry: history.digest(subject, entry))
    granted = {(entry.source, entry.id): entry.data.granted for entry in winners}
    told, _ = conflicting_versions.amended(winners, history.order, amendment)
    for kind in ("accepted", "submitted"):
        said = [entry for entry in told if entry.kind == kind and entry.data.unit]
        claims = [Claim(e.data.unit, granted[e.source, e.id], day_of(e.time)) for e in said]
        if claims:
            return claims
    return []


_UNLIMITED = Speech(None, ())
CASES: Keeper[Entry] = Keeper(
    _free,
    _speech,
    _claims,
    lambda entry: replace(entry, data=replace(entry.data, granted=None)),
    contested="last",
)
