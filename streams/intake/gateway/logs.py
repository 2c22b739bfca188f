"""The process's log: key-values, and of an error what and where, never its message: that may quote an event."""

import logging
import sys

from streams.errors import described
from streams.repeated_warnings import quieten

QUIET = ("aiokafka", "kafka")  # at DEBUG they write records out


class Discreet(logging.Formatter):
    """Writes an exception as :func:`described` does, in place of its traceback."""

    def formatException(self, ei: object) -> str:
        exc = ei[1] if isinstance(ei, tuple) else None
        return f"error={described(exc)}" if isinstance(exc, BaseException) else "error=?"

    def format(self, record: logging.LogRecord) -> str:
        if record.name == "asyncio":  # its lines after the first print the object that failed
            record.msg, record.args = record.getMessage().partition("\n")[0], ()
        record.exc_text = None  # another handler may have written it in full
        return super().format(record)


def set_up(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet("%(asctime)s level=%(levelname)s logger=%(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quieten()
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
