"""The guard over a stream of look-ups: accounts by every look-up, sums by the minute. Pure; time comes with the events.

One for each partition's lane watches the accounts whose look-ups come that way; sums over all lanes are judged from the
stored minutes (:mod:`streams.guard.watch`), or here where one guard sees everything (benchmarks, drills).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from streams.guard.account_rules import GuardGround, judge
from streams.guard.accounts import KINDS, MINUTE_US, Accounts, SeenLook, Watched
from streams.guard.episodes import Episodes, ToldFinding
from streams.guard.sums import Sums, judge_sums


class LookupGuard:
    """``ground`` may be replaced at any time: by a new day's, by new limits or campaigns."""

    def __init__(self, ground: GuardGround, most: int = 200_000) -> None:
        self.ground = ground
        self.accounts = Accounts(most)
        self.episodes = Episodes(ground.thresholds.quiet_minutes)
        self._new, self._day = 0, 0

    def observe(self, looks: Sequence[SeenLook]) -> list[ToldFinding]:
        """What these look-ups, in any order, bring to light about their accounts."""
        in_order = sorted(looks)
        touched = self.accounts.take(in_order)
        ground = self.ground
        many_new = self._many_new(touched)
        if self.accounts.active > ground.among or many_new:
            ground = replace(ground, among=max(ground.among, self.accounts.active), many_new=many_new)
        return list(self.episodes.tell(judge(touched, ground)))

    def _many_new(self, touched: Mapping[str, Watched]) -> bool:
        """Whether so many of today's accounts are new that the province has changed, and no single one."""
        thresholds, usual = self.ground.thresholds, self.ground.usual
        for account in self.accounts.drain_first():
            today = touched[account].today if account in touched else self._day
            if today > self._day:
                self._day, self._new = today, 0
            self._new += usual.last_day(account) is None
        return self._new > max(5.0, thresholds.new_share * self.accounts.active)


class WholeGuard:
    """Accounts and sums together, for whoever sees every look-up himself."""

    def __init__(self, ground: GuardGround) -> None:
        self.accounts = LookupGuard(ground)
        self.sums = Sums()
        self.minute = 0

    def observe(self, looks: Sequence[SeenLook]) -> list[ToldFinding]:
        """Sums are judged when a minute is over."""
        found: list[ToldFinding] = []
        for seen in sorted(looks):
            minute = seen.time // MINUTE_US
            if minute > self.minute:
                found += self.accounts.episodes.tell(judge_sums(self.sums, self.minute, self.accounts.ground))
                self.minute = minute
            self.sums.add(minute, seen.unit, seen.application, KINDS[seen.result], seen.case is None)
        return found + self.accounts.observe(looks)

    def set_peak(self) -> None:
        ground = self.accounts.ground
        self.sums.advance(self.minute)
        self.accounts.ground = replace(ground, peak=self.sums.peak(ground.usual, self.minute))
