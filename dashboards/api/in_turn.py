"""Questions of the database in turn: so many at once, of one asker no more than his share and his limits."""

from http import HTTPStatus
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.access.asker import ASKER, Asker
from dashboards.api import kept
from dashboards.api.limits import AskerLimits
from dashboards.api.problems import problem
from dashboards.fair_turns import NoTurn, Turns

UNTURNED = frozenset({"/healthz", "/api/v1/openapi.json"})  # ask next to nothing


MOST_COUNTED = 5.0  # seconds of one question: a file that is taken slowly asks next to nothing meanwhile


class Owes(Exception):
    """Nothing was asked: for so many seconds the asker owes the database time."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class InTurn:
    """ASGI, directly around the routes. Raises :class:`Owes`; others may ask the same meanwhile."""

    def __init__(self, app: ASGIApp, places: int, limits: AskerLimits) -> None:
        self._app, self._limits = app, limits
        self._turns = Turns(places, max(1, places // 6))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asker = ASKER.get(None)
        alone = scope["type"] != "http" or scope["path"] in UNTURNED or scope.get(kept.NOBODY, False)
        if alone or asker is None:
            await self._app(scope, receive, send)
            return
        refused = self._limits.question(asker, scope["query_string"].decode("latin-1"))
        if refused is not None:
            await refused(scope, receive, send)
            return
        try:
            with self._limits.asking(asker):
                async with self._turns.one(f"{asker.kind} {asker.id or asker.address}"):
                    if (owed := self._limits.owed(asker)) > 0:  # another of his questions has ended meanwhile
                        raise Owes(owed)
                    await self._asked(asker, scope, receive, send)
        except NoTurn:
            busy = problem(HTTPStatus.SERVICE_UNAVAILABLE, "Too many ask at once.", headers={"Retry-After": "2"})
            await busy(scope, receive, send)

    async def _asked(self, asker: Asker, scope: Scope, receive: Receive, send: Send) -> None:
        """What several have asked is no one's alone to owe."""
        began = monotonic()
        try:
            await self._app(scope, receive, send)
        finally:
            wanted: kept.ForOthers | None = scope.get(kept.FOR_OTHERS)
            among = 1 if wanted is None else wanted.askers
            self._limits.took(asker, min(MOST_COUNTED, monotonic() - began) / among)
