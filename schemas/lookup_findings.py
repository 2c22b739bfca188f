"""What the look-up guard finds: the rules by name, and one finding. Written by streams, read by the screens.

A finding is a fact of its moment: what was seen when it was found, with the numbers of then. A later correction of a
look-up changes the rollups, never a finding.
"""

from enum import StrEnum

import msgspec

from schemas.lookups import Scope


class FindingRule(StrEnum):
    SURGE = "surge"  # far more than usual at this hour of such a day
    RETRY_STORM = "retry_storm"  # the same request again and again, with errors
    WITHOUT_CASE = "without_case"
    OTHER_UNITS_CASE = "other_units_case"
    CLOSED_CASE = "closed_case"
    MANY_PERSONS = "many_persons"  # of one case
    SAME_PERSON = "same_person"  # again and again
    GUESSING = "guessing"  # numbers that nobody has, one after the other
    OUTSIDE_HOURS = "outside_hours"
    TWO_ADDRESSES = "two_addresses"  # at once
    WAKES = "wakes"  # a new account, or one that was silent for long
    CREEP = "creep"  # a little more every day
    LIMIT_REACHED = "limit_reached"  # the operator's own
    LIMIT_AHEAD = "limit_ahead"  # at this rate


GRAVE = frozenset(
    (
        FindingRule.SURGE,
        FindingRule.RETRY_STORM,
        FindingRule.GUESSING,
        FindingRule.OUTSIDE_HOURS,
        FindingRule.LIMIT_REACHED,
        FindingRule.LIMIT_AHEAD,
    )
)


class LookupFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Moments in microseconds, by the look-ups' own time. ``lookups`` were made in ``minutes``, where ``usual`` are
    expected (``None``: no baseline says). ``examples``: source and id of some of them. What a rule does not speak of
    is ``None``: ``limit``, the moments at which it ``reaches`` it (soonest and latest), ``part`` (how much of the whole
    the account makes), ``case`` (what many persons were looked up for), ``person`` (keyed hash)."""

    rule: FindingRule
    scope: Scope
    key: str  # the account, unit or application; "" of the province
    unit: str  # of the account; "" where there is none
    application: str
    began: int
    seen: int
    minutes: int
    lookups: int
    usual: float | None = None
    without_case: int | None = None
    not_found: int | None = None
    errors: int | None = None
    persons: int | None = None
    case: str | None = None
    person: str | None = None
    days: int | None = None
    limit: int | None = None
    reaches: int | None = None
    soonest: int | None = None
    latest: int | None = None
    part: float | None = None
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def grave(self) -> bool:
        return self.rule in GRAVE

    @property
    def about(self) -> tuple[str, str, str]:
        """What one episode is of."""
        return (str(self.rule), str(self.scope), self.key)
