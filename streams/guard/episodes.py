"""What is found again within half an hour is the same episode: one row, whose numbers grow. Pure."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from schemas.lookup_findings import FindingRule, LookupFinding
from streams.guard.accounts import MINUTE_US
from streams.guard.rings import DAY_MINUTES, day_of_minute

GROWN = 1.5  # an open episode is told again when its numbers have grown by so much,
TOLD_EVERY = 2  # or after so many minutes
LONG = {FindingRule.CREEP: 7 * DAY_MINUTES, FindingRule.LIMIT_AHEAD: 60}  # minutes; others: the thresholds' quiet
OF_DAY = frozenset(
    (FindingRule.LIMIT_REACHED, FindingRule.WAKES, FindingRule.OTHER_UNITS_CASE, FindingRule.CLOSED_CASE)
)


class ToldFinding(NamedTuple):
    """A finding under its episode's id. ``fresh``: the episode begins with it."""

    id: str
    finding: LookupFinding
    fresh: bool


class Episode:
    __slots__ = ("began", "id", "last", "lookups", "told")

    def __init__(self, id: str, began: int, last: int, lookups: int) -> None:
        self.id, self.began, self.last, self.lookups, self.told = id, began, last, lookups, last


class Episodes:
    def __init__(self, quiet: int) -> None:
        self._quiet = quiet
        self._open: dict[tuple[str, str, str], Episode] = {}

    def resume(self, about: tuple[str, str, str], id: str, began: int, last: int, lookups: int) -> None:
        """One that stands in the table; moments in microseconds."""
        self._open[about] = Episode(id, began // MINUTE_US, last // MINUTE_US, lookups)

    def tell(self, findings: Iterable[LookupFinding]) -> Iterator[ToldFinding]:
        """What is to be written: new episodes, and those that have grown."""
        for finding in findings:
            minute = finding.seen // MINUTE_US
            one = self._open.get(finding.about)
            if one is None or not self._goes_on(one, finding, minute):
                one = Episode(_id(finding), minute, minute, finding.lookups)
                self._open[finding.about] = one
                yield ToldFinding(one.id, finding, True)
                continue
            one.last = max(one.last, minute)
            if finding.lookups >= GROWN * one.lookups or minute - one.told >= TOLD_EVERY:
                one.told, one.lookups = minute, max(one.lookups, finding.lookups)
                yield ToldFinding(one.id, finding, False)

    def _goes_on(self, one: Episode, finding: LookupFinding, minute: int) -> bool:
        if finding.rule in OF_DAY:
            return day_of_minute(one.began) == day_of_minute(minute)
        return minute - one.last <= LONG.get(finding.rule, self._quiet)

    def forget(self, minute: int) -> None:
        """Those that are long over."""
        longest = max(LONG.values())
        self._open = {about: one for about, one in self._open.items() if minute - one.last <= longest}


def _id(finding: LookupFinding) -> str:
    named = "\n".join((*finding.about, str(finding.seen)))
    return sha256(named.encode()).hexdigest()[:20]
