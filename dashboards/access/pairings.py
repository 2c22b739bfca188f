"""Screens that wait to be let in, and those that were: their tables, as the role ``access``. Raises
:class:`schemas.sqlstates.NotRead`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.access.fit_access import UnfitAccess, check_device_name
from dashboards.access.record import Deed, Record
from dashboards.access.store import Living
from dashboards.access.tokens import CODE_LETTERS, device_token, pairing_code
from dashboards.readers.database import Database
from dashboards.readers.queries import query
from schemas.access_token import fingerprint

WAITS = timedelta(minutes=10)  # a code is shown so long
TAKEN_WITHIN = timedelta(minutes=5)  # after an administrator has confirmed it
FORGOTTEN_AFTER = timedelta(days=1)
MOST, MOST_FROM_ADDRESS = 200, 20  # screens that wait at once


class PendingPairing(NamedTuple):
    """A screen that waits, as itself sees it."""

    expires_at: datetime
    confirmed: bool


class WaitingScreen(NamedTuple):
    """A screen that waits, as an administrator sees it."""

    browser: str
    address: str
    since: datetime


class Device(NamedTuple):
    id: str
    name: str
    screens: tuple[str, ...]
    made_at: datetime
    made_by: str
    used_at: datetime
    address: str


class Pairings:
    def __init__(self, database: Database, record: Record) -> None:
        self._database, self._record = database, record

    async def begin(self, claim: str, browser: str, address: str, now: datetime) -> datetime | None:
        """Until when the screen may wait; ``None`` where too many do."""
        given = {
            "claim": fingerprint(claim),
            "code": fingerprint(pairing_code(claim)),
            "browser": browser[:80],
            "address": address,
            "now": now,
            "expires_at": now + WAITS,
            "since": now - FORGOTTEN_AFTER,
            "most": MOST,
            "most_from_address": MOST_FROM_ADDRESS,
        }
        rows = await self._all("pairing_begin", given)
        return rows[0][0] if rows else None

    async def waiting(self, claim: str, now: datetime) -> PendingPairing | None:
        rows = await self._all("pairing", {"claim": fingerprint(claim), "now": now})
        return PendingPairing(*rows[0]) if rows else None

    async def of_code(self, code: str, now: datetime) -> WaitingScreen | None:
        rows = await self._all("pairing_of_code", {"code": fingerprint(plain_code(code)), "now": now})
        return WaitingScreen(*rows[0]) if rows else None

    async def confirm(self, asker: Asker, code: str, name: str, screens: Sequence[str]) -> bool:
        """Lets the screen in, on record; whether one waits with this code. Raises :class:`UnfitAccess`."""
        check_device_name(name)
        async with self._database.committing() as (conn, now):
            for row in await (await conn.execute(query("access/devices"))).fetchall():
                if row[1] == name:
                    raise UnfitAccess("a screen of that name is there already", "đã có màn hình tên này")
            given = {
                "code": fingerprint(plain_code(code)),
                "name": name,
                "scopes": sorted(screens),
                "by": asker.id,
                "now": now,
                "until": now + TAKEN_WITHIN,
            }
            if await (await conn.execute(query("access/pairing_confirm"), given)).fetchone() is None:
                return False
            await self._record.within(conn, asker, Deed.DEVICE_PAIRED, name)
        return True

    async def take(self, claim: str, address: str, now: datetime) -> tuple[str, Living] | None:
        """The token of the screen that waits with this claim, and what it stands for, once it is confirmed."""
        token = device_token(claim)
        given = {"claim": fingerprint(claim), "token": fingerprint(token), "now": now, "address": address}
        async with self._database.committing() as (conn, _):
            await conn.execute(query("access/pairing_take"), given)
            found = await conn.execute(query("access/device_of_token"), {"token": fingerprint(token)})
            row = await found.fetchone()
        if row is None or row[3] is not None:
            return None
        id_, name, screens, _ended = row
        asker = Asker(AskerKind.DEVICE, id_, name, Role.KIOSK, scopes=frozenset(screens), credential=id_)
        return token, Living(asker, None, None, now)

    async def ended(self, token: str) -> tuple[str, datetime] | None:
        """What a screen was called whose token this was, and when it was ended."""
        rows = await self._all("device_of_token", {"token": fingerprint(token)})
        return (rows[0][1], rows[0][3]) if rows and rows[0][3] is not None else None

    async def devices(self) -> list[Device]:
        rows = await self._all("devices", {})
        return [Device(id_, name, tuple(screens), *more) for id_, name, screens, *more in rows]

    async def end(self, asker: Asker, id_: str) -> list[str]:
        """Ends a screen, on record; the ids of those that ended."""
        async with self._database.committing() as (conn, now):
            given = {"id": id_, "name": None, "now": now}
            rows = await (await conn.execute(query("access/device_end"), given)).fetchall()
            for _, name in rows:
                await self._record.within(conn, asker, Deed.DEVICE_ENDED, name)
        return [ended for ended, _ in rows]

    async def _all(self, name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        async with self._database.committing() as (conn, _):
            cursor = await conn.execute(query(f"access/{name}"), given)
            return await cursor.fetchall() if cursor.description else []


def plain_code(typed: str) -> str:
    """As it is kept, however it was typed: small letters, groups, blanks between."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)


def in_groups(code: str) -> str:
    return f"{code[:4]} {code[4:]}"
