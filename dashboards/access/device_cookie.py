"""The cookie of a screen on a wall: as a person's, but for as long as browsers keep one, and renewed while in use."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Message, Scope, Send

from dashboards.access import addresses
from dashboards.access.access import COOKIE, cookie, cookies_of
from dashboards.access.tokens import DEVICE_PREFIX

LONGEST = 400 * 86_400  # seconds; browsers keep none for longer
AGAIN = "10"  # seconds


def is_of_a_device(scope: Scope) -> bool:
    """Whether a screen on a wall asks, also one that was ended. It says so itself: nothing may depend on it but where
    it is led."""
    return cookies_of(Headers(scope=scope)).get(COOKIE, "").startswith(DEVICE_PREFIX)


def asked_again(scope: Scope, answer: Response) -> Response:
    """On a wall nobody loads a page anew."""
    if is_of_a_device(scope):
        answer.headers["Refresh"] = AGAIN
    return answer


def renewing(scope: Scope, send: Send) -> Send:
    """With the answers to pages and streams the cookie is set again."""
    token = cookies_of(Headers(scope=scope)).get(COOKIE, "")
    if addresses.ASKED not in scope and scope["path"] not in addresses.BY_THEMSELVES:
        return send

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 400:
            MutableHeaders(scope=message).append("Set-Cookie", cookie(COOKIE, token, seconds=LONGEST))
        await send(message)

    return sending
