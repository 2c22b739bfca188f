"""Accounts and keys as an administrator changes them on pages: by the rules and the queries of the command line
(:mod:`dashboards.access.registry`), each deed on record in its own transaction. Raises
:class:`schemas.sqlstates.NotRead`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dashboards.access import passwords
from dashboards.access.asker import Asker, Role
from dashboards.access.fit_access import (
    KEY_LIVES,
    OVERLAP,
    UnfitAccess,
    check_account,
    check_key,
    check_role,
    name_taken,
    two_keys,
    two_tokens,
)
from dashboards.access.record import Deed, Record
from dashboards.access.registry import (
    ListedAccount,
    ListedKey,
    account_row,
    change_row,
    key_row,
    listed_account,
    listed_key,
)
from dashboards.access.source_tokens import source_object
from dashboards.readers.database import Connection, Database
from dashboards.readers.queries import query
from schemas.access_token import PREFIX, SOURCE_PREFIX, new_token


class ListedSource(NamedTuple):
    """A source of the gateway and what it may send, by globs."""

    name: str
    types: tuple[str, ...]
    units: tuple[str, ...]


class Registrar:
    def __init__(self, database: Database, record: Record) -> None:
        self._database, self._record = database, record

    async def accounts(self) -> list[ListedAccount]:
        async with self._database.snapshot() as (conn, _):
            return [listed_account(row) for row in await _rows(conn, "accounts", {})]

    async def keys(self, now: datetime, role: Role = Role.PROGRAM) -> list[ListedKey]:
        """Those of programs, or the tokens of sources."""
        async with self._database.snapshot() as (conn, _):
            return [listed_key(row) for row in await _rows(conn, "keys", {"role": role, "now": now})]

    async def sources(self) -> list[ListedSource]:
        async with self._database.snapshot() as (conn, _):
            rows = await _rows(conn, "sources", {})
        return [ListedSource(name, tuple(types), tuple(units)) for name, types, units in rows]

    async def add_account(self, asker: Asker, subject: str, name: str, role: str, units: Sequence[str]) -> str:
        """Its first password, which nobody can be told again and which must be changed. Raises
        :class:`UnfitAccess`."""
        check_account(subject, name, role, units)
        password = passwords.new_password()
        given = account_row(subject, name, role, units, await passwords.hashed_aside(password))
        async with self._database.committing() as (conn, now):
            if not await _rows(conn, "account_add", given | {"now": now}):
                raise name_taken()
            await self._record.within(conn, asker, Deed.ACCOUNT_MADE, subject, units=given["units"])
        return password

    async def change_account(
        self,
        asker: Asker,
        account: ListedAccount,
        *,
        role: str | None = None,
        units: Sequence[str] = (),
        disabled: bool | None = None,
        password: bool = False,
    ) -> str | None:
        """As :func:`dashboards.access.registry.change_account`; and one administrator stays. Raises
        :class:`LookupError`, :class:`UnfitAccess`."""
        if role is not None:
            check_role(role, units)
        new = passwords.new_password() if password else None
        kept = None if new is None else await passwords.hashed_aside(new)
        given = change_row(account.subject, account.issuer, role, units, disabled, kept)
        async with self._database.committing() as (conn, now):
            if disabled or role not in (None, Role.ADMINISTRATOR):
                left = await _rows(conn, "administrators", {})
                if left == [(account.issuer, account.subject)]:
                    raise UnfitAccess(
                        "this is the last administrator", "đây là quản trị viên cuối cùng; cử người khác trước"
                    )
            if not await _rows(conn, "account_change", given | {"now": now}):
                raise LookupError(account.subject)
            await self._record.within(conn, asker, Deed.ACCOUNT_CHANGED, account.subject, units=given["units"])
        return new

    async def add_key(
        self, asker: Asker, name: str, units: Sequence[str], scopes: Sequence[str], lives: timedelta
    ) -> str:
        """The key's token, which nobody can be told again. Raises :class:`UnfitAccess`."""
        check_key(name, units, scopes, lives)
        async with self._database.committing() as (conn, now):
            return await self._new_key(conn, asker, Role.PROGRAM, name, units, scopes, now, now + lives)

    async def follow_key(self, asker: Asker, key: ListedKey) -> str:
        """Another key, or token of a source, of the same name, units, rights and length of life; the one that is
        followed lives :data:`OVERLAP` longer at most. Raises :class:`UnfitAccess`."""
        async with self._database.committing() as (conn, now):
            lives = min(key.expires_at - key.created_at, KEY_LIVES)
            token = await self._new_key(conn, asker, Role(key.role), key.name, key.units, key.scopes, now, now + lives)
            until = min(key.expires_at, now + OVERLAP)
            await conn.execute(query("access/key_shorten"), {"id": key.id, "until": until})
            await self._record.within(conn, asker, Deed.KEY_ENDED, _object(key, f"{key.id}, {until:%F}"))
        return token

    async def end_key(self, asker: Asker, key: ListedKey) -> list[str]:
        """The ids of those that ended."""
        async with self._database.committing() as (conn, now):
            given = {"role": key.role, "name": key.name, "id": key.id, "now": now}
            ended = await _rows(conn, "key_end", given)
            if ended:
                await self._record.within(conn, asker, Deed.KEY_ENDED, _object(key, key.id), units=key.units)
        return [str(id_) for (id_,) in ended]

    async def _new_key(
        self,
        conn: Connection,
        asker: Asker,
        role: Role,
        name: str,
        units: Sequence[str],
        scopes: Sequence[str],
        now: datetime,
        until: datetime,
    ) -> str:
        source = role is Role.SOURCE
        token = new_token(SOURCE_PREFIX if source else PREFIX)
        given = key_row(token, name, role, units, scopes, now, until, asker.id)
        if not await _rows(conn, "key_add", given):
            raise two_tokens(name) if source else two_keys(name)
        made = source_object(name) if source else name
        await self._record.within(conn, asker, Deed.KEY_MADE, made, units=given["units"])
        return token


def _object(key: ListedKey, more: str) -> str:
    """As it stands on record."""
    return source_object(key.name, more) if key.role == Role.SOURCE else f"{key.name} {more}"


async def _rows(conn: Connection, name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return await (await conn.execute(query(f"access/{name}"), given)).fetchall()
