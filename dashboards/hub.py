"""The hub: looks whether anything changed, reads what is kept live, and hands the same bytes to every viewer.

It looks at offsets and heartbeats twice a second; a view is read anew when they moved **or its clock is due** (an age,
a deadline, midnight). Views have lanes (:mod:`dashboards.live_views`): what is slow or broken marks itself only.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from psycopg_pool import PoolTimeout

from dashboards import periods
from dashboards.background_reads import Survey
from dashboards.deadline import Overdue, while_left
from dashboards.live_views import QUICK, KeptView, ReadingLane, ReadingStep, signature, waiting
from dashboards.readers import snapshot as reader
from dashboards.readers.asked_database import limited
from dashboards.readers.database import Database, TooSlow, Unavailable, by_full_disk
from dashboards.readers.snapshot import Feeding, Ground, Selection
from dashboards.rendered_view import render
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Screen
from dashboards.settings import ScreensSettings
from dashboards.source_silence import DISK_FULL, Condition, State, next_change
from dashboards.viewers import Audience
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)

RETRY = 2.0  # seconds between attempts while the database is away; a view that fails alone waits ever longer
LONGEST_RETRY = 60.0
PLACES = {ReadingLane.FIRST: 4, ReadingLane.SLOW: 2}  # connections of a lane; the quick one is that of the looks
PATIENCE = {ReadingLane.FIRST: 0.7, ReadingLane.QUICK: 1.0, ReadingLane.SLOW: 8.0}  # seconds for one view
LOCK_PATIENCE = 2.0  # seconds that a question waits for a lock
CONNECTIONS = 12  # with those on which a given-up question still ends


class Hub(Audience):
    """One for the process. ``always`` stay live without a viewer, so that a wall that comes back has its snapshot."""

    def __init__(
        self,
        database: Database,
        settings: ScreensSettings,
        clock: Callable[[], datetime],
        survey: Survey,
        always: tuple[Selection, ...] = (),
        screens: Mapping[str, Screen] = SCREENS,
        patience: Mapping[ReadingLane, float] = PATIENCE,
        units: Database | None = None,
    ) -> None:
        """``units``: the database of views that show some units only (:attr:`Selection.scope`)."""
        super().__init__(settings.views, always)
        self._units = units
        self._database, self._settings, self._clock, self._survey = database, settings, clock, survey
        self._screens = screens
        self._patience, self._patience_of = settings.hanging_after.total_seconds(), patience
        self._as_of: datetime | None = None  # of the last snapshot that was sent
        self._looked: tuple[Feeding, datetime] | None = None  # what the last look found, and when
        self._answered, self._began = monotonic(), clock()
        self._hangs = False
        self._wake = asyncio.Event()
        self._ending = False
        self.error: str | None = None  # why the last reading failed, for /healthz

    @property
    def hangs_since(self) -> datetime | None:
        """While our reading gets no answer: the last moment at which it had one."""
        return (self._looked[1] if self._looked else self._began) if self._hangs else None

    def watches_sources(self) -> bool:
        """Whether a view of all sources is kept live."""
        return any(self._screens[view.screen].contracts is None for view in self._kept)

    def came(self, kept: KeptView) -> None:
        """Somebody asks for a view that has no snapshot yet."""
        if self._hangs:
            self._say([kept], State.HANGING)
        self._awake()

    # ---- the loops

    async def run(self) -> None:
        """Until it is told to end. A failure that is neither the database's nor a view's ends the process: the
        supervisor starts it again."""
        self._answered = monotonic()
        lanes = [self._lane(lane) for lane, places in PLACES.items() for _ in range(places)]
        async with asyncio.TaskGroup() as running:
            for loop in (self._looks(), self._clock_alone(), *lanes):
                running.create_task(loop)

    def end(self) -> None:
        """Ends :meth:`run` soon, in any case."""
        self._ending = True
        self._awake()

    def _awake(self) -> None:
        woken, self._wake = self._wake, asyncio.Event()
        woken.set()

    async def _pause(self, seconds: float) -> None:
        woken = self._wake
        if not self._ending:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):  # not wait_for: it can lose a cancellation (python/cpython#86296)
                    await woken.wait()

    async def _looks(self) -> None:
        """Looks, and reads the quick views in the same snapshot."""
        every = self._settings.look_every.total_seconds()
        while not self._ending:
            self.forget()
            began = monotonic()
            rest = await self._round(None)
            while not self._ending and rest is not None and (left := began + max(every, rest) - monotonic()) > 0:
                await self._pause(left)  # woken for new views, which are another lane's

    async def _lane(self, lane: ReadingLane) -> None:
        """One view at a time, each in a snapshot of its own."""
        while not self._ending:
            able = waiting(self._kept.values(), lane, monotonic())
            kept = next((one for one in able if self._wants(one)), None)
            if kept is None:
                await self._pause(self._settings.look_every.total_seconds())
                continue
            kept.reading = True
            try:
                await self._round(kept)
            finally:
                kept.reading = False

    async def _clock_alone(self) -> None:
        """Says that reading hangs: this loop waits for nothing but the clock."""
        said = 0.0
        while not self._ending:
            now = monotonic()
            if now - self._answered > self._patience:
                again = now - said > self._settings.refresh_every.total_seconds()
                if not self._hangs or again:
                    if not self._hangs:
                        log.warning("reading hangs: no answer for %.0f s", now - self._answered)
                    self._hangs, self.error, said = True, "hanging", now
                    self._say(list(self._kept.values()), State.HANGING)
            await asyncio.sleep(min(0.5, self._patience / 4))

    # ---- reading

    async def _round(self, only: KeptView | None) -> float | None:
        """One look and the views that are to be read after it: the quick ones, or ``only`` this. Returns the seconds
        that are to pass before the next; ``None`` if it is to follow at once."""
        step = ReadingStep(self._patience, self._patience_of)
        try:
            await while_left(step.left, self._read(step, only))
            return 0.0
        except Overdue as exc:
            failed: Exception = exc
        except Unavailable as exc:
            failed = exc
            if not isinstance(exc, TooSlow):
                return await self._away(exc, only)
        except Exception as exc:  # noqa: BLE001  one view's fault is that view's error, never the hub's end
            failed = exc
        if step.kept is not None:
            self._missed(step, failed)
            return None
        if isinstance(failed, Overdue | NotRead):
            return await self._away(failed, only)
        raise failed

    async def _read(self, step: ReadingStep, only: KeptView | None) -> None:
        scope = only.view.scope if only is not None else ()
        if scope:  # from its own database, which may be missing
            step.of(only)
        async with limited(self._database, self._units, scope).snapshot(scope) as snapshot:
            known = self._survey.told(await reader.feeding(snapshot.conn))
            as_of = self._next(snapshot.as_of)
            self._had_answer(known, as_of)
            if only is None:
                quick = waiting(self._kept.values(), ReadingLane.QUICK, monotonic())
                chosen = [one for one in quick if self._wants(one)]
            else:
                chosen = [only]
            for kept in chosen:
                step.of(kept)
                screen = self._screens[kept.view.screen]
                behind = known.of(screen.contracts)
                live: Ground = await screen.read(snapshot._replace(as_of=as_of), behind, kept.view, self._settings)
                self._answered = now = monotonic()
                kept.failures = 0
                kept.was_read(now - step.began, now)
                if self._publish(kept, live):
                    kept.seen, kept.due = signature(behind, as_of, self._settings), self._next_due(live, as_of)
                self.error = None

    def _wants(self, kept: KeptView) -> bool:
        if self._looked is None or kept.due is None:
            return True
        known, as_of = self._looked
        behind = known.of(self._screens[kept.view.screen].contracts)
        return kept.wants(signature(behind, as_of, self._settings), as_of)

    def _had_answer(self, known: Feeding, as_of: datetime) -> None:
        self._looked, self._answered = (known, as_of), monotonic()
        if self._hangs or self.error in ("Unavailable", "Overdue"):
            self._hangs, self.error = False, None
            for kept in self._kept.values():
                kept.rests_until, kept.due = 0.0, None
            self._awake()

    def _next(self, as_of: datetime) -> datetime:
        """The moment of a snapshot: the clock's, but never behind the last (a clock may be set back)."""
        return as_of if self._as_of is None else max(as_of, self._as_of + timedelta(microseconds=1))

    def _next_due(self, live: Ground, as_of: datetime) -> datetime:
        known = live.feeding
        due = [next_change(known.sources, known.heartbeats, as_of, self._settings), periods.next_midnight(as_of)]
        if live.next_due and live.next_due >= as_of:
            due.append(live.next_due + timedelta(milliseconds=1))
        return min(due)

    # ---- what could not be read

    def _missed(self, step: ReadingStep, exc: Exception) -> None:
        """This view says that reading failed; the others go on."""
        kept, now = step.kept, monotonic()
        assert kept is not None  # noqa: S101  else it is not a view that failed
        lane = kept.lane
        kept.was_read(now - step.began, now)
        if isinstance(exc, Overdue) and lane is not ReadingLane.SLOW:  # nothing is wrong yet: it is a slow one
            kept.rests_until = 0.0
            self._awake()
            return
        kept.failures += 1
        if self._hangs:
            return
        rests = min(LONGEST_RETRY, RETRY * 2 ** (kept.failures - 1))
        kept.rests_until = max(kept.rests_until, now + rests)
        ours = not isinstance(exc, Overdue | TooSlow)
        log.log(
            logging.ERROR if ours else logging.WARNING,
            "view not read screen=%s error=%s cause=%s",
            kept.view.screen,
            type(exc).__name__,
            type(exc.__cause__).__name__,
            exc_info=exc if ours else None,
        )
        self._say([kept], State.ERROR, kept.rests_until - now)

    async def _away(self, exc: Exception, only: KeptView | None) -> float:
        """After a look that failed all screens say so; seconds until the next attempt. Without any answer nothing is
        said here: that is the clock's."""
        if only is not None:  # the next look finds out whether it is so for all
            only.was_read(QUICK, now := monotonic())
            only.rests_until = now + RETRY
        elif not isinstance(exc, Overdue) and not (
            isinstance(exc.__cause__, PoolTimeout) and await self._database.silent()
        ):
            self._hangs, self._answered, self.error = False, monotonic(), type(exc).__name__
            log.warning("reading failed error=%s cause=%s", type(exc).__name__, type(exc.__cause__).__name__)
            who = DISK_FULL if by_full_disk(exc, self._settings.home) else ""
            self._say(list(self._kept.values()), State.ERROR, RETRY, who)
        return RETRY

    def _say(self, of: list[KeptView], state: State, retry: float = 0.0, who: str = "") -> None:
        """These views are in this state, with what they last knew; ``who`` is to blame, where it is known."""
        since = self.hangs_since if state is State.HANGING else self._as_of
        for kept in of:
            as_of = self._next(self._clock())
            retry_at = as_of + timedelta(seconds=retry) if retry else None
            condition, last = Condition(state, since=since, who=who, retry_at=retry_at), kept.live
            if last is None:
                live = self._screens[kept.view.screen].unread(kept.view, as_of, condition)
            else:
                live = replace(last, as_of=as_of, condition=condition)
            self._publish(kept, live)
            kept.due = None

    def _publish(self, kept: KeptView, live: Ground) -> bool:
        """Whether it was sent: not after something newer was, for nobody sees time go backwards."""
        if kept.sent is not None and live.as_of <= kept.live_at:
            return False
        kept.sent, kept.rule = render(self._screens[kept.view.screen], live, self._settings, kept.rule)
        kept.live, kept.live_at = live, live.as_of
        self._as_of = max(live.as_of, self._as_of or live.as_of)
        kept.changed.set()
        kept.changed = asyncio.Event()
        return True
