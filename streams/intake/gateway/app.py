"""The application: what a request goes through, from the token to Kafka's answer."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from schemas.domain import Breach
from schemas.granted_units import NOT_GRANTED, NOT_YOURS
from schemas.json_text import encode
from schemas.reference.names import NO_NAMES, Names
from schemas.reference.reading import PACKAGED, read
from streams.intake.dvcqg import convert
from streams.intake.dvcqg.convert import MESSAGES
from streams.intake.gateway.document import document
from streams.intake.gateway.events import Checker, GatewayEvent, topics_by_contract
from streams.intake.gateway.foresight import Histories, StoredHistories, foreign_of
from streams.intake.gateway.grants import Grant
from streams.intake.gateway.limits import Busy, Places, Rates
from streams.intake.gateway.modes import BINARY, events_of, media_type, too_many, without_mark
from streams.intake.gateway.outbox import NotTaken, Outbox
from streams.intake.gateway.problems import GatewayRefused
from streams.intake.gateway.receive import Senders, body_of, sender, topic_asked
from streams.intake.gateway.router import AccessLog, application
from streams.intake.gateway.settings import GatewaySettings
from streams.intake.gateway.sources import GatewaySources
from streams.intake.identity_hashing import Hasher

Clock = Callable[[], datetime]
Check = Callable[[Any, Grant, Names, datetime], GatewayEvent]
Unfit = tuple[int, Breach]  # the index of an event, and what is wrong with it
MOST_ERRORS = 100  # named in one answer
HARMLESS = "On disk in Kafka. Sending any of these (source, id) again changes nothing."
AGAIN = "Kafka does not answer. Nothing but what `taken` lists is known to be kept; sending all again is safe."


class Carrier(Protocol):
    """What brings records to Kafka; ``away`` while it cannot."""

    @property
    def away(self) -> bool: ...

    async def send(self, records: Sequence[GatewayEvent]) -> None: ...


def utc_now() -> datetime:
    return datetime.now(UTC)


class Gateway:
    """The routes and what they share."""

    def __init__(
        self,
        settings: GatewaySettings,
        senders: Senders,
        carrier: Carrier,
        hasher: Hasher,
        clock: Clock = utc_now,
        histories: Histories | None = None,
    ) -> None:
        """Without ``histories`` nothing is foreseen: the fold alone judges whose a subject is."""
        self._settings = settings
        self._senders = senders
        self._carrier = carrier
        self._clock = clock
        self._hasher = hasher
        self._histories = histories
        self._checker = Checker(topics_by_contract(settings.topic_suffix), hasher)
        self._rates = Rates(settings.gateway_events_per_s, settings.gateway_burst)
        self._places = Places(settings.gateway_concurrent)

    def routes(self) -> list[Route]:
        return [
            Route("/v1/events", self.events, methods=["POST"]),
            Route("/v1/dvcqg/{message}", self.dvcqg, methods=["POST"]),
            Route("/v1/openapi.json", self.openapi),
            Route("/healthz", self.health),
        ]

    async def events(self, request: Request) -> Response:
        grant = self._sender(request)
        with self._place(grant):
            asked = topic_asked(request)
            body = await self._body(request)
            said, batch = events_of(request.headers.raw, body, self._settings.gateway_max_batch)
            self._within_rate(grant, len(said))
            records, errors = await self._fit(said, grant, partial(self._checker.check, asked=asked))
            if errors:
                raise breached([Breach(f"{i}.{e.field}", e.rule) if batch else e for i, e in errors])
            strange = [
                Breach(f"{i}.subject" if batch else "subject", NOT_YOURS) for i in await self._foreign(records, grant)
            ]
            if strange:
                raise breached(strange)
            return await self._sent(records)

    async def dvcqg(self, request: Request) -> Response:
        """A message to the national portal: its events go to the cases; what could not be read is named beside them."""
        grant = self._sender(request)
        message = request.path_params["message"]
        if message not in MESSAGES:
            raise GatewayRefused(HTTPStatus.NOT_FOUND, f"The messages are {', '.join(sorted(MESSAGES))}.")
        with self._place(grant):
            body = await self._body(request)
            if media_type(request.headers.raw) != BINARY:
                raise GatewayRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Content-Type is {BINARY}; UTF-8.")
            converted = await asyncio.to_thread(convert, message, without_mark(body), grant.urn, self._hasher)
            if len(converted.events) > self._settings.gateway_max_batch:
                raise too_many(self._settings.gateway_max_batch)
            self._within_rate(grant, len(converted.events))
            records, unfit = await self._fit(converted.events, grant, self._checker.ready)
            errors = [Breach(rejection.field, rejection.rule) for rejection in converted.rejections]
            errors += [error for _, error in unfit]
            errors += [Breach("subject", NOT_YOURS) for _ in await self._foreign(records, grant)]
            if errors and (not records or forbidden(errors)):
                raise breached(errors)
            rejected = [{"field": error.field, "rule": error.rule} for error in errors[:MOST_ERRORS]]
            return await self._sent(records, rejected=rejected, rejected_in_all=len(errors))

    async def openapi(self, _request: Request) -> Response:
        return Response(document(), media_type="application/json")

    async def health(self, _request: Request) -> Response:
        fit = self._senders.known and not self._carrier.away
        status = HTTPStatus.OK if fit else HTTPStatus.SERVICE_UNAVAILABLE
        said = {"status": "ok" if fit else "away", "kafka": not self._carrier.away, "sources": self._senders.known}
        return Response(encode(said), status, {"Cache-Control": "no-store"}, "application/json")

    def _sender(self, request: Request) -> Grant:
        grant = sender(request, self._senders)
        request.state.sender = grant.name  # for the access log
        return grant

    @contextlib.contextmanager
    def _place(self, grant: Grant) -> Iterator[None]:
        try:
            with self._places.one(grant.name):
                yield
        except Busy as exc:
            raise GatewayRefused(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "Too many requests at work; of one source at most as many as it leaves free.",
                retry_after=exc.retry_after,
            ) from None

    async def _body(self, request: Request) -> bytes:
        return await body_of(request, self._settings.gateway_max_body_bytes, self._settings.gateway_body_s)

    def _within_rate(self, grant: Grant, events: int) -> None:
        try:
            self._rates.take(grant.name, max(1, events), time.monotonic())
        except Busy as exc:
            raise GatewayRefused(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"More than {self._settings.gateway_events_per_s:g} events a second of one source.",
                retry_after=exc.retry_after,
            ) from None

    async def _fit(self, given: Sequence[Any], grant: Grant, check: Check) -> tuple[list[GatewayEvent], list[Unfit]]:
        """Those that may be sent, and what is wrong with the others. Before a source of some units only is told that a
        unit is not its own, it is asked whether names were loaded since."""
        names = NO_NAMES if self._histories is None else self._histories.names
        records, errors = self._each(given, grant, names, check)
        limited = grant.granted is not None and any(error.rule == NOT_GRANTED for _, error in errors)
        if limited and self._histories is not None and await self._histories.renewed():
            return self._each(given, grant, self._histories.names, check)
        return records, errors

    def _each(
        self, given: Sequence[Any], grant: Grant, names: Names, check: Check
    ) -> tuple[list[GatewayEvent], list[Unfit]]:
        now = self._clock()
        records: list[GatewayEvent] = []
        errors: list[Unfit] = []
        for index, one in enumerate(given):
            try:
                records.append(check(one, grant, names, now))
            except Breach as breach:
                errors.append((index, breach))
        return records, errors

    async def _foreign(self, records: list[GatewayEvent], grant: Grant) -> list[int]:
        """Which of them speak of what is known to be another's."""
        if grant.granted is None or self._histories is None or not records:
            return []
        return await foreign_of(records, self._histories, int(self._clock().timestamp() * 1000))

    async def _sent(self, records: list[GatewayEvent], **more: Any) -> Response:
        try:
            await self._carrier.send(records)
        except NotTaken as exc:
            raise GatewayRefused(HTTPStatus.SERVICE_UNAVAILABLE, AGAIN, retry_after=2, taken=list(exc.taken)) from None
        answer = {
            "accepted": len(records),
            "events": [{"source": r.source, "id": r.id} for r in records],
            "detail": HARMLESS,
            **more,
        }
        return Response(encode(answer), HTTPStatus.ACCEPTED, {"Cache-Control": "no-store"}, "application/json")


def breached(errors: list[Breach]) -> GatewayRefused:
    """The problem of a request whose events break rules: 403 where one of them is not this source's to send."""
    status = HTTPStatus.FORBIDDEN if forbidden(errors) else HTTPStatus.UNPROCESSABLE_ENTITY
    detail = "Nothing of the request was taken: it breaks the rules below."
    return GatewayRefused(status, detail, errors[:MOST_ERRORS], errors_in_all=len(errors))


def forbidden(errors: list[Breach]) -> bool:
    return any(breach.rule in (NOT_YOURS, NOT_GRANTED) for breach in errors)


def create(settings: GatewaySettings, clock: Clock = utc_now) -> AccessLog:
    """The whole. It starts without Kafka and without the database, and answers 503 until both were there once."""
    sources = GatewaySources(
        settings.database_streams.get_secret_value(),
        settings.home / "gateway" / "sources.json",
        settings.gateway_sources_s,
        clock,
    )
    outbox = Outbox(settings.kafka, linger_ms=settings.gateway_linger_ms, answer_s=settings.gateway_answer_s)
    hasher = Hasher(settings.person_key_id, settings.person_key.get_secret_value().encode())
    names = Names.of(read(PACKAGED, settings.home / "reference"))
    histories = StoredHistories(settings.database_streams.get_secret_value(), names)

    @contextlib.asynccontextmanager
    async def running() -> AsyncIterator[None]:
        sources.remember()
        reading = asyncio.create_task(sources.run())
        reading.add_done_callback(_fatal)
        async with outbox:
            yield
        reading.remove_done_callback(_fatal)
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
        await histories.close()

    return application(Gateway(settings, sources, outbox, hasher, clock, histories).routes(), running())


def _fatal(task: "asyncio.Task[None]") -> None:
    """The reader of sources ends by a fault of ours only: without it tokens would never change again."""
    raise SystemExit(70)
