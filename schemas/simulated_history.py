"""How far a demo has loaded its history: what its process says in ``heartbeat``, and what is read from it there.

A heartbeat goes by the real time like every other; ``detail`` is a day of the province. Nothing but ``ioc up --demo``
writes one of this process, so of any other home nothing is read.
"""

from collections.abc import Iterable
from datetime import date

PROCESS = "demo"
LOADING = "loading"  # of these two: the heartbeat's state
LOADED = "loaded"


def said_of(reached: date | None) -> tuple[str, str]:
    """State and detail of the heartbeat. ``reached``: of it and every later day all is in the tables; ``None`` once the
    history is whole."""
    return (LOADED, "") if reached is None else (LOADING, reached.isoformat())


def reached_by(process: str, state: str, detail: str) -> date | None:
    """The day to which a demo has come that is not at its end; ``None`` of every other heartbeat."""
    return date.fromisoformat(detail) if (process, state) == (PROCESS, LOADING) else None


def reached_of(heartbeats: Iterable[tuple[str, str, str]]) -> date | None:
    """The same of all heartbeats of a home: process, state and detail of each."""
    return next((reached for one in heartbeats if (reached := reached_by(*one)) is not None), None)
