"""Who asks, of a request: by the cookie of a session or screen, by the key of a program, or as a demo's visitor."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from starlette.datastructures import Headers
from starlette.types import Scope

from dashboards.access.asker import PEOPLE, Asker, AskerKind, Role
from dashboards.access.denials import Denials
from dashboards.access.known import KnownAskers
from dashboards.access.pairings import Pairings
from dashboards.access.record import Record
from dashboards.access.record_keeping import keep_record
from dashboards.access.record_reader import RecordReader
from dashboards.access.registrar import Registrar
from dashboards.access.settings import AccessSettings, SignIn
from dashboards.access.store import AccessStore
from dashboards.actions.command_outbox import CommandOutbox
from dashboards.fair_turns import client_of
from dashboards.readers.asked_database import AskedDatabase, own_units
from dashboards.readers.database import Database

COOKIE = "__Host-ioc"  # only over TLS or on this machine, for this host and every path
DEMO_COOKIE = "__Host-ioc-demo"  # the role that a demo's visitor chose
LONGEST_TOKEN = 100


class Access:
    """One for a process: what it knows of accounts and sessions, and the databases by what an asker may see."""

    def __init__(self, settings: AccessSettings, *, name: str, clock: Callable[[], datetime], size: int = 3) -> None:
        self.settings, self.clock = settings, clock
        url, units = settings.database_access.get_secret_value(), settings.database_units.get_secret_value()
        self._database = Database(url, name=f"{name}-access", clock=clock, size=size) if url else None
        self.units = own_units(units, name=f"{name}-units", clock=clock, size=size) if units else None
        self.store = AccessStore(self._database) if self._database else None
        self.record = Record(self._database, clock) if self._database else None
        self.pairings = Pairings(self._database, self.record) if self._database and self.record else None
        self.registrar = Registrar(self._database, self.record) if self._database and self.record else None
        self.outbox = CommandOutbox(self._database, clock) if self._database else None
        self.known = KnownAskers(self.store, clock) if self.store else None
        self.record_reader = RecordReader(self._database) if self._database else None
        self.denials = Denials(self.record, self.store, clock)

    @property
    def demo(self) -> bool:
        return self.settings.sign_in is SignIn.DEMO

    async def keep_record(self) -> None:
        """Until cancelled."""
        if self.record_reader is not None:
            kept, reads_kept = self.settings.record_kept, self.settings.record_reads_kept
            await keep_record(self.record_reader, self.clock, kept, reads_kept)

    def of(self, province: Database) -> AskedDatabase:
        return AskedDatabase(province, self.units)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While it runs, what is known is read again and again."""
        async with contextlib.AsyncExitStack() as open_:
            for database in (self._database, self.units):
                if database is not None:
                    await open_.enter_async_context(database)
            running = [asyncio.create_task(self.denials.run(), name="denials")]
            if self.known is not None:
                running.append(asyncio.create_task(self.known.run(), name="known askers"))
            try:
                yield
            finally:
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    def asker(self, scope: Scope, *, uses: bool = True) -> Asker | None:
        """Whoever asks, or ``None``. A key that is not known is nobody's, whatever cookie stands beside it."""
        headers, address = Headers(scope=scope), client_of(scope)
        said = headers.get("authorization", "")
        if said:
            kind, _, token = said.partition(" ")
            found = self._known(token.strip(), address, uses=uses) if kind.lower() == "bearer" else None
            return found if found is not None and found.kind is AskerKind.KEY else None
        cookies = cookies_of(headers)
        if (session := cookies.get(COOKIE)) is not None:
            found = self._known(session, address, uses=uses)
            if found is not None and found.kind is not AskerKind.KEY:
                return found
        return self._visitor(cookies.get(DEMO_COOKIE, ""), address) if self.demo else None

    async def renewed(self, scope: Scope) -> bool:
        """Reads what is known anew for one who brings a token, at most once a second whoever asks; whether it did."""
        headers = Headers(scope=scope)
        brings = headers.get("authorization") or COOKIE in cookies_of(headers)
        if not brings or self.known is None:
            return False
        return await self.known.renewed()

    @property
    def begun(self) -> bool:
        """Whether it is known who may ask."""
        return self.known is None or self.known.known

    def ended(self, ids: list[str]) -> None:
        """These credentials, in this process at once; in others at their next look."""
        if self.known is not None:
            self.known.ended(ids)

    async def reread(self) -> None:
        """Accounts and credentials as they are now. Raises :class:`schemas.sqlstates.NotRead`."""
        if self.known is not None:
            await self.known.read()

    def seen(self, asker: Asker) -> None:
        if self.known is not None:
            self.known.seen(asker)

    def shown(self, scope: Scope) -> tuple[str, str] | None:
        """What kind of credential a request shows, and the token; ``None`` where it shows none."""
        headers = Headers(scope=scope)
        if said := headers.get("authorization", ""):
            return "key", said.partition(" ")[2].strip()[:LONGEST_TOKEN]
        session = cookies_of(headers).get(COOKIE)
        return None if session is None else ("session", session[:LONGEST_TOKEN])

    def still(self, asker: Asker) -> bool:
        return self.known is None or self.known.still(asker)

    def _known(self, token: str, address: str, *, uses: bool) -> Asker | None:
        if self.known is None or len(token) > LONGEST_TOKEN:
            return None
        return self.known.of(token, address, uses=uses)

    def _visitor(self, role: str, address: str) -> Asker:
        chosen = Role(role) if role in PEOPLE else Role.LEADER
        units = (self.settings.demo_unit,) if chosen is Role.UNIT_OFFICER else ()
        return Asker(AskerKind.DEMO, f"demo-{chosen.value}", "Khách xem thử", chosen, units, address=address)


def cookies_of(headers: Headers) -> dict[str, str]:
    """By name; of a name that is said twice, none: another site of the same host may have put one there."""
    found: dict[str, str] = {}
    twice = set()
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name in found:
            twice.add(name)
        found[name] = value
    return {name: value for name, value in found.items() if name not in twice}


def cookie(name: str, value: str, *, seconds: int | None) -> str:
    """The header that sets it. ``value``: a token or a word of ours; ``seconds`` of 0 takes it away, ``None`` is until
    the browser ends."""
    more = "" if seconds is None else f"; Max-Age={seconds}"
    return f"{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{more}"
