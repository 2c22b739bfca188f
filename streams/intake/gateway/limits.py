"""How much may come in: a token bucket for each source, and a number of requests at work."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from streams.errors import StreamError


class Busy(StreamError):
    """Too much at once; ``retry_after`` seconds later there may be room."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("too much at once")
        self.retry_after = retry_after


class Rates:
    """Tokens are events: ``per_s`` come back, up to ``burst``. A request larger than what is left waits for all of its
    own, so that a large one is not passed over for ever by small ones."""

    def __init__(self, per_s: float, burst: int) -> None:
        self._per_s = per_s
        self._burst = float(burst)
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, source: str, events: int, now: float) -> None:
        """``now`` in seconds of a clock that only goes forward. Raises :class:`Busy`."""
        left, at = self._left.get(source, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_s)
        wanted = min(float(events), self._burst)
        if left < wanted:
            self._left[source] = (left, now)
            raise Busy((wanted - left) / self._per_s)
        self._left[source] = (left - events, now)


class Places:
    """A number of requests at work at the same time. A source may hold as many as it leaves free: alone half of them,
    two a third each, so that there is always room for another."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._held: Counter[str] = Counter()

    @contextmanager
    def one(self, source: str) -> Iterator[None]:
        """Raises :class:`Busy` where none is free for the source."""
        if self._free == 0 or self._held[source] > self._free:
            raise Busy(1)
        self._free -= 1
        self._held[source] += 1
        try:
            yield
        finally:
            self._free += 1
            self._held[source] -= 1
            if not self._held[source]:
                del self._held[source]
