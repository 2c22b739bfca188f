"""The hub: looks whether anything changed, reads one snapshot for all views, renders each once, and hands the same
bytes to every viewer.

It looks at the offsets and heartbeats twice a second and reads anew when they moved **or its clock is due**: ages and
silence, the next deadline, midnight in the province. While the database is away it says so and tries again. Views that
take long to read are read apart, so that they hold up no other.
"""

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import orjson
from dash.development.base_component import Component

from dashboards import feeds, periods, unit_names
from dashboards.feeds import Condition, State
from dashboards.figures.headline import Rule
from dashboards.readers import snapshot as reader
from dashboards.readers.database import Database, Snapshot, Unavailable
from dashboards.readers.snapshot import Feeding, Ground, View
from dashboards.screens.registry import SCREENS
from dashboards.settings import Settings
from dashboards.survey import Survey

log = logging.getLogger(__name__)

Version = tuple[int, int, int]  # epoch, sum of next offsets, as_of in microseconds
RETRY = 2.0  # seconds between attempts while the database is away
SLOW = 3  # a view that takes long to read is read so many times its cost apart, so that it never fills a core
READ_TIMEOUT = 8.0
QUICK = 0.2  # seconds; a view that takes longer is read apart


class _TooSlow(Exception):
    """A view was not read in time."""

    def __init__(self, kept: "Kept") -> None:
        super().__init__(kept.view.screen)
        self.kept = kept


class TooManyViews(Exception):
    """More different selections are watched than the hub keeps live; try again later."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A view's snapshot as every viewer gets it: one event of the stream."""

    version: Version
    event: bytes
    parts: dict[str, dict[str, Any]]


@dataclass(slots=True, eq=False)
class Kept:
    """A view that is kept live, its viewers, and the last that was sent to them."""

    view: View
    viewers: int = 0
    sent: Sent | None = None
    live: Ground | None = None
    rule: Rule | None = None
    seen: object = None  # what the last look found behind it
    due: datetime | None = None  # when its clock asks for another look
    left_at: float = 0.0
    cost: float = math.inf  # seconds that its last reading took; what was never read counts as slow
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """One for the process. ``always`` stay live without a viewer, so that a wall that comes back has its snapshot."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Callable[[], datetime],
        survey: Survey,
        always: tuple[View, ...] = (),
    ) -> None:
        self._database, self._settings, self._clock, self._survey = database, settings, clock, survey
        self._kept: dict[View, Kept] = {view: Kept(view, viewers=1) for view in always}
        self._as_of: datetime | None = None
        self._new = asyncio.Event()  # somebody asks for a view that has no snapshot yet
        self._ending = False
        self._over = asyncio.Event()
        self.error: str | None = None  # why the last reading failed, for /healthz

    # ---- viewers

    def sent(self, view: View) -> Sent | None:
        """The view's last snapshot, if it is live."""
        kept = self._kept.get(view)
        return kept.sent if kept else None

    def parts(self, view: View) -> dict[str, dict[str, Any]]:
        """The props of the view's parts in its last snapshot; none while it is not live."""
        sent = self.sent(view)
        return sent.parts if sent else {}

    async def watch(self, view: View) -> AsyncIterator[bytes]:
        """The view's snapshots from the last on, for ever. A slow viewer misses snapshots and holds up nobody."""
        kept = self._keep(view)
        kept.viewers += 1
        try:
            version: Version | None = None
            while True:
                sent = kept.sent
                if sent is not None and sent.version != version:
                    version = sent.version
                    yield sent.event
                    continue
                await kept.changed.wait()
        finally:
            kept.viewers -= 1
            kept.left_at = perf_counter()

    def watches_sources(self) -> bool:
        """Whether a view of all sources is kept live."""
        return any(SCREENS[view.screen].contracts is None for view in self._kept)

    def _keep(self, view: View) -> Kept:
        if view not in self._kept:
            for other in [kept for kept in self._kept.values() if kept.viewers == 0]:
                if len(self._kept) >= self._settings.views:
                    del self._kept[other.view]
            if len(self._kept) >= self._settings.views:
                raise TooManyViews
            self._kept[view] = Kept(view)
            self._new.set()
        return self._kept[view]

    # ---- the loop

    async def run(self, *, slow: bool = False) -> None:
        """Until cancelled. One of the two reads the ``slow`` views. A failure that is not the database's ends the
        process: the supervisor starts it again."""
        while True:
            try:
                pause = max(self._settings.look_every.total_seconds(), SLOW * await self._look(slow=slow))
            except _TooSlow as exc:
                self._fail(exc, [exc.kept])
                pause = RETRY
            except (Unavailable, TimeoutError) as exc:
                self._fail(exc, self._of(slow=slow))
                pause = RETRY
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):  # not wait_for: it can lose a cancellation (python/cpython#86296)
                    await (self._new if slow else self._over).wait()
            if self._ending:
                return

    def _of(self, *, slow: bool) -> list[Kept]:
        return [kept for kept in self._kept.values() if (kept.cost > QUICK) is slow]

    def end(self) -> None:
        """Ends :meth:`run` soon, in any case."""
        self._ending = True
        self._new.set()
        self._over.set()

    async def _look(self, *, slow: bool) -> float:
        """One look, and a reading if anything is to be read; how many seconds that took."""
        self._forget()
        if slow:
            self._new.clear()
        if not self._of(slow=slow):
            return 0.0
        async with self._database.snapshot() as snapshot:
            async with asyncio.timeout(READ_TIMEOUT):
                feeding = await reader.feeding(snapshot.conn)
            known = self._survey.told(feeding)
            as_of = self._next(snapshot.as_of)
            wanted = []
            for kept in self._of(slow=slow):
                behind = known.of(SCREENS[kept.view.screen].contracts)
                seen = self._signature(behind, as_of)
                if kept.sent is None or seen != kept.seen or kept.due is None or as_of >= kept.due:
                    wanted.append((kept, behind, seen))
            lives = []
            for kept, behind, seen in wanted:
                lives.append((kept, await self._read(kept, snapshot._replace(as_of=as_of), behind), seen))
        for kept, live, seen in lives:
            self._publish(kept, live)
            kept.seen, kept.due = seen, self._next_due(live, as_of)
        if wanted:
            self.error = None
            self._as_of = max(as_of, self._as_of or as_of)  # the other loop may have begun later and ended before
        return sum(kept.cost for kept, _, _ in wanted)

    async def _read(self, kept: Kept, snapshot: Snapshot, behind: Feeding) -> Ground:
        """The view's figures; what it costs is noted. Raises :class:`_TooSlow`, after which the snapshot is spent."""
        started = perf_counter()
        try:
            async with asyncio.timeout(READ_TIMEOUT):
                live: Ground = await SCREENS[kept.view.screen].read(snapshot, behind, kept.view, self._settings)
                return live
        except TimeoutError as exc:
            raise _TooSlow(kept) from exc
        finally:
            kept.cost = perf_counter() - started

    def _next(self, as_of: datetime) -> datetime:
        """The moment of a snapshot: the clock's, but never behind the last (a clock may be set back)."""
        return as_of if self._as_of is None else max(as_of, self._as_of + timedelta(microseconds=1))

    def _signature(self, known: Feeding, as_of: datetime) -> object:
        """What has to differ for figures to differ; a heartbeat counts only by whether there is one."""
        beat = feeds.last_beat(known.heartbeats)
        alive = beat is not None and as_of - beat <= self._settings.processing_silent_after
        waits = feeds.waiting_for(known.heartbeats, as_of, self._settings)
        audit = known.audit.finished_at if known.audit else None
        return (
            known.position.epoch,
            known.sources,
            alive,
            waits,
            audit,
            len(known.holes),
            known.losses_at,
            known.old_rules,
            unit_names.version(),
        )

    def _next_due(self, live: Ground, as_of: datetime) -> datetime:
        known = live.feeding
        due = [feeds.next_change(known.sources, known.heartbeats, as_of, self._settings), periods.next_midnight(as_of)]
        if live.next_due and live.next_due >= as_of:
            due.append(live.next_due + timedelta(milliseconds=1))
        return min(due)

    def _forget(self) -> None:
        """Views that nobody watches are let go, after a while in which a browser may come back."""
        now = perf_counter()
        for kept in [
            kept for kept in self._kept.values() if kept.viewers == 0 and kept.sent and now - kept.left_at > 30
        ]:
            del self._kept[kept.view]

    def _fail(self, exc: BaseException, of: Iterable[Kept]) -> None:
        """These screens say that reading failed, with what they last knew."""
        self.error = type(exc).__name__
        log.warning("reading failed error=%s cause=%s", type(exc).__name__, type(exc.__cause__).__name__)
        as_of = self._next(self._clock())
        condition = Condition(State.ERROR, since=self._as_of, retry_at=as_of + timedelta(seconds=RETRY))
        for kept in of:
            last = kept.live
            if last is None:
                self._publish(kept, SCREENS[kept.view.screen].unread(kept.view, as_of, condition))
            else:
                self._publish(kept, replace(last, as_of=as_of, condition=condition))
            kept.due = None

    def _publish(self, kept: Kept, live: Ground) -> None:
        kept.live = live
        kept.sent, kept.rule = render(live, self._settings, kept.rule)
        kept.changed.set()
        kept.changed = asyncio.Event()


def render(live: Ground, settings: Settings, before: Rule | None) -> tuple[Sent, Rule]:
    """The event for this snapshot, serialised once: the view as it is, and as it is to look when it hears no more."""
    screen = SCREENS[live.view.screen]
    parts, rule = screen.render(live, settings, before)
    unheard = Condition(State.OFFLINE, since=live.condition.since if live.condition.dead else live.as_of)
    offline, _ = screen.render(replace(live, condition=unheard), settings, before)
    position = live.feeding.position
    version = (position.epoch, position.next, round(live.as_of.timestamp() * 1_000_000))
    body = {
        "id": version,
        "asOf": round(live.as_of.timestamp() * 1000),
        "offlineAfter": round(settings.offline_after.total_seconds() * 1000),
        "parts": parts,
        "offline": offline,
    }
    data = orjson.dumps(body, default=_component)
    return Sent(version, b"id: %d-%d-%d\ndata: %s\n\n" % (*version, data), parts), rule


def _component(value: object) -> object:
    if isinstance(value, Component):
        return value.to_plotly_json()
    raise TypeError(f"{type(value).__name__} cannot be sent to a browser")
