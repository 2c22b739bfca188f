"""Whose a token is, known in this process: read again every other second, so that an end is an end everywhere soon.

While the database is away what was known stays: nobody can end a session in a database that is away, and a wall that
shows a sign-in page during an outage hides the outage.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from dashboards.access.again import again_and_again
from dashboards.access.asker import Asker
from dashboards.access.store import AccessStore, Living
from schemas.access_token import fingerprint
from schemas.sqlstates import NotRead

READ_EVERY = 2.0  # seconds
NOT_AGAIN_WITHIN = 1.0
NOTED_EVERY = timedelta(minutes=1)  # when a credential was used last


class KnownAskers:
    """One for the process."""

    def __init__(self, store: AccessStore, clock: Callable[[], datetime], every: float = READ_EVERY) -> None:
        self._store, self._clock, self._every = store, clock, every
        self._living: dict[bytes, Living] = {}
        self._by_credential: dict[str, Living] = {}  # the same: every open stream asks again and again
        self._used: dict[str, tuple[datetime, str]] = {}
        self._noted: dict[str, datetime] = {}
        self._ended: set[str] = set()
        self._read_at = -NOT_AGAIN_WITHIN
        self.known = False  # whether the table was read once

    def of(self, token: str, address: str = "", *, uses: bool = True) -> Asker | None:
        """Found by its hash, so how long that takes says nothing about a token. ``uses``: somebody asked, and not a
        page by itself."""
        found = self._living.get(fingerprint(token))
        if found is None or not self._lives(found):
            return None
        if uses:
            self._note(found, address)
        return replace(found.asker, address=address)

    def seen(self, asker: Asker) -> None:
        """It is there without asking for anything: a screen whose stream is open asks nothing for months."""
        if (one := self._by_credential.get(asker.credential)) is not None:
            self._note(one, asker.address)

    def _note(self, one: Living, address: str) -> None:
        now, id_ = self._clock(), one.asker.credential
        if now - one.used_at >= NOTED_EVERY:  # as the table said at the last look: who never rests is noted too
            self._used[id_] = (now, address)
        self._noted[id_] = now

    def still(self, asker: Asker) -> bool:
        """Whether the credential by which this asker came is what it was: not ended, not another role or units."""
        if not asker.credential:
            return True
        one = self._by_credential.get(asker.credential)
        return one is not None and replace(one.asker, address=asker.address) == asker and self._lives(one)

    def add(self, token: str, living: Living) -> None:
        """One that this process has just begun."""
        self._hold({**self._living, fingerprint(token): living})

    def ended(self, ids: list[str]) -> None:
        """Those that this process has just ended."""
        self._ended.update(ids)
        self._hold(self._living)

    def _hold(self, found: Mapping[bytes, Living]) -> None:
        """But those that have ended."""
        self._living = {token: one for token, one in found.items() if one.asker.credential not in self._ended}
        self._by_credential = {one.asker.credential: one for one in self._living.values()}

    async def run(self) -> None:
        """Reads until cancelled."""
        await again_and_again(self.read, self._every, "access=kept")

    async def renewed(self) -> bool:
        """Reads, unless that was done within a second or the database is away; whether it did."""
        if monotonic() - self._read_at < NOT_AGAIN_WITHIN:
            return False
        self._read_at = monotonic()
        try:
            await self.read()
        except NotRead:
            return False
        return True

    async def read(self) -> None:
        begun, self._used = self._used, {}
        if begun:
            await self._store.used(begun)
        ended = frozenset(self._ended)
        before = self._living
        living = await self._store.living(self._clock())
        added = {token: one for token, one in self._living.items() if token not in before}  # meanwhile
        self._hold(living | added)
        self._ended -= ended
        self.known = True
        self._noted = {id_: at for id_, at in self._noted.items() if id_ in self._by_credential}

    def _lives(self, one: Living) -> bool:
        now = self._clock()
        if one.expires_at is not None and now >= one.expires_at:
            return False
        used = max(one.used_at, self._noted.get(one.asker.credential, one.used_at))
        return one.idle is None or now - used < one.idle
