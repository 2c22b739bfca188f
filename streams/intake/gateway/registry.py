"""The operator's side of the sources: who may send, and their tokens. Blocking; writes as role ``migrate``."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import psycopg

from schemas.granted_units import EVERYTHING, LONGEST, written
from schemas.source_name import RULE, fits
from streams.intake.gateway.grants import fingerprint, types_meant
from streams.queries import QUERIES

NAME = re.compile(r"[a-z][a-z0-9._-]{0,63}")


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
    token_at: datetime


def add(url: str, name: str, urn: str, types: tuple[str, ...], units: tuple[str, ...], now: datetime) -> str:
    """The token, which nobody can be told again. Raises :class:`Unfit`."""
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
    token = new_token()
    row = {"name": name, "urn": urn, "token": fingerprint(token), "types": list(types), "units": list(units)}
    with psycopg.connect(url) as connection:
        if connection.execute(QUERIES["gateway/add"], {**row, "now": now}).fetchone() is None:
            raise Unfit(f"there is a source called {name}, or one with the URN {urn}")
    return token


def rotate(url: str, name: str, now: datetime) -> str:
    """Another token instead of the one it has. Raises :class:`LookupError`."""
    token = new_token()
    with psycopg.connect(url) as connection:
        parameters = {"name": name, "token": fingerprint(token), "now": now}
        if connection.execute(QUERIES["gateway/rotate"], parameters).fetchone() is None:
            raise LookupError(f"there is no source called {name}")
    return token


def remove(url: str, name: str) -> None:
    """Raises :class:`LookupError`."""
    with psycopg.connect(url) as connection:
        if connection.execute(QUERIES["gateway/remove"], {"name": name}).fetchone() is None:
            raise LookupError(f"there is no source called {name}")


def listed(url: str) -> list[Registered]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(QUERIES["gateway/list"]).fetchall()
    return [Registered(name, urn, tuple(types), tuple(units), *times) for name, urn, types, units, *times in rows]


def new_token() -> str:
    return f"ioc_{secrets.token_urlsafe(32)}"
