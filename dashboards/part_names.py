"""Names of systems, plans and procedures by their keys, as the loaded reference data has them; held as those of units
are."""

from collections.abc import Mapping

from dashboards.unnamed import unnamed

# Which things the parts of a domain are.
KINDS = {
    "system": "system",
    "certificate": "system",
    "backup": "system",
    "milestone": "system",
    "lookup": "system",
    "task": "plan",
}
PROCEDURE = "procedure"
_held: Mapping[tuple[str, str], str] = {}
_short: Mapping[str, tuple[str, ...]] = {}


def hold(names: Mapping[tuple[str, str], str], short: Mapping[str, tuple[str, ...]] | None = None) -> None:
    """These from now on, by kind and key. ``short``: the abbreviations of a procedure's name, by its key."""
    global _held, _short
    _held, _short = dict(names), dict(short or {})


def name(domain: str, key: str) -> str:
    """What the part of a domain is called."""
    return _held.get((KINDS.get(domain, ""), key)) or unnamed(key)


def system(key: str) -> str:
    return name("system", key)


def known_system(key: str) -> str | None:
    return _held.get((KINDS["system"], key))


def procedure(key: str) -> str:
    return _held.get((PROCEDURE, key)) or unnamed(key)


def short_procedure(key: str) -> tuple[str, ...]:
    """The short names that the reference data has of it."""
    return _short.get(key, ())
