"""The Faust application: which topics, which agents, and what runs beside them."""

import asyncio
import logging
import os
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NoReturn, cast

import faust
import psycopg
from faust.types import TP

from schemas.disk_room import is_full
from schemas.province_clock import ProvinceClock
from schemas.sqlstates import passes
from schemas.topics import CASES_HISTORY, LOOKUPS, TOPICS, Topic
from streams.agent import taking
from streams.audit.cases import audit_slice_alone
from streams.broker import Broker
from streams.crash import CrashPoints
from streams.errors import Retry, described
from streams.guarding.room import GuardRoom
from streams.guarding.watch import SumsWatch, watch_for_ever
from streams.heartbeat import beat
from streams.partition_lanes import LaneHealth, Lanes
from streams.partition_positions import Positions
from streams.purge import purge
from streams.rulebook import Rulebook
from streams.settings import WorkerSettings
from streams.sweep.cases import sweep_alone
from streams.transport import NoTables, SpanConsumer, SpanTransport
from streams.watchdog import Stall, watch

log = logging.getLogger(__name__)
EX_SOFTWARE = 70
EX_STALLED = 71
EX_SUPERSEDED = 73
DROPPED_AFTER_S = 3.0
YIELD_EVERY_S = 0.5


class SpanSchema(faust.Schema):  # type: ignore[misc]
    """Passes the span through; records are decoded by the lane, one by one, so one bad record costs only itself."""

    def compile(self, app: Any, **_: Any) -> Any:
        async def decode(message: Any, *, propagate: bool = False) -> Any:
            return app.create_event(None, message.value, message.headers, message)

        return decode


def leave(code: int, why: str) -> NoReturn:
    """Ends the process at once. Nothing is lost: what is not committed will be read again from the table's offset."""
    log.critical("leaving: code=%d reason=%s", code, why)
    logging.shutdown()
    os._exit(code)


class Worker:
    """One worker process: the app and what it is made of."""

    def __init__(self, settings: WorkerSettings) -> None:
        self.settings = settings
        self.health = LaneHealth()
        self.broker = Broker(settings.kafka)
        wanted = settings.topics.split(",") if settings.topics else [topic.name for topic in TOPICS]
        taken = [renamed(topic, settings.topic_suffix) for topic in TOPICS if topic.name in wanted]
        self.topics = {topic.name: topic for topic in taken}
        self.imports = renamed(CASES_HISTORY, settings.topic_suffix).name
        self.points = CrashPoints(settings.crash_at)
        self.app = self._app()
        self.guard = GuardRoom(settings.clock_offset_s * 1_000_000)
        self.lanes = Lanes(
            settings.database_streams,
            self.health,
            self.topics,
            seek=self._seek,
            turn=lambda tp: self.consumer.turn(tp),
            applied=lambda tp, end, turn: self.consumer.applied(tp, end, turn),
            on_crash=lambda exc: leave(EX_SOFTWARE, described(exc)),
            history_limit=settings.history_limit,
            points=self.points,
            guard=self.guard,
        )
        self.app.transport.revoked = self.lanes.drop
        for name in self.topics:
            channel = self.app.topic(name, schema=SpanSchema(), acks=False)
            self.app.agent(channel, name=name)(taking(self.lanes.take, self.points))
        for task in (
            self._begun,
            self._watch,
            self._go_back,
            self._give_way,
            self._audit,
            self._sweep,
            self._purge,
            self._guards,
        ):
            self.app.task(on_leader=False)(task)

    @property
    def consumer(self) -> SpanConsumer:
        return cast(SpanConsumer, self.app.consumer)

    def _app(self) -> faust.App:
        s = self.settings
        app = faust.App(
            f"ioc-{s.installation}{s.topic_suffix}",
            broker=";".join(f"aiokafka://{address}" for address in s.kafka.split(",")),
            store="memory://",
            datadir=str(s.home / "faust" / s.slot),
            autodiscover=False,
            web_enabled=False,
            topic_allow_declare=False,
            topic_disable_leader=True,
            table_standby_replicas=0,
            TableManager=NoTables,
            stream_buffer_maxsize=2,
            stream_wait_empty=False,
            stream_recovery_delay=0.0,
            consumer_auto_offset_reset="none",
            consumer_group_instance_id=f"{s.installation}{s.topic_suffix}-{s.slot}",
            consumer_max_fetch_size=4 * 1024 * 1024,
            broker_max_poll_records=s.max_poll_records,
            broker_max_poll_interval=86_400.0,
            broker_session_timeout=s.session_timeout_s,
            broker_heartbeat_interval=s.session_timeout_s / 5,
            broker_commit_interval=86_400.0,
            broker_commit_livelock_soft_timeout=10 * 86_400.0,
            stream_processing_timeout=10 * 86_400.0,
            logging_config={"version": 1, "disable_existing_loggers": False},
        )
        positions = Positions(self.broker, s.database_streams, self.health)
        app.transport = SpanTransport(app.conf.broker_consumer, app, positions, leave)
        return app

    async def _seek(self, tp: TP, offset: int, turn: int) -> None:
        await self.consumer.seek_to(tp, offset, turn)

    async def beat(self) -> None:
        """For ever; begun before the app, so that a worker that waits for Kafka at its start says so."""
        await beat(
            self.settings.database_streams,
            self.settings.slot,
            self.health,
            superseded=lambda: leave(EX_SUPERSEDED, f"another process has taken the place of {self.settings.slot}"),
        )

    def ended(self, task: "asyncio.Task[None]") -> None:
        """What runs for ever has ended: that must not go unseen."""
        if not task.cancelled() and (exc := task.exception()) is not None:
            leave(EX_SOFTWARE, described(exc))

    async def _begun(self) -> None:
        self.health.begun = True  # Faust starts tasks when the first assignment has been taken up

    async def wait_for_kafka(self) -> None:
        """Faust gives up where Kafka or a topic is not there yet; we wait."""
        while True:
            try:
                await asyncio.to_thread(self.broker.identity, list(self.topics))
            except Retry as exc:
                log.warning("waiting: reason=%s", exc)
                self.health.waiting["Kafka"] = str(exc)
                await asyncio.sleep(1.0)
            else:
                self.health.waiting.pop("Kafka", None)
                return

    async def _watch(self) -> None:
        await watch(
            self.broker,
            lambda: self.consumer.begun,
            lambda: self.consumer.progress(),
            self.health,
            excused=self._excused,
            stop=lambda why: leave(EX_STALLED, why),
            anew=self._begin_anew,
            stall_s=self.settings.stall_s,
            full=partial(is_full, self.settings.home),
        )

    def _excused(self, partition: tuple[str, int]) -> bool:
        tp = TP(*partition)
        lane = self.lanes.get(tp)
        busy = lane is not None and not lane.idle
        return self.consumer.paused(tp) or self.health.excuses(
            f"{tp.topic}/{tp.partition}", busy, self.settings.stall_s
        )

    async def _begin_anew(self, why: str) -> None:
        conf = self.app.conf
        with suppress(Retry):
            await asyncio.to_thread(self.broker.leave_group, conf.id, conf.consumer_group_instance_id)
        leave(EX_STALLED, why)

    async def _go_back(self) -> None:
        """Faust drops what it has fetched of a partition that is paused in that moment. The next span would show the
        gap; where none comes, this does."""
        stall = Stall(DROPPED_AFTER_S)
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(1.0)
            if self.health.waiting or not self.lanes.idle:
                stall.forgive()
                continue
            for tp, (out, done, turn) in self.consumer.handed_out().items():
                if stall.stalled(clock(), (tp.topic, tp.partition), done, out):
                    log.warning("dropped: partition=%s/%d span=%d..%d", tp.topic, tp.partition, done, out)
                    await self.consumer.seek_to(tp, done, turn)

    async def _give_way(self) -> None:
        """Imports wait while a live topic is further behind than allowed."""
        gives = False
        while True:
            await asyncio.sleep(YIELD_EVERY_S)
            assigned = self.consumer.assigned()
            imports = {tp for tp in assigned if tp.topic == self.imports}
            late = self._late()
            if late:
                self.consumer.pause_partitions(imports)  # again each time: a rebalance resumes all
            elif gives:
                self.consumer.resume_partitions(imports)
            if late != gives:
                log.info("imports %s", "wait: reason=live topic is behind" if late else "go on")
            gives = late

    async def _audit(self) -> None:
        """The sliced audit, every few minutes, by one worker of all."""
        pause = self.settings.audit_every_s
        while pause:
            await asyncio.sleep(pause)
            try:
                report = await asyncio.to_thread(audit_slice_alone, self.settings.database_streams)
            except psycopg.Error as exc:
                if not passes(exc):
                    raise
                log.warning("no audit: reason=%s", type(exc).__name__)
                continue
            if report is not None and not report.ok:
                wrong = {check.name: check.differences for check in report.checks if check.differences}
                log.error("audit: differences=%s", wrong)

    async def _sweep(self) -> None:
        """Cases that stand under older rules, by one worker of all; while a live topic is behind it waits."""
        pause = self.settings.sweep_every_s
        while pause:
            await asyncio.sleep(pause)
            if self._late():
                continue
            try:
                await sweep_alone(self.settings.database_streams, CrashPoints(self.settings.crash_sweep_at), self._late)
            except Retry as exc:
                log.warning("no sweep: reason=%s", exc)

    async def _purge(self) -> None:
        """Dead letters that are too old or too many."""
        settings = self.settings
        while settings.purge_every_s:
            await asyncio.sleep(settings.purge_every_s)
            before = datetime.now(UTC) - timedelta(days=settings.dead_letters_days)
            try:
                gone = await asyncio.to_thread(purge, settings.database_streams, before, settings.dead_letters_most)
            except psycopg.Error as exc:
                if not passes(exc):
                    raise
                log.warning("no purge: reason=%s", type(exc).__name__)
                continue
            if gone:
                log.info("dead letters purged: rows=%s", gone)

    async def _guards(self) -> None:
        """The look-up guard's own looks, beside those that each span of look-ups brings."""
        if LOOKUPS.name + self.settings.topic_suffix in self.topics:
            watch = SumsWatch(self.guard, Rulebook())
            await watch_for_ever(self.settings.database_streams, watch, ProvinceClock(self.settings.clock_offset_s))

    def _late(self) -> bool:
        """Whether a live topic is further behind than allowed."""
        return any(
            self._lag(tp) > self.settings.live_lag_s for tp in self.consumer.assigned() if tp.topic != self.imports
        )

    def _lag(self, tp: TP) -> float:
        since = self.consumer.late_since(tp)
        return 0.0 if since is None else time.time() - since


def renamed(topic: Topic, suffix: str) -> Topic:
    return replace(topic, name=topic.name + suffix) if suffix else topic
