"""Events of a source of some units only that are no part of any history: each is judged by what it says itself.

A look-up is its source's own statement about one unit, and a digest one about itself; whatever else there is, the fold
judges by the subject's other events (:mod:`streams.folds.belonging`).
"""

from typing import Any

from schemas.digests import SOURCE
from schemas.granted import NOT_GRANTED, NOT_YOURS, covers
from schemas.lookups import LOOKUP
from streams.errors import Reject


def check_alone(event: Any) -> None:
    """``event`` has a limit. Raises :class:`streams.errors.Reject` where it goes beyond it."""
    if event.type in SOURCE.types:
        if event.subject != event.source:
            raise Reject("subject", NOT_YOURS, event.source)
        _check_unit(event, event.data.unit, "data.unit")
    elif event.type in LOOKUP.types:
        data, kind = event.data, LOOKUP.kind_of[event.type]
        if kind == "performed":
            _check_unit(event, data.unit, "data.unit")
            return
        if data.replaces is None or data.replaces.source != event.source:
            raise Reject("data.replaces.source", NOT_YOURS, event.source)
        if kind == "corrected":
            _check_unit(event, data.event.data.unit, "data.event.data.unit")


def _check_unit(event: Any, unit: str | None, where: str) -> None:
    if unit is not None and not covers(event.granted, unit):
        raise Reject(where, NOT_GRANTED, event.source)
