"""Every counter of cases, as the API answers them."""

from typing import Any

from pydantic import Field, create_model

from schemas.case_counters import CASE_COUNTERS
from schemas.counter_kinds import Counter, Kind


def _field(counter: Counter) -> tuple[Any, Any]:
    said = f"{counter.label} ({counter.noun}): {counter.meaning}"
    if counter.kind is Kind.NOW:
        return (int | None, Field(default=None, description=f"{said}; null in a period that is over."))
    return (int, Field(description=f"{said}."))


Counts = create_model(  # type: ignore[call-overload]
    "Counts", __doc__="Every counter of the registry.", **{counter.name: _field(counter) for counter in CASE_COUNTERS}
)
