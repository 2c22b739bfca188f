"""The operator's side of accounts and keys (``ioc accounts``, ``ioc keys``). Blocking; writes as role ``migrate``, each
deed with its row on record in the same transaction."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from dashboards.access import passwords
from dashboards.access.asker import PEOPLE, RIGHTS, Role
from dashboards.access.record import Deed
from dashboards.access.tokens import fingerprint, new_token
from dashboards.readers.queries import query

SUBJECT = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
KEY_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
LONGEST_NAME = 60
UNIT = re.compile(r"[A-Za-z0-9._-]{1,40}")
KEY_LIVES = timedelta(days=366)
Connection = psycopg.Connection[tuple[Any, ...]]


class UnfitAccess(ValueError):
    """What the operator asked for cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class ListedAccount:
    subject: str
    issuer: str
    name: str
    role: str
    units: tuple[str, ...]
    created_at: datetime
    disabled_at: datetime | None
    sessions: int


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key as an operator sees it; nothing of its token."""

    id: str
    name: str
    units: tuple[str, ...]
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime


def add_account(url: str, subject: str, name: str, role: str, units: Sequence[str], now: datetime, *, by: str) -> str:
    """The account's first password, which nobody can be told again and which must be changed. Raises
    :class:`UnfitAccess`."""
    if SUBJECT.fullmatch(subject) is None:
        raise UnfitAccess("a name to sign in with has 2 to 64 letters a-z, digits, '.', '_', '@' and '-'")
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UnfitAccess(f"the name that is shown has 1 to {LONGEST_NAME} characters")
    _check_role(role, units)
    password = passwords.new_password()
    row: dict[str, Any] = {"subject": subject, "name": name, "role": role, "units": sorted(set(units)), "now": now}
    with _writing(url) as connection:
        made = connection.execute(
            query("access/account_add"), row | {"password": passwords.hashed(password)}
        ).fetchone()
        if made is None:
            raise UnfitAccess("there is an account of that name")
        _record(connection, by, Deed.ACCOUNT_MADE, subject, row["units"], now)
    return password


def change_account(
    url: str,
    subject: str,
    now: datetime,
    *,
    by: str,
    role: str | None = None,
    units: Sequence[str] = (),
    disabled: bool | None = None,
    password: bool = False,
) -> str | None:
    """Another role (with its units), no entry or entry again, or a new password, which is returned. Its sessions end.
    Raises :class:`LookupError`, :class:`UnfitAccess`."""
    if role is not None:
        _check_role(role, units)
    new = passwords.new_password() if password else None
    given: dict[str, Any] = {
        "subject": subject,
        "role": role,
        "units": sorted(set(units)),
        "disabled": disabled,
        "password": None if new is None else passwords.hashed(new),
        "now": now,
    }
    with _writing(url) as connection:
        if connection.execute(query("access/account_change"), given).fetchone() is None:
            raise LookupError(f"there is no account called {subject}, or it is another's (OpenID Connect) password")
        _record(connection, by, Deed.ACCOUNT_CHANGED, subject, given["units"], now)
    return new


def accounts(url: str) -> list[ListedAccount]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(query("access/accounts")).fetchall()
    return [
        ListedAccount(subject, issuer, name, role, tuple(units), *more)
        for subject, issuer, name, role, units, *more in rows
    ]


def has_accounts(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT FROM access_account LIMIT 1").fetchone() is not None


def add_key(
    url: str, name: str, units: Sequence[str], scopes: Sequence[str], lives: timedelta, now: datetime, *, by: str
) -> str:
    """The key's token, which nobody can be told again. Of a name there may be two at once, so that a program can be
    given the new one before the old one ends. Raises :class:`UnfitAccess`."""
    if KEY_NAME.fullmatch(name) is None:
        raise UnfitAccess("a key's name has up to 64 letters a-z, digits, '.', '_' and '-'")
    strange = sorted(set(scopes) - {right.value for right in RIGHTS[Role.PROGRAM]})
    if strange:
        raise UnfitAccess(f"no scope is called that: one of {', '.join(sorted(RIGHTS[Role.PROGRAM]))}")
    _check_units(units)
    if not timedelta(0) < lives <= KEY_LIVES:
        raise UnfitAccess(f"a key lives for 1 to {KEY_LIVES.days} days")
    token = new_token()
    given: dict[str, Any] = {
        "token": fingerprint(token),
        "name": name,
        "units": sorted(set(units)),
        "scopes": sorted(set(scopes)),
        "now": now,
        "by": by,
        "expires_at": now + lives,
    }
    with _writing(url) as connection:
        if connection.execute(query("access/key_add"), given).fetchone() is None:
            raise UnfitAccess(f"there are two keys called {name} already: end one first")
        _record(connection, by, Deed.KEY_MADE, name, given["units"], now)
    return token


def keys(url: str, now: datetime) -> list[ListedKey]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(query("access/keys"), {"now": now}).fetchall()
    return [ListedKey(id_, name, tuple(units), tuple(scopes), *times) for id_, name, units, scopes, *times in rows]


def end_key(url: str, name: str, now: datetime, *, by: str, id_: str | None = None) -> int:
    """Ends the keys of that name, or the one of them with this id; how many. Raises :class:`LookupError`."""
    with _writing(url) as connection:
        ended = connection.execute(query("access/key_end"), {"name": name, "id": id_, "now": now}).fetchall()
        if not ended:
            raise LookupError(f"there is no key called {name}")
        _record(connection, by, Deed.KEY_ENDED, name, (), now)
    return len(ended)


def _check_role(role: str, units: Sequence[str]) -> None:
    if role not in PEOPLE:
        raise UnfitAccess(f"a role is one of {', '.join(PEOPLE)}")
    if (role == Role.UNIT_OFFICER) != bool(units):
        raise UnfitAccess("a unit officer has units, and nobody else has")
    _check_units(units)


def _check_units(units: Sequence[str]) -> None:
    if any(UNIT.fullmatch(unit) is None for unit in units):
        raise UnfitAccess("units are named by their keys: 26041, H19.26")


@contextmanager
def _writing(url: str) -> Iterator[Connection]:
    with psycopg.connect(url) as connection:
        yield connection


def _record(connection: Connection, by: str, deed: Deed, object_: str, units: Sequence[str], now: datetime) -> None:
    given = {
        "at": now,
        "who": by,
        "kind": "operator",
        "role": "",
        "what": deed.value,
        "object": object_,
        "units": list(units),
        "rows": None,
        "address": "",
    }
    connection.execute(query("access/record"), given)
