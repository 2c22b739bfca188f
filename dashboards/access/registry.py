"""The operator's side of accounts, keys and screens (``ioc accounts``, ``ioc keys``, ``ioc devices``). Blocking; writes
as role ``migrate``, each deed with its row on record in the same transaction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg

from dashboards.access import passwords
from dashboards.access.asker import Role
from dashboards.access.fit_access import UnfitAccess as UnfitAccess
from dashboards.access.fit_access import check_account, check_key, check_provided, check_role, name_taken, two_keys
from dashboards.access.pairings import Device
from dashboards.access.record import Deed, by_operator, recorded_row
from dashboards.readers.queries import query
from schemas.access_token import fingerprint, new_token

BY_PROVIDER = "provider"  # in the place of a role: what the claims of OpenID Connect say
Connection = psycopg.Connection[tuple[Any, ...]]


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
    role: str  # of a program, or of a source of the gateway
    units: tuple[str, ...]
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime


def add_account(url: str, subject: str, name: str, role: str, units: Sequence[str], now: datetime, *, by: str) -> str:
    """The account's first password, which nobody can be told again and which must be changed. Raises
    :class:`UnfitAccess`."""
    check_account(subject, name, role, units)
    password = passwords.new_password()
    _add(url, account_row(subject, name, role, units, passwords.hashed(password)), now, by)
    return password


def add_provided(
    url: str, issuer: str, subject: str, name: str, role: str, units: Sequence[str], now: datetime, *, by: str
) -> None:
    """An account of a provider (OpenID Connect), whose role is the operator's word. Raises :class:`UnfitAccess`."""
    check_provided(subject, name, role, units)
    _add(url, account_row(subject, name, role, units, None, issuer=issuer), now, by)


def _add(url: str, row: Mapping[str, Any], now: datetime, by: str) -> None:
    with psycopg.connect(url) as connection:
        if connection.execute(query("access/account_add"), {**row, "now": now}).fetchone() is None:
            raise name_taken()
        record_by_operator(connection, by, Deed.ACCOUNT_MADE, row["subject"], row["units"], now)


def change_account(
    url: str,
    subject: str,
    now: datetime,
    *,
    by: str,
    issuer: str = "",
    role: str | None = None,
    units: Sequence[str] = (),
    disabled: bool | None = None,
    password: bool = False,
) -> str | None:
    """Another role (with its units), no entry or entry again, or a new password, which is returned. Its sessions end.
    Of a provider's account (``issuer``) the role may be :data:`BY_PROVIDER`: at the next sign-in claims decide.
    Raises :class:`LookupError`, :class:`UnfitAccess`."""
    by_provider = bool(issuer) and role == BY_PROVIDER
    if role is not None and not by_provider:
        check_role(role, units)
    new = passwords.new_password() if password else None
    kept = None if new is None else passwords.hashed(new)
    given = change_row(subject, issuer, None if by_provider else role, units, disabled, kept, by_provider=by_provider)
    with psycopg.connect(url) as connection:
        if connection.execute(query("access/account_change"), given | {"now": now}).fetchone() is None:
            raise LookupError(f"there is no account called {subject}" + (f" of {issuer}" if issuer else ""))
        record_by_operator(connection, by, Deed.ACCOUNT_CHANGED, subject, given["units"], now)
    return new


def accounts(url: str) -> list[ListedAccount]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(query("access/accounts")).fetchall()
    return [listed_account(row) for row in rows]


def listed_account(row: Sequence[Any]) -> ListedAccount:
    """A row of ``access/accounts``."""
    subject, issuer, name, role, units, *more = row
    return ListedAccount(subject, issuer, name, role, tuple(units), *more)


def has_accounts(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT FROM access_account LIMIT 1").fetchone() is not None


def add_key(
    url: str, name: str, units: Sequence[str], scopes: Sequence[str], lives: timedelta, now: datetime, *, by: str
) -> str:
    """The key's token, which nobody can be told again. Of a name there may be two at once, so that a program can be
    given the new one before the old one ends. Raises :class:`UnfitAccess`."""
    check_key(name, units, scopes, lives)
    token = new_token()
    given = key_row(token, name, Role.PROGRAM, units, scopes, now, now + lives, by)
    with psycopg.connect(url) as connection:
        if connection.execute(query("access/key_add"), given).fetchone() is None:
            raise two_keys(name)
        record_by_operator(connection, by, Deed.KEY_MADE, name, given["units"], now)
    return token


def keys(url: str, now: datetime) -> list[ListedKey]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(query("access/keys"), {"role": Role.PROGRAM, "now": now}).fetchall()
    return [listed_key(row) for row in rows]


def listed_key(row: Sequence[Any]) -> ListedKey:
    """A row of ``access/keys``."""
    id_, name, role, units, scopes, *times = row
    return ListedKey(id_, name, role, tuple(units), tuple(scopes), *times)


def end_key(url: str, name: str, now: datetime, *, by: str, id_: str | None = None) -> int:
    """Ends the keys of that name, or the one of them with this id; how many. Raises :class:`LookupError`."""
    with psycopg.connect(url) as connection:
        given = {"role": Role.PROGRAM, "name": name, "id": id_, "now": now}
        ended = connection.execute(query("access/key_end"), given).fetchall()
        if not ended:
            raise LookupError(f"there is no key called {name}")
        record_by_operator(connection, by, Deed.KEY_ENDED, name, (), now)
    return len(ended)


def devices(url: str) -> list[Device]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(query("access/devices")).fetchall()
    return [Device(id_, name, tuple(screens), *more) for id_, name, screens, *more in rows]


def end_device(url: str, name: str, now: datetime, *, by: str) -> int:
    """Ends the screens of that name, or the one with that id; how many. Raises :class:`LookupError`."""
    id_ = name if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name) else None
    with psycopg.connect(url) as connection:
        ended = connection.execute(query("access/device_end"), {"name": name, "id": id_, "now": now}).fetchall()
        if not ended:
            raise LookupError(f"there is no screen called {name}")
        for _, called in ended:
            record_by_operator(connection, by, Deed.DEVICE_ENDED, called, (), now)
    return len(ended)


def account_row(
    subject: str, name: str, role: str, units: Sequence[str], password: str | None, *, issuer: str = ""
) -> dict[str, Any]:
    """What ``access/account_add`` is told, but the moment. ``password``: its hash."""
    row: dict[str, Any] = {"issuer": issuer, "subject": subject, "name": name, "role": role, "password": password}
    return row | {"units": sorted(set(units))}


def change_row(
    subject: str,
    issuer: str,
    role: str | None,
    units: Sequence[str],
    disabled: bool | None,
    password: str | None,
    *,
    by_provider: bool = False,
) -> dict[str, Any]:
    """What ``access/account_change`` is told, but the moment; ``None`` leaves as it is. ``password``: its hash."""
    row: dict[str, Any] = {"subject": subject, "issuer": issuer, "role": role, "units": sorted(set(units))}
    return row | {"by_provider": by_provider, "disabled": disabled, "password": password}


def key_row(
    token: str,
    name: str,
    role: Role,
    units: Sequence[str],
    scopes: Sequence[str],
    now: datetime,
    until: datetime,
    by: str,
) -> dict[str, Any]:
    """What ``access/key_add`` is told."""
    row: dict[str, Any] = {"token": fingerprint(token), "name": name, "role": role.value, "by": by}
    row |= {"now": now, "expires_at": until}
    return row | {"units": sorted(set(units)), "scopes": sorted(set(scopes))}


def record_by_operator(
    connection: Connection, by: str, deed: Deed, object_: str, units: Sequence[str], now: datetime
) -> None:
    told = recorded_row(now, by_operator(by), deed, object_, units=units)
    connection.execute(query("access/record"), told)
