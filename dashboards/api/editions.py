"""Editions: all answers of one moment. Each is read in one snapshot of the database, which several connections share,
so a number and its list agree across requests, and whoever asks next never sees an earlier moment.

Twice a second it is looked whether anything has changed. If so (or after some seconds, for ages and deadlines go on),
the next edition is begun: what is asked again and again is answered in it beforehand, while the last one still holds;
then it takes its place as a whole. Nothing is looked at while nobody asks.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from dashboards.access.asker import Asker, Right
from dashboards.api.kept import KeptAnswer
from dashboards.deadline import Overdue, within
from dashboards.periods import today
from dashboards.readers.database import Database, SharedMoment, Snapshot, Unavailable
from dashboards.readers.queries import query
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)
LOOK_EVERY = 0.5  # seconds
LONGEST = 4.0  # seconds after which an edition is followed by another, though nothing has changed
OLDEST = 15.0  # seconds after which none is handed out any more: the database does not answer
PREPARED_WITHIN = 5.0  # seconds; what is not ready then is answered when it is asked
WATCHED = 10.0  # seconds after the last question in which it is still looked
ANSWERS_WITHIN = 5.0  # seconds for a look of ours
OFTEN = 2  # times that a question must have been asked in one edition to be answered in the next beforehand
REST = 1.5  # times what an edition took to be answered beforehand, before the next is begun
AT_ONCE = 2  # questions that are answered beforehand


class Question(NamedTuple):
    """``query``: its parameters in an order of ours; ``units`` and ``rights``: whose eyes it is answered for."""

    path: bytes
    query: bytes
    accept: str
    units: tuple[str, ...]
    rights: frozenset[Right]


class AnswerEdition:
    """One for a moment. ``answers`` are held up to so many ``bytes``, the latest asked."""

    def __init__(self, moment: SharedMoment, state: object, most_bytes: int) -> None:
        self.moment, self.state, self.begun = moment, state, monotonic()
        self.flights: dict[Question, asyncio.Future[KeptAnswer | None]] = {}
        self.asked: dict[Question, tuple[int, Asker]] = {}  # how often, and by whom last
        self._askers: dict[Question, set[str]] = {}
        self.over = asyncio.Event()
        self._answers: OrderedDict[Question, KeptAnswer] = OrderedDict()
        self._bytes, self._most = 0, most_bytes
        self._readers, self._ended = 0, False

    @property
    def age(self) -> float:
        return monotonic() - self.begun

    def get(self, question: Question, asker: Asker) -> KeptAnswer | None:
        """Counted as asked."""
        times, _ = self.asked.get(question, (0, asker))
        self.asked[question] = (times + 1, asker)
        found = self._answers.get(question)
        if found is not None:
            self._answers.move_to_end(question)
        else:
            self._askers.setdefault(question, set()).add(f"{asker.kind} {asker.id or asker.address}")
        return found

    def askers(self, question: Question) -> int:
        """How many have asked before it was answered."""
        return len(self._askers.get(question, ()))

    def keep(self, question: Question, answer: KeptAnswer) -> None:
        if len(answer.body) * 4 > self._most:
            return
        before = self._answers.pop(question, None)
        self._bytes += len(answer.body) - (0 if before is None else len(before.body))
        self._answers[question] = answer
        while self._bytes > self._most:
            _, gone = self._answers.popitem(last=False)
            self._bytes -= len(gone.body)

    def often(self) -> list[tuple[Question, Asker]]:
        """What was asked again and again, the most asked first."""
        found = [(times, question, asker) for question, (times, asker) in self.asked.items() if times >= OFTEN]
        found.sort(key=lambda one: -one[0])
        return [(question, asker) for _, question, asker in found]

    @contextlib.contextmanager
    def read(self) -> Iterator[SharedMoment]:
        """While it is read its snapshot stays open."""
        self._readers += 1
        try:
            yield self.moment
        finally:
            self._readers -= 1
            self._end_if_unread()

    def end(self) -> None:
        """Another has taken its place."""
        self._ended = True
        self._end_if_unread()

    def _end_if_unread(self) -> None:
        if self._ended and self._readers == 0:
            self.over.set()


class Editions:
    """One for the process. ``prepare`` answers a question in an edition that is not yet handed out."""

    def __init__(self, database: Database, most_bytes: int) -> None:
        self._database, self._most = database, most_bytes
        self.prepare: Callable[[AnswerEdition, Question, Asker], Awaitable[None]] | None = None
        self._current: AnswerEdition | None = None
        self._opening: asyncio.Task[AnswerEdition] | None = None
        self._holding: set[asyncio.Task[None]] = set()
        self._asked_at = -WATCHED
        self._as_of: datetime | None = None
        self._wake = asyncio.Event()

    def current(self) -> AnswerEdition | None:
        """The one that holds now, without waiting."""
        edition = self._current
        if edition is None or edition.over.is_set() or edition.age > OLDEST:
            return None
        self._asked_at = monotonic()
        return edition

    async def edition(self) -> AnswerEdition:
        """The one that holds now; begun where there is none. Raises :class:`NotRead`."""
        found = self.current()
        if found is not None:
            return found
        self._asked_at = monotonic()
        self._wake.set()
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._first())
        return await asyncio.shield(self._opening)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Meanwhile one edition follows another."""
        task = asyncio.create_task(self.run(), name="editions")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                if monotonic() - self._asked_at > WATCHED:
                    self._replace(None)
                    self._wake.clear()
                    await self._wake.wait()
                rest = await self._look()
                await asyncio.sleep(max(LOOK_EVERY, rest))
        finally:
            for task in list(self._holding):
                task.cancel()
            await asyncio.gather(*self._holding, return_exceptions=True)

    async def _look(self) -> float:
        """Seconds to rest, after a new edition as long as it took and half as long again."""
        current = self._current
        try:
            if current is None or current.over.is_set():
                return 0.0
            state = await within(ANSWERS_WITHIN, self._state())
            if state == current.state and current.age < LONGEST:
                return 0.0
            began = monotonic()
            following = await within(ANSWERS_WITHIN, self._begun())
            await self._prepare(current, following)
            self._replace(following)
            return REST * (monotonic() - began)
        except (NotRead, Overdue) as exc:
            log.warning("no new edition error=%s", type(exc).__name__)
            self._replace(None)  # whoever asks next finds out whether the database answers
            return 0.0

    async def _first(self) -> AnswerEdition:
        following = await self._begun()
        if self._current is not None and not self._current.over.is_set() and self._current.age <= OLDEST:
            following.end()
            return self._current
        self._replace(following)
        return following

    async def _prepare(self, before: AnswerEdition, following: AnswerEdition) -> None:
        waiting = before.often()
        if self.prepare is None or not waiting:
            return
        prepare, until = self.prepare, monotonic() + PREPARED_WITHIN

        async def some() -> None:
            while waiting and monotonic() < until:
                await prepare(following, *waiting.pop(0))

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(some())

    def _replace(self, following: AnswerEdition | None) -> None:
        before, self._current = self._current, following
        if before is not None and before is not following:
            before.end()

    async def _state(self) -> object:
        async with self._database.snapshot() as snapshot:
            return await _state_of(snapshot)

    async def _begun(self) -> AnswerEdition:
        ready: asyncio.Future[AnswerEdition] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._hold(ready), name="edition")
        self._holding.add(task)
        task.add_done_callback(self._holding.discard)
        try:
            return await ready
        except BaseException:
            task.cancel()
            raise

    async def _hold(self, ready: "asyncio.Future[AnswerEdition]") -> None:
        """Holds an edition's snapshot until nobody reads it any more."""
        edition: AnswerEdition | None = None
        try:
            async with self._database.held() as (snapshot, moment):
                if self._as_of is not None and self._as_of > moment.as_of:  # a clock may be set back
                    moment = moment._replace(as_of=self._as_of)
                self._as_of = moment.as_of
                edition = AnswerEdition(moment, await _state_of(snapshot), self._most)
                if not ready.done():
                    ready.set_result(edition)
                await _while_held(snapshot, edition)
        except NotRead as exc:
            if not ready.done():
                ready.set_exception(exc)
        except Exception as exc:
            if not ready.done():
                ready.set_exception(exc)
            raise
        finally:
            if not ready.done():
                ready.set_exception(Unavailable("ended"))
            if edition is not None:
                edition.over.set()


async def _state_of(snapshot: Snapshot) -> object:
    """Another as soon as an answer may be another, but for deadlines and ages: what is stored, and the day."""
    return today(snapshot.as_of), await (await snapshot.conn.execute(query("edition"))).fetchone()


async def _while_held(snapshot: Snapshot, edition: AnswerEdition) -> None:
    """Asks the connection now and then, so that one that has gone is not taken for one that rests."""
    while not edition.over.is_set():
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                await edition.over.wait()
                return
        await snapshot.conn.execute("SELECT 1")
