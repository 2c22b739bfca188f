"""Where the steps of an interlinked case (liên thông) stayed, at which agency, and for how long. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.history import Entry
from schemas.rules.waiting import held_by
from schemas.rules.worktime import SECOND_US, WorkTime


class Stay(NamedTuple):
    """One step at one agency. Moments in microseconds; ``until`` and ``worked`` (whole seconds) are ``None`` while it
    waits there. A step that is on its way stays where it goes; ``received``: the agency has said that it has it."""

    step: str
    agency: str
    since: int
    until: int | None
    worked: int | None
    received: bool


def stays(told: Sequence[Entry], ended_at: int | None, work: WorkTime) -> tuple[Stay, ...]:
    """From the facts that stand, in order. A stay that nobody ended before the case did is left out: it no longer
    waits, and what it would have taken is not known."""
    waiting: dict[str, Stay] = {}
    found: list[Stay] = []
    for entry in told:
        data = entry.data
        if entry.kind != "chain_step" or data.step is None:
            continue
        agency, stay = held_by(data), waiting.get(data.step)
        if stay is not None and agency != stay.agency:
            worked = work.time_between(stay.since, entry.time) // SECOND_US
            found.append(stay._replace(until=entry.time, worked=worked))
            del waiting[data.step]
            stay = None
        if agency is not None:
            stay = stay or Stay(data.step, agency, entry.time, None, None, received=False)
            waiting[data.step] = stay._replace(received=stay.received or data.state != "sent")
    if ended_at is None:
        found += waiting.values()
    return tuple(sorted(found, key=lambda stay: (stay.since, stay.step)))
