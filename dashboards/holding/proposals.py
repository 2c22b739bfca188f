"""What is proposed to hold for a finding of the look-up guard: only what it is about, and what can be held. Pure."""

from datetime import timedelta
from typing import NamedTuple

from schemas.holds import HoldScope, Measure
from schemas.lookup_findings import FindingRule

MINUTES = (15, 30, 60, 120, 240)  # that a form offers; own choice
LONGEST = timedelta(hours=24)
USUAL = 30
STOPPED = frozenset((FindingRule.SURGE, FindingRule.OUTSIDE_HOURS, FindingRule.GUESSING))
SLOWED = frozenset((FindingRule.SURGE, FindingRule.RETRY_STORM, FindingRule.LIMIT_REACHED))


class Proposal(NamedTuple):
    measure: Measure
    minutes: int


def proposed_hold(scope: str, rule: str) -> Proposal | None:
    """What a form is filled in with; ``None`` where nothing is proposed. An account may be stopped; of a unit or an
    application many work, so it is slowed. The province is nobody's to hold."""
    if scope == HoldScope.ACCOUNT:
        if rule in STOPPED:
            return Proposal(Measure.STOP, 60)
        return Proposal(Measure.SLOW, USUAL) if rule in SLOWED else None
    return Proposal(Measure.SLOW, USUAL) if holdable(scope) and rule in SLOWED else None


def holdable(scope: str) -> bool:
    return scope in list(HoldScope)
