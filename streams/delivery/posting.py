"""One try to hand a message to the receiver over HTTP, with every length and time limited.

The address is the operator's setting and nothing else: no part of it comes from an order, no redirect is followed, no
proxy of the environment is asked, and an answer is read as JSON of a few words, never shown as text.
"""

import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import aiohttp

from streams.delivery.message import HoldMessage
from streams.delivery.signature import signed

LONGEST = 16_384  # bytes of an answer
HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "ioc-delivery"}


class NotDelivered(Exception):
    """No answer that we could read; ``word`` says why, of a few."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Post:
    """``clock``: real seconds, by which a receiver judges how old a message is."""

    def __init__(
        self, url: str, keys: Sequence[bytes], timeout_s: float, clock: Callable[[], float] = time.time
    ) -> None:
        self._url, self._keys, self._clock = url, keys, clock
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            timeout=self._timeout, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def send(self, message: HoldMessage) -> bytes:
        """The body of a 200. Raises :class:`NotDelivered`."""
        headers = HEADERS | signed(message.id, int(self._clock()), message.body, self._keys)
        try:
            async with self._session.post(
                self._url, data=message.body, headers=headers, allow_redirects=False
            ) as answer:
                if 300 <= answer.status < 400:
                    raise NotDelivered("redirected")
                if answer.status != 200:
                    raise NotDelivered(f"status_{answer.status}")
                said = b""
                async for part in answer.content.iter_chunked(LONGEST):
                    said += part
                    if len(said) > LONGEST:
                        raise NotDelivered("too_long")
                return said
        except TimeoutError:
            raise NotDelivered("timeout") from None
        except (aiohttp.ClientError, OSError):
            raise NotDelivered("unreachable") from None
