"""A screen on a wall that is sent to a page which is not its own says so, in a wall's look, and goes back by itself."""

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.access import addresses
from dashboards.access.asker import ASKER, AskerKind
from dashboards.access.denials import Denials
from dashboards.access.pages_seen import NotAllowed, check_page
from dashboards.access.screen_frame import refused_page

BACK_AFTER_S = 20
NOT_ITS_OWN = "Màn hình này không được mở trang này."


class ScreenBounds:
    """ASGI, behind the gate. Page and stream check again: this is what is said, and put on record."""

    def __init__(self, app: ASGIApp, denials: Denials) -> None:
        self._app, self._denials = app, denials

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app, asker = self._app, ASKER.get(None)
        if asker is not None and asker.kind is AskerKind.DEVICE and addresses.ASKED in scope:
            try:
                check_page(asker, scope[addresses.ASKED])
            except NotAllowed:
                self._denials.note(asker, "page")
                app = refused_page(NOT_ITS_OWN, addresses.PAIRING, BACK_AFTER_S)
        await app(scope, receive, send)
