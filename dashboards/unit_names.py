"""Names of units by their keys, as the loaded reference data has them today; one set for the process.

Figures, links and lists know keys only. A name stands where words are made (:func:`dashboards.words.unit`), which is in
pure functions of every screen: so it is held here, and :mod:`dashboards.background_reads` keeps it fresh.
"""

from collections.abc import Mapping

from schemas.reference.spelling import same

_held: Mapping[str, str] = {}
_short: Mapping[str, tuple[str, ...]] = {}
_short_of_name: Mapping[str, tuple[str, ...]] = {}
_version = 0


def hold(names: Mapping[str, str], short: Mapping[str, tuple[str, ...]]) -> None:
    """These from now on. ``short``: the abbreviations of a unit's name, by its key."""
    global _held, _short, _short_of_name, _version
    if names != _held or short != _short:
        _held, _short, _version = dict(names), dict(short), _version + 1
        _short_of_name = {same(names[key]): of for key, of in short.items() if key in names}


def name(key: str) -> str:
    """What the unit is called; the key itself where nothing is known of it."""
    return _held.get(key, key)


def all_names() -> Mapping[str, str]:
    """Of every unit, by its key."""
    return _held


def knows(key: str) -> bool:
    return key in _held


def abbreviations(key_or_name: str) -> tuple[str, ...]:
    """The short names that the reference data has of the unit; none of one that it does not know."""
    return _short.get(key_or_name) or _short_of_name.get(same(key_or_name), ())


def version() -> int:
    """Another one after every change: what was rendered before is old."""
    return _version
