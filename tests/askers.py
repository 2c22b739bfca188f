"""Who asks in a test that is about something else: a leader, who sees all."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.access.asker import ASKER, Asker, AskerKind, Role
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Database

LEADER = Asker(AskerKind.DEMO, "demo-leader", "Lãnh đạo", Role.LEADER)


def for_askers(database: Database, units: Database | None = None) -> AskedDatabase:
    return AskedDatabase(database, units)


@contextmanager
def asking_as(asker: Asker = LEADER) -> Iterator[None]:
    token = ASKER.set(asker)
    try:
        yield
    finally:
        ASKER.reset(token)


def answering(app: ASGIApp, asker: Asker = LEADER) -> ASGIApp:
    """The application as the gate would have it called for this asker."""

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        with asking_as(asker):
            await app(scope, receive, send)

    return called
