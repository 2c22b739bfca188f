"""What PostgreSQL's five-letter codes mean for whoever asked (PostgreSQL manual, appendix A)."""

import psycopg

DISK_FULL = "53100"

# Classes, by their first two letters: what connections, the server, its administrator or other transactions do.
_PASSING_CLASSES = frozenset(
    (
        "08",  # connection
        "28",  # authorisation: a password that is being changed
        "40",  # transaction rolled back: serialisation, deadlock
        "53",  # no disk, memory or connections left
        "57",  # shut down, starting up, cancelled
        "58",  # errors of the system below
    )
)
# Of classes in which most is the query's own fault: a lock, an object in use, two time-outs and a standby's word.
_PASSING = frozenset(("55P03", "55006", "25P03", "25P04", "25006"))


def passes(exc: psycopg.Error) -> bool:
    """Whether asking again may help: the server is away, full, or was busy. Anything else is a broken query or
    broken data, and stays so however often it is asked."""
    code = exc.sqlstate
    if code is None:  # the driver's own: the connection could not be made, or was lost
        return isinstance(exc, psycopg.OperationalError | psycopg.InterfaceError)
    return code[:2] in _PASSING_CLASSES or code in _PASSING


def disk_full(exc: BaseException | None) -> bool:
    """Whether the server has no room left, by its own word; also where another error was raised from that one."""
    while exc is not None:
        if isinstance(exc, psycopg.Error) and exc.sqlstate == DISK_FULL:
            return True
        exc = exc.__cause__
    return False


class NotRead(Exception):
    """A question got no answer. The driver's words are in ``__cause__``, and stay in the log."""
