"""Accounts, sessions and keys in their tables, as the role ``access``. Raises :class:`schemas.sqlstates.NotRead`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.readers.database import Database
from dashboards.readers.queries import query
from schemas.access_token import fingerprint, new_token

ATTEMPTS_WITHIN = timedelta(minutes=15)
BEGUN_WITHIN = timedelta(minutes=10)  # that a person has for signing in at the provider
_KINDS: Mapping[str, AskerKind] = {"session": AskerKind.ACCOUNT, "key": AskerKind.KEY, "device": AskerKind.DEVICE}


class Living(NamedTuple):
    """A credential that may still ask, if its own times allow."""

    asker: Asker
    expires_at: datetime | None
    idle: timedelta | None
    used_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class PersonalAccount:
    id: str
    subject: str
    name: str
    role: Role
    units: tuple[str, ...]
    password: str | None
    must_change: bool
    disabled: bool
    by_operator: bool = False  # of OpenID Connect: its role is what an operator gave it, not what claims say


class Brought(NamedTuple):
    """An account after a sign-in by OpenID Connect: whether it is new, and which of its sessions its other role
    ended; ``None`` where role and units are as they were."""

    account: PersonalAccount
    new: bool
    ended: list[str] | None


class Session(NamedTuple):
    """As its owner sees it."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime
    address: str


class AccessStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def living(self, now: datetime) -> dict[bytes, Living]:
        async with self._database.snapshot() as (conn, _):
            rows = await (await conn.execute(query("access/living"), {"now": now})).fetchall()
        found: dict[bytes, Living] = {}
        for token, id_, kind, owner, name, role, units, scopes, expires, idle, used, change in rows:
            asker = Asker(
                _KINDS[kind], owner, name, Role(role), tuple(sorted(units)), frozenset(scopes), id_, "", change
            )
            found[bytes(token)] = Living(asker, expires, None if idle is None else timedelta(seconds=idle), used)
        return found

    async def account(self, subject: str, issuer: str = "") -> PersonalAccount | None:
        return await self._account({"issuer": issuer, "subject": subject, "id": None})

    async def account_by_id(self, id_: str) -> PersonalAccount | None:
        return await self._account({"issuer": None, "subject": None, "id": id_})

    async def _account(self, asked: Mapping[str, Any]) -> PersonalAccount | None:
        async with self._database.snapshot() as (conn, _):
            row = await (await conn.execute(query("access/account"), asked)).fetchone()
        if row is None:
            return None
        id_, subject, name, role, units, *more = row
        return PersonalAccount(id_, subject, name, Role(role), tuple(sorted(units)), *more)

    async def begin_session(
        self,
        account: PersonalAccount,
        *,
        browser: str,
        address: str,
        now: datetime,
        longest: timedelta,
        idle: timedelta,
    ) -> tuple[str, Living]:
        """A new token, which nobody can be told again, and what it stands for."""
        token = new_token()
        row: dict[str, Any] = {
            "kind": "session",
            "token": fingerprint(token),
            "account": account.id,
            "name": browser[:80],
            "role": None,
            "units": [],
            "scopes": [],
            "now": now,
            "by": account.id,
            "expires_at": now + longest,
            "idle_s": idle.total_seconds(),
            "from": address,
        }
        id_ = (await self._one("access/begin", row))[0]
        who = (AskerKind.ACCOUNT, account.id, account.name, account.role, account.units)
        asker = Asker(*who, credential=id_, must_change_password=account.must_change)
        return token, Living(asker, now + longest, idle, now)

    async def end(
        self, now: datetime, *, credential: str | None = None, account: str | None = None, but: str | None = None
    ) -> list[str]:
        """Ends one credential, or all of an account but one; the ids of those that ended."""
        rows = await self._all("access/end", {"now": now, "id": credential, "account": account, "but": but})
        return [row[0] for row in rows]

    async def sessions(self, account: str, now: datetime) -> list[Session]:
        rows = await self._all("access/sessions_of", {"account": account, "now": now})
        return [Session(*row) for row in rows]

    async def whose(self, token: str) -> tuple[AskerKind, str] | None:
        """Whose a token is or was, however it ended; ``None`` of one that never was."""
        rows = await self._all("access/whose", {"token": fingerprint(token)})
        return (_KINDS[rows[0][0]], rows[0][1]) if rows else None

    async def used(self, uses: Mapping[str, tuple[datetime, str]]) -> None:
        times, addresses = [at for at, _ in uses.values()], [address for _, address in uses.values()]
        given = {"ids": list(uses), "times": times, "addresses": addresses}
        await self._all("access/used", given)

    async def failures(self, subject: str, address: str, now: datetime) -> tuple[int, int]:
        """How often signing in failed within :data:`ATTEMPTS_WITHIN`: by that name, and from that address."""
        asked = {"subject": _blinded(subject), "address": address, "since": now - ATTEMPTS_WITHIN}
        by_name, from_address = await self._one("access/attempts", asked)
        return by_name, from_address

    async def failed(self, subject: str, address: str, now: datetime) -> None:
        given = {"subject": _blinded(subject), "address": address, "now": now, "since": now - 2 * ATTEMPTS_WITHIN}
        await self._all("access/attempt", given)

    async def change_password(self, account: str, password: str, now: datetime) -> None:
        """``password``: its hash."""
        await self._all("access/change_password", {"account": account, "password": password, "now": now})

    async def begin_oidc(self, state: bytes, next_: str, now: datetime) -> None:
        """A browser goes to the provider; ``state``: the hash of what it is to come back with."""
        given = {"state": state, "next": next_, "now": now, "since": now - BEGUN_WITHIN}
        await self._all("access/oidc_begin", given)

    async def take_oidc(self, state: bytes, now: datetime) -> str | None:
        """Where to go on, once; ``None`` where none was begun so, lately, or it was taken already."""
        rows = await self._all("access/oidc_take", {"state": state, "since": now - BEGUN_WITHIN})
        return rows[0][0] if rows else None

    async def bring_up_to_date(
        self, issuer: str, subject: str, name: str, role: Role, units: Sequence[str], now: datetime
    ) -> Brought:
        """The provider's account as it says today; made where there is none. What an operator decided stays."""
        given = {"issuer": issuer, "subject": subject, "name": name, "role": role, "units": sorted(units), "now": now}
        id_, role_now, units_now, disabled, by_operator, new, changed, ended = await self._one(
            "access/oidc_account", given
        )
        account = PersonalAccount(
            id_, subject, name, Role(role_now), tuple(sorted(units_now)), None, False, disabled, by_operator
        )
        return Brought(account, new, ended if changed else None)

    async def _all(self, name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        async with self._database.committing() as (conn, _):
            cursor = await conn.execute(query(name), given)
            return await cursor.fetchall() if cursor.description else []

    async def _one(self, name: str, given: Mapping[str, Any]) -> tuple[Any, ...]:
        return (await self._all(name, given))[0]


def _blinded(subject: str) -> str:
    """What people type into the field of names may be a password."""
    return sha256(subject.strip().lower().encode()).hexdigest()[:32]
