"""Names of units by their keys, as the loaded reference data has them today; one set for the process.

Figures, links and lists know keys only. A name stands where words are made (:func:`dashboards.words.unit`), which is in
pure functions of every screen: so it is held here, and :mod:`dashboards.survey` keeps it fresh.
"""

from collections.abc import Mapping

_held: Mapping[str, str] = {}
_version = 0


def hold(names: Mapping[str, str]) -> None:
    """These from now on."""
    global _held, _version
    if names != _held:
        _held, _version = dict(names), _version + 1


def name(key: str) -> str:
    """What the unit is called; the key itself where nothing is known of it."""
    return _held.get(key, key)


def version() -> int:
    """Another one after every change: what was rendered before is old."""
    return _version
