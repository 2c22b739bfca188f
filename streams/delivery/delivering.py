"""Hands holding orders to their receiver, and what it answers to ``ioc.actions``.

What is to be sent follows from the state of the orders; how far each message is stands in ``hold_delivery``. A try is
written down before it is made, an answer together with its event, so whoever is killed anywhere sends again at worst:
the message's id is the same, and the receiver takes it once. One delivery works at a time (an advisory lock).
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any

import psycopg
from psycopg.rows import dict_row

from schemas.actions import SOURCE
from schemas.contracts import CONTRACTS
from schemas.json_text import encode
from schemas.sqlstates import passes
from streams.crash import CrashPoints
from streams.delivery.backoff import pause_s
from streams.delivery.message import HoldMessage, Message, Unclear, answer_of, event_id, message_of
from streams.delivery.posting import NotDelivered, Post
from streams.delivery.settings import DeliverySettings
from streams.queries import QUERIES

log = logging.getLogger(__name__)
LOCK = 71064042
BEAT = timedelta(seconds=2)
UNCONFIRMED = timedelta(days=1)  # how long an end is sent without an answer
LOOKED_AT = 200
LONGEST_PAUSE_S = 5.0
Connection = psycopg.AsyncConnection[dict[str, Any]]


class Delivery:
    """``post``: none where the operator has set no receiver; then orders wait for their end alone."""

    def __init__(
        self,
        settings: DeliverySettings,
        post: Post | None,
        clock: Callable[[], datetime],
        random: Random,
        points: CrashPoints | None = None,
    ) -> None:
        self._settings, self._post, self._clock, self._random = settings, post, clock, random
        self._points = points or CrashPoints()
        self._under_way: dict[str, asyncio.Task[None]] = {}  # by target
        self._writing = asyncio.Lock()  # the connection holds one transaction at a time

    async def run(self) -> None:
        """Until cancelled."""
        pause = self._settings.hold_every_s
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._settings.database_streams, connect_timeout=5, autocommit=True, row_factory=dict_row
                ) as conn:
                    pause = self._settings.hold_every_s
                    await self._work(conn)
            except psycopg.Error as exc:
                if not passes(exc):
                    raise
                log.warning("not delivered: reason=%s", type(exc).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)
            finally:
                await self._stopped()

    async def _work(self, conn: Connection) -> None:
        mine, beaten = False, datetime.min.replace(tzinfo=UTC)
        while True:
            if not mine:
                row = await (await conn.execute("SELECT pg_try_advisory_lock(%s) AS mine", [LOCK])).fetchone()
                mine = bool(row and row["mine"])
            if mine:
                if (now := self._clock()) - beaten >= BEAT:
                    beaten = now
                    async with self._writing:
                        given = {"known": self._post is not None, "now": now}
                        await conn.execute(QUERIES["delivery/beat"], given)
                await self._look(conn)
            await asyncio.sleep(self._settings.hold_every_s)
            for task in [task for task in self._under_way.values() if task.done()]:
                task.result()  # a fault of ours ends the process
            self._under_way = {target: task for target, task in self._under_way.items() if not task.done()}

    async def _look(self, conn: Connection) -> None:
        now = self._clock()
        async with self._writing:
            asked = {"now": now - timedelta(seconds=2 * self._settings.hold_timeout_s), "last": now - UNCONFIRMED}
            over = await (await conn.execute(QUERIES["delivery/over"], asked | {"limit": LOOKED_AT})).fetchall()
            due: list[dict[str, Any]] = []
            if self._post is not None and len(self._under_way) < self._settings.hold_at_once:
                asked_due = {"now": now, "limit": LOOKED_AT}
                due = await (await conn.execute(QUERIES["delivery/due"], asked_due)).fetchall()
        for row in over:
            async with self._writing, conn.transaction():
                await self._say(conn, row["subject"], row["detail"]["order"], "unanswered", {"reached": row["reached"]})
        for row in due:
            if len(self._under_way) >= self._settings.hold_at_once:
                return
            kind = Message(row["message"])
            message = message_of(row["subject"], kind, row["detail"], row["due_at"], row["opened_at"])
            if message.target not in self._under_way:
                order = str(row["detail"]["order"])
                self._under_way[message.target] = asyncio.create_task(self._deliver(conn, message, order))

    async def _deliver(self, conn: Connection, message: HoldMessage, order: str) -> None:
        """One try. A try that is killed is made again once its time and pause are over."""
        assert self._post is not None  # noqa: S101  asked before
        name = {"subject": message.subject, "message": str(message.message)}
        now = self._clock()
        held_s = self._settings.hold_timeout_s + self._settings.hold_first_pause_s
        claimed = name | {"now": now, "next_at": now + timedelta(seconds=held_s)}
        async with self._writing:
            row = await (await conn.execute(QUERIES["delivery/claim"], claimed)).fetchone()
        if row is None:
            return
        tries, failure = int(row["tries"]), None
        self._points.reached("begun")
        try:
            answer = answer_of(message, order, await self._post.send(message), tries)
        except NotDelivered as exc:
            failure = exc.word
        except Unclear:
            failure = "unclear"
        self._points.reached("taken")
        now = self._clock()
        async with self._writing, conn.transaction():
            if failure is None:
                await self._say(conn, message.subject, order, answer.kind, answer.data)
                await conn.execute(QUERIES["delivery/answered"], name | {"now": now})
                self._points.reached("written")
            else:
                pause = pause_s(
                    tries, self._settings.hold_first_pause_s, self._settings.hold_longest_pause_s, self._random
                )
                told = name | {"next_at": now + timedelta(seconds=pause), "failure": failure}
                await conn.execute(QUERIES["delivery/failed"], told)
            await conn.execute(QUERIES["delivery/said"], {"now": now, "failure": failure})
        if failure is not None:
            log.warning("not delivered: order=%s message=%s tries=%s reason=%s", order, message.message, tries, failure)
        self._points.reached("committed")

    async def _say(self, conn: Connection, subject: str, order: str, kind: str, data: Any) -> None:
        """Within the caller's transaction. The answer to a start is one event, whichever it is."""
        what = "start" if kind in ("accepted", "refused") else kind
        type_, now = f"hold.{kind}.v1", self._clock()
        event = {
            "specversion": "1.0",
            "id": event_id(order, f"said {what}"),
            "source": SOURCE,
            "type": type_,
            "subject": subject,
            "time": now.isoformat(),
            "data": data,
        }
        text = encode(event).decode()
        CONTRACTS["actions"].parse(text)
        given = {"id": event["id"], "subject": subject, "kind": kind, "time": now, "event": text}
        asked = sha256(encode([type_, subject, sorted(data.items())])).digest()
        await conn.execute(QUERIES["delivery/written"], given | {"asked": asked})

    async def _stopped(self) -> None:
        """The connection is gone: what was under way is sent again by whoever has the next one."""
        tasks = list(self._under_way.values())
        self._under_way = {}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
