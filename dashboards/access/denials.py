"""Who was refused, on record, so that a flood of refusals does not fill it.

The first refusal of an asker (or address) is written within a second, and of those that follow within ten minutes how
many they were. Nothing is handed out by a refusal, so none of them waits for the record, and while the database is away
they are counted.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dashboards.access.again import again_and_again
from dashboards.access.asker import Asker, Role, nobody
from dashboards.access.record import Deed, Record
from dashboards.access.store import AccessStore
from schemas.sqlstates import NotRead

WINDOW = timedelta(minutes=10)
MOST = 100  # askers and addresses that have rows of their own at a time; all others share one
LOOKED_EVERY = 1.0  # seconds
OTHERS = nobody("")


@dataclass(slots=True)
class _Refused:
    asker: Asker
    token: str
    unsaid: int = 0
    said_at: datetime | None = None


class Denials:
    """One for a process. Without a ``record`` (a demo that has none) refusals are not kept."""

    def __init__(self, record: Record | None, store: AccessStore | None, clock: Callable[[], datetime]) -> None:
        self._record, self._store, self._clock = record, store, clock
        self._refused: dict[tuple[str, str, Deed, str], _Refused] = {}

    def note(self, asker: Asker, object_: str, deed: Deed = Deed.REFUSED, *, token: str = "") -> None:
        """``object_``: a word of ours or an id, never what was sent. ``token``: what was shown, to say whose it was."""
        if self._record is None:
            return
        key = (asker.id, asker.address, deed, object_)
        if key not in self._refused and len(self._refused) >= MOST:
            asker, key, token = OTHERS, ("", "", Deed.REFUSED, "others"), ""
        self._refused.setdefault(key, _Refused(asker, token)).unsaid += 1

    async def tell(self, asker: Asker, object_: str, deed: Deed = Deed.REFUSED) -> None:
        """The same, and the first is on record when this returns, if the database is there."""
        self.note(asker, object_, deed)
        with contextlib.suppress(NotRead):
            await self.write()

    async def run(self) -> None:
        """Writes until cancelled; what is left then is written too."""
        try:
            await again_and_again(self.write, LOOKED_EVERY, "denials=counted")
        finally:
            with contextlib.suppress(NotRead):
                await self.write(ending=True)

    async def write(self, *, ending: bool = False) -> None:
        """What is due. Raises :class:`NotRead`, and keeps what was not written."""
        now = self._clock()
        for key, one in list(self._refused.items()):
            if not ending and one.said_at is not None and now - one.said_at < WINDOW:
                continue
            if not one.unsaid:
                self._refused.pop(key, None)
                continue
            many, one.unsaid = one.unsaid, 0
            first, one.said_at = one.said_at, now
            try:
                await self._write(one, key[2], key[3], many)
            except BaseException:
                one.unsaid, one.said_at = one.unsaid + many, first
                raise

    async def _write(self, one: _Refused, deed: Deed, object_: str, many: int) -> None:
        assert self._record is not None  # noqa: S101  nothing is noted without it
        asker = one.asker
        if one.token and self._store is not None and (whose := await self._store.whose(one.token)) is not None:
            asker = replace(asker, kind=whose[0], id=whose[1], role=Role.NOBODY)
        await self._record.write(asker, deed, object_, rows=many)
