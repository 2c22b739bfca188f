"""Names of systems and plans by their keys, as the loaded reference data has them; held as those of units are."""

from collections.abc import Mapping

# Which things the parts of a domain are.
KINDS = {
    "system": "system",
    "certificate": "system",
    "backup": "system",
    "milestone": "system",
    "lookup": "system",
    "task": "plan",
}
_held: Mapping[tuple[str, str], str] = {}


def hold(names: Mapping[tuple[str, str], str]) -> None:
    """These from now on, by kind and key."""
    global _held
    _held = dict(names)


def name(domain: str, key: str) -> str:
    """What the part of a domain is called; the key itself where nothing is known of it."""
    return _held.get((KINDS.get(domain, ""), key), key)
