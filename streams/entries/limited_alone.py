"""Events of a source of some units only that are no part of any history: each is judged by what it says itself.

A look-up is its source's own statement about one unit, and a digest one about itself; whatever else there is, the fold
judges by the subject's other events (:mod:`streams.folds.belonging`).
"""

from hashlib import sha256
from typing import Any

import msgspec

from schemas.digests import SOURCE
from schemas.granted_units import NOT_YOURS, covers
from schemas.lookups import LOOKUP
from schemas.province import day_number, day_of, moment
from streams.errors import Reject


class Beyond(msgspec.Struct, frozen=True):
    """The unit in ``field`` is none of ``granted`` as it is written: whether it is by another of its names on that day,
    only the reference can say. ``hash`` is the record's, should it become a dead letter."""

    field: str
    unit: str
    granted: str
    day: int
    hash: bytes


def check_alone(event: Any, value: bytes) -> Beyond | None:
    """``event`` has a limit; ``value`` is its record. Raises :class:`streams.errors.Reject` where it goes beyond it by
    whatever names."""
    if event.type in SOURCE.types:
        if event.subject != event.source:
            raise Reject("subject", NOT_YOURS, event.source)
        return _beyond(event, "data.unit", event.data.unit, day_number(event.data.day), value)
    if event.type not in LOOKUP.types:
        return None
    data, kind = event.data, LOOKUP.kind_of[event.type]
    if kind == "performed":
        return _beyond(event, "data.unit", data.unit, day_of(moment(event.time)), value)
    if data.replaces is None or data.replaces.source != event.source:
        raise Reject("data.replaces.source", NOT_YOURS, event.source)
    if kind == "voided":
        return None
    return _beyond(event, "data.event.data.unit", data.event.data.unit, day_of(moment(data.event.time)), value)


def _beyond(event: Any, field: str, unit: str | None, day: int, value: bytes) -> Beyond | None:
    if unit is None or covers(event.granted, unit):
        return None
    return Beyond(field, unit, event.granted, day, sha256(value).digest())
