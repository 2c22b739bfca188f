"""The rollups: tables of sums by some keys, a column a counter. Their SQL is written from here (``make sql``)."""

from dataclasses import dataclass

from schemas.counters import FLOW_COUNTERS
from schemas.lookups import COUNTERS, HISTOGRAM


@dataclass(frozen=True, slots=True)
class Rollup:
    """``keys`` in the order in which a span brings them; ``order`` is the table's key, in which rows are locked."""

    book: str
    name: str
    keys: tuple[str, ...]
    counters: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def table(self) -> str:
        return f"{self.book}_by_{self.name}"


def _of_cases(*keys: str, name: str) -> Rollup:
    return Rollup("case", name, keys, FLOW_COUNTERS, keys)


CASE_ROLLUPS = (
    _of_cases("unit", "day", "channel", name="unit_day"),
    _of_cases("procedure", "day", "channel", name="procedure_day"),
    _of_cases("unit", "procedure", "month", name="unit_procedure_month"),
)
UNIT_HOUR = Rollup(
    "lookup",
    "unit_hour",
    ("unit", "application", "channel", "hour"),
    (*COUNTERS, *HISTOGRAM),
    ("hour", "unit", "application", "channel"),
)
ACCOUNT_DAY = Rollup("lookup", "account_day", ("account", "unit", "day"), COUNTERS, ("day", "account", "unit"))
LOOKUP_ROLLUPS = (UNIT_HOUR, ACCOUNT_DAY)
