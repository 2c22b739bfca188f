"""The operator's side of the sources: who may send, and what. Blocking; writes as role ``migrate``, in the transaction
of the caller, who gives and ends their tokens in the same one (``infra/cli/source_registry.py``)."""

import re
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import TupleRow

from schemas.granted_units import EVERYTHING, LONGEST, written
from schemas.source_name import RULE, fits
from streams.intake.gateway.grants import types_meant
from streams.queries import QUERIES

NAME = re.compile(r"[a-z][a-z0-9._-]{0,63}")

Registering = psycopg.Connection[TupleRow]


class Unfit(ValueError):
    """What the operator asked for cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A source as an operator sees it."""

    name: str
    urn: str
    types: tuple[str, ...]
    units: tuple[str, ...]
    created_at: datetime


def check(name: str, urn: str, types: tuple[str, ...], units: tuple[str, ...]) -> None:
    """Raises :class:`Unfit`."""
    if NAME.fullmatch(name) is None:
        raise Unfit("a source's name has up to 64 letters a-z, digits, '.', '_' and '-', and begins with a letter")
    if not fits(urn):
        raise Unfit(f"the URN, the `source` of its events, {RULE}")
    strange = [glob for glob in types if not types_meant((glob,))]
    if strange or not types:
        raise Unfit(f"no event type is called {', '.join(strange) or 'nothing'}; docs/sources.md lists them")
    if not units or not all(units):
        raise Unfit(f"name the units that it may send, or {EVERYTHING} for every one")
    if len(written(units) or "") > LONGEST:
        raise Unfit(f"the units have more than {LONGEST} letters in all; name them by globs, H19.26.*")


def add(
    connection: Registering, name: str, urn: str, types: tuple[str, ...], units: tuple[str, ...], now: datetime
) -> None:
    """Raises :class:`Unfit`."""
    check(name, urn, types, units)
    row = {"name": name, "urn": urn, "types": list(types), "units": list(units), "now": now}
    if connection.execute(QUERIES["gateway/add"], row).fetchone() is None:
        raise Unfit(f"there is a source called {name}, or one with the URN {urn}")


def hold(connection: Registering, name: str) -> None:
    """Until the transaction ends. Raises :class:`LookupError`."""
    if connection.execute(QUERIES["gateway/held"], {"name": name}).fetchone() is None:
        raise LookupError(f"there is no source called {name}")


def remove(connection: Registering, name: str) -> None:
    """Raises :class:`LookupError`."""
    if connection.execute(QUERIES["gateway/remove"], {"name": name}).fetchone() is None:
        raise LookupError(f"there is no source called {name}")


def listed(connection: Registering) -> list[Registered]:
    rows = connection.execute(QUERIES["gateway/list"]).fetchall()
    return [Registered(name, urn, tuple(types), tuple(units), at) for name, urn, types, units, at in rows]
