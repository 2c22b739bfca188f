"""Answers that others may have too: the database is asked once for a moment and a question, however many ask.

ASGI, between who asks and the routes. A question is shared by those whose eyes see the same: units and rights are part
of it. What a route puts to be shared (:func:`dashboards.api.respond.respond`, whole good answers) is kept with the
edition; everything else, refusals too, each asker is answered for himself. Who has read what is recorded for each.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.access.access import Access
from dashboards.access.asker import ASKER, Asker, AskerKind
from dashboards.api import kept
from dashboards.api.editions import AnswerEdition, Editions, Question
from dashboards.api.forms.asked_form import FORMAT
from dashboards.api.gate import METHODS
from dashboards.api.in_turn import Owes
from dashboards.api.kept import KeptAnswer
from dashboards.api.limits import PACED, AskerLimits, LimitRule, too_much
from dashboards.api.problems import unavailable
from dashboards.api.recorded import not_on_record, put_on_record
from dashboards.deadline import Overdue, within
from dashboards.forms.form import FILES, MEDIA
from dashboards.readers.asked_database import MOMENT
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)
PREFIX = b"/api/v1/"
_FILES = tuple(MEDIA[form].encode() for form in FILES)
PREPARED_WITHIN = 6.0  # seconds for one question that is answered beforehand
LOOK_EVERY = 0.1  # seconds between looks of who waits for his share whether the answer is there
_ORDERLY = re.compile(rb"[a-z_]+=[^&]*(?:&[a-z_]+=[^&]*)*")
_AT_ONCE = frozenset({AskerKind.KEY, AskerKind.ACCOUNT, AskerKind.DEMO})


def question_of(scope: Scope, asker: Asker) -> Question | None:
    """``None`` of what is not shared: what is sent, and files, which are taken piece by piece."""
    path = scope["raw_path"] if "raw_path" in scope else scope["path"].encode()
    if not path.startswith(PREFIX) or scope["method"] not in METHODS:
        return None
    accept = b",".join(value for name, value in scope["headers"] if name == b"accept")
    names = [part.partition(b"=")[0] for part in scope["query_string"].split(b"&")]
    if any(name == FORMAT.encode() or b"%" in name for name in names) or any(media in accept for media in _FILES):
        return None
    return Question(path, in_order(scope["query_string"]), accept.decode("latin-1"), asker.units, asker.rights)


def in_order(query: bytes) -> bytes:
    """The parameters by name, where each is plain and there once; else as they were sent: their order may matter."""
    if _ORDERLY.fullmatch(query) is None:
        return query
    parts = query.split(b"&")
    names = {part.partition(b"=")[0] for part in parts}
    return b"&".join(sorted(parts)) if len(names) == len(parts) else query


class AnswerCache:
    """``app`` answers what is asked for the first time."""

    def __init__(self, app: ASGIApp, editions: Editions, access: Access, limits: AskerLimits) -> None:
        self._app, self._editions, self._access, self._limits = app, editions, access, limits
        editions.prepare = self.prepare

    async def at_once(self, scope: Scope, send: Send) -> bool:
        """Whether it was answered without waiting for anything: of an asker who is known, what is kept already and
        needs no record. For :class:`dashboards.api.gate.Gate`, before it gives a request a time."""
        edition = self._editions.current()
        if edition is None:
            return False
        asker = self._access.asker(scope)
        if asker is None or asker.kind not in _AT_ONCE or asker.must_change_password:
            return False
        question = question_of(scope, asker)
        answer = None if question is None else edition.get(question, asker)
        if answer is None or answer.handed is not None:
            return False
        if (refused := self._limits.request(asker, scope["path"])) is not None:
            await refused(scope, _nothing, send)
            return True
        await answer.send(send, unchanged=kept.unchanged(scope, answer.tag))
        return True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asker = ASKER.get(None)
        if scope["type"] != "http" or asker is None or not scope["path"].startswith(PREFIX.decode()):
            await self._app(scope, receive, send)
            return
        if (refused := self._limits.request(asker, scope["path"])) is not None:
            await refused(scope, receive, send)
            return
        question = question_of(scope, asker)
        if question is None:
            while not await self._asked(asker, partial(self._app, scope, receive, send), scope, receive, send):
                pass
            return
        try:
            edition = await self._editions.edition()
        except NotRead:
            await unavailable()(scope, receive, send)
            return
        with edition.read():
            await self._of_edition(edition, question, asker, scope, receive, send)

    async def _of_edition(
        self, edition: AnswerEdition, question: Question, asker: Asker, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Kept already, or of who asks the same just now, or asked for himself as soon as he owes nothing."""
        alone = False
        while True:
            answer = edition.get(question, asker)
            if answer is None and not alone and (flight := edition.flights.get(question)) is not None:
                await asyncio.wait({flight})
                if flight.cancelled():  # nothing was asked
                    continue
                answer = flight.result()
                alone = answer is None
            if answer is not None:
                await self._hand_out(answer, asker, scope, receive, send)
                return
            lead = partial(self._lead, edition, question, asker, scope, receive, send)
            if await self._asked(asker, lead, scope, receive, send):
                return

    async def _asked(
        self, asker: Asker, ask: Callable[[], Awaitable[None]], scope: Scope, receive: Receive, send: Send
    ) -> bool:
        """Whether it was answered: asked where he owes nothing, refused where he owes much, else not yet, after a
        little wait in which somebody else may have asked the same."""
        owed = self._limits.owed(asker)
        if not owed:
            try:
                await ask()
            except Owes as exc:
                owed = exc.seconds
            else:
                return True
        if owed > PACED:
            await too_much(LimitRule.DATABASE_TIME, owed)(scope, receive, send)
            return True
        await asyncio.sleep(min(owed, LOOK_EVERY))
        return False

    async def _lead(
        self, edition: AnswerEdition, question: Question, asker: Asker, scope: Scope, receive: Receive, send: Send
    ) -> None:
        found = await self._answered(edition, question, lambda marked: self._app(marked, receive, send), scope)
        if found is not None and found.handed is not None and not kept.unchanged(scope, found.tag):
            self._limits.handed(asker, found.handed.rows)

    async def _hand_out(self, answer: KeptAnswer, asker: Asker, scope: Scope, receive: Receive, send: Send) -> None:
        unchanged = kept.unchanged(scope, answer.tag)
        if answer.handed is not None:
            self._limits.handed(asker, 0 if unchanged else answer.handed.rows)
            if not await put_on_record(self._access, answer.handed, unchanged=unchanged):
                await not_on_record()(scope, receive, send)
                return
        await answer.send(send, unchanged=unchanged)

    async def _answered(
        self, edition: AnswerEdition, question: Question, ask: Callable[[Scope], Awaitable[None]], scope: Scope
    ) -> KeptAnswer | None:
        """Asked of the routes, and kept; who asks the same meanwhile waits for it."""
        flight = None
        if question not in edition.flights:
            flight = edition.flights[question] = asyncio.get_running_loop().create_future()
        found = _Found(edition, question, flight)
        token = MOMENT.set(edition.moment)
        try:
            await ask({**scope, kept.FOR_OTHERS: found})
        except Owes:
            if flight is not None:
                flight.cancel()
            raise
        finally:
            MOMENT.reset(token)
            found.over()
        return found.answer

    async def prepare(self, edition: AnswerEdition, question: Question, asker: Asker) -> None:
        """Nobody is sent this answer; whoever asks the same next finds it."""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(question.path.decode("latin-1")),
            "raw_path": question.path,
            "query_string": question.query,
            "root_path": "",
            "headers": [(b"accept", question.accept.encode("latin-1"))] if question.accept else [],
            "client": None,
            "server": None,
            kept.NOBODY: True,
        }
        token = ASKER.set(asker)
        try:
            with edition.read(), suppress(Overdue):
                work = self._answered(edition, question, lambda marked: self._app(marked, _nothing, _ignored), scope)
                await within(PREPARED_WITHIN, work)
        except Exception:  # that question's fault: the routes have answered 500, and whoever asks it is told so
            log.exception("not answered beforehand")
        finally:
            ASKER.reset(token)


class _Found:
    """Handed to those who wait as soon as it is there, before the first asker has taken it."""

    def __init__(
        self, edition: AnswerEdition, question: Question, flight: "asyncio.Future[KeptAnswer | None] | None"
    ) -> None:
        self._edition, self._question, self._flight = edition, question, flight
        self.answer: KeptAnswer | None = None

    @property
    def askers(self) -> int:
        return max(1, self._edition.askers(self._question))

    def put(self, answer: KeptAnswer) -> None:
        self.answer = answer
        self._edition.keep(self._question, answer)
        if self._flight is not None and not self._flight.done():
            self._flight.set_result(answer)

    def over(self) -> None:
        """Whoever waits still asks for himself."""
        if self._flight is None:
            return
        if not self._flight.done():
            self._flight.set_result(None)
        if self._edition.flights.get(self._question) is self._flight:
            del self._edition.flights[self._question]


async def _nothing() -> Message:
    await asyncio.Event().wait()
    raise AssertionError  # it never comes


async def _ignored(_message: Message) -> None:
    pass
