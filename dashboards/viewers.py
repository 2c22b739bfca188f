"""Who watches which views: each gets the last snapshot at once, and from then on every one that it has time for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from typing import Any

from dashboards.live_views import KeptView
from dashboards.readers.snapshot import Ground, Selection
from dashboards.rendered_view import Sent, Version

LEFT_FOR = 30.0  # seconds in which a browser may come back to a view that nobody watches


class TooManyViews(Exception):
    """This client watches as many different selections as one may."""


class Audience:
    """``most`` is how many different selections one client may watch at once; ``always`` are kept without a viewer and
    are open to all."""

    def __init__(self, most: int, always: tuple[Selection, ...]) -> None:
        self._most, self._always = most, frozenset(always)
        self._kept = {view: KeptView(view, viewers=1) for view in always}
        self._of_client: dict[str, dict[Selection, int]] = {}

    def sent(self, view: Selection) -> Sent | None:
        """The view's last snapshot, if it is live."""
        kept = self._kept.get(view)
        return kept.sent if kept else None

    def parts(self, view: Selection) -> dict[str, dict[str, Any]]:
        """The props of the view's parts in its last snapshot; none while it is not live."""
        sent = self.sent(view)
        return sent.parts if sent else {}

    def keeps(self, view: Selection) -> bool:
        """Whether somebody watches it, or did a moment ago."""
        return view in self._kept

    async def watch(self, view: Selection, client: str = "") -> AsyncIterator[bytes]:
        """The view's snapshots from the last on, for ever. A slow viewer misses snapshots and holds up nobody.
        Raises :class:`TooManyViews`."""
        mine = self._of_client.setdefault(client, {})
        if view not in mine and view not in self._always and len(mine) >= self._most:
            raise TooManyViews
        mine[view] = mine.get(view, 0) + 1
        kept = self._keep(view)
        kept.viewers += 1
        try:
            version: Version | None = None
            while True:
                sent, changed = kept.sent, kept.changed
                if sent is not None and sent.version != version:
                    version = sent.version
                    yield sent.event
                    continue
                await changed.wait()
        finally:
            kept.viewers -= 1
            kept.left_at = monotonic()
            mine[view] -= 1
            if not mine[view]:
                del mine[view]
            if not mine:
                self._of_client.pop(client, None)

    async def latest(self, view: Selection, patience: float) -> Ground | None:
        """The view as it was read last, and kept live a while for who asks next, so that no page reads it by itself.
        ``None`` where it could not be read within so many seconds."""
        kept = self._keep(view)
        kept.left_at = monotonic()
        if kept.live is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await kept.changed.wait()
        return kept.live

    def came(self, kept: KeptView) -> None:
        """Called for a view that was not kept before."""

    def forget(self) -> None:
        """Lets go what nobody watches, after a while in which a browser may come back."""
        now = monotonic()
        for kept in list(self._kept.values()):
            if kept.viewers == 0 and not kept.reading and now - kept.left_at > LEFT_FOR:
                del self._kept[kept.view]

    def _keep(self, view: Selection) -> KeptView:
        if view not in self._kept:
            self._kept[view] = kept = KeptView(view, since=monotonic())
            self.came(kept)
        return self._kept[view]
