"""Keeps a log small while something stays away: of warnings that say the same, a few a minute and how many there were.

What is the same is decided by logger and template, not by what is filled in: a partition a line would still be many.
Lines about requests and progress (INFO) are not touched. Libraries repeat themselves more than we do, so it stands at
the handlers, where every line passes.
"""

import logging
import time
from collections.abc import Callable

EACH_S = 60.0
AT_MOST = 10  # of one kind in that time
KINDS = 1_000  # beyond them all count as one


class Repeated(logging.Filter):
    """Lets the first few of a kind through in each minute; the first of the next minute says how many were left out."""

    def __init__(self, at_most: int = AT_MOST, each_s: float = EACH_S, clock: Callable[[], float] = time.monotonic):
        super().__init__()
        self._at_most = at_most
        self._each_s = each_s
        self._clock = clock
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING or record.levelno >= logging.CRITICAL:
            return True
        kind = (record.name, str(record.msg)[:200])
        if kind not in self._seen and len(self._seen) >= KINDS:
            kind = ("", "")
        now = self._clock()
        since, count = self._seen.get(kind, (now, 0))
        left_out = max(0, count - self._at_most)
        if now - since >= self._each_s:
            since, count = now, 0
        self._seen[kind] = (since, count + 1)
        if count == 0 and left_out:
            record.msg = f"{record.getMessage()} (and {left_out:,} more like it)"
            record.args = ()
        return count < self._at_most


def quieten() -> None:
    """For all that this process logs from now on through the handlers that are there."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(Repeated())
