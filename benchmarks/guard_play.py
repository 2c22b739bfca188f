"""Days of look-ups for the guard to judge: ordinary work of the simulated province, and a plan of attacks by seed."""

from collections.abc import Iterator
from typing import NamedTuple

from infra.simulate import attacks
from infra.simulate.attacks import Attacker, Attempt
from infra.simulate.calendar import cases_of, office, seconds_of
from infra.simulate.case_stories import COUNTER_HOURS, HOURS
from infra.simulate.chance import Weighted, chance
from infra.simulate.lookups import A_CASE, APPLICATIONS, PROGRAMS, WITHOUT_CASE
from infra.simulate.province import Epoch, epoch_of
from streams.guard.announced import Announced

_APPLICATION = Weighted([70, 12, 10, 8])
ACCOUNTS_OF_UNIT = 5
AT_WORK = 0.94
HOUR_S = 3_600


class Planned(NamedTuple):
    """``begins`` and ``ends`` in seconds; ``key``: what a finding about it names, account, unit or application."""

    name: str
    keys: frozenset[str]
    begins: float
    ends: float
    is_attack: bool = True


def account_of(unit: str, number: int) -> str:
    return f"cb.{unit}.{number:02d}"


def client_of(number: int) -> str:
    """Each sits where he always sits."""
    return f"10.9.{number}.5"


def ordinary(seed: int, day: int, scale: float) -> list[Attempt]:
    """A day's work, in order of time. People look up a case at once what they need of it: one to three times."""
    random, epoch = chance(seed, "guard", day), epoch_of(day)
    working, begins, found, draw = office().is_working(day), seconds_of(day), list[Attempt](), random.random
    opening = office().opening(day)
    wanted = int(cases_of(seed, day, scale) * A_CASE)
    while len(found) < wanted:
        unit = epoch.units[epoch.choice.at(draw())].code
        if working and draw() < AT_WORK:
            at = office().moment(opening + COUNTER_HOURS.at(draw()) * HOUR_S + int(draw() * HOUR_S)) + draw()
        else:
            at = begins + HOURS.at(draw()) * HOUR_S + draw() * HOUR_S
        application = APPLICATIONS[_APPLICATION.at(draw())]
        program = application in PROGRAMS
        number = int(draw() ** 1.6 * ACCOUNTS_OF_UNIT) + 1  # some do most of it
        account = f"ct.{application}" if program else account_of(unit, number)
        client = "10.0.0.9" if program else client_of(number)
        case = None if draw() < WITHOUT_CASE else f"{unit}-{random.getrandbits(40)}"
        for _ in range(1 + int(draw() * 2.2)):
            chosen = draw()
            result = (
                "found" if chosen < 0.92 else "not_found" if chosen < 0.96 else "mismatch" if chosen < 0.99 else "error"
            )
            person = random.getrandbits(124)
            found.append(Attempt(at, account, unit, application, case, person, result, not program, client))
            at += 5 + draw() * 60
    found.sort()
    return found


class Plan:
    """What happens in thirty days from ``first``: on which day what, drawn by the seed."""

    def __init__(self, seed: int, first: int, days: int = 30) -> None:
        random = self._random = chance(seed, "plan")
        self._seed = seed
        self.epoch: Epoch = epoch_of(first)
        self.work = office().working_days(range(first, first + days))
        units = [unit.code for unit in self.epoch.units]
        random.shuffle(units)
        self._units = iter(units)
        self.planned: list[Planned] = []
        self.campaigns: list[Announced] = []
        self._of_day: dict[int, list[list[Attempt]]] = {}
        work = self.work
        for place in sorted(random.sample(range(len(work)), 8)):
            self._surge(work[place])
        for place in random.sample(range(len(work)), 3):
            self._storm(work[place])
        for _ in range(3):
            self._leak(first + random.randrange(days))
        self._creep(work[:15] if len(work) > 15 else work)
        self._campaign(work[3 : 3 + random.randrange(2, 6)])
        self._peak(work[-9 : -9 + random.randrange(4, 8)])

    def of(self, day: int) -> list[Attempt]:
        """In order of time."""
        return sorted(attempt for part in self._of_day.get(day, ()) for attempt in part)

    def _take(self, name: str, day: int, who: Attacker, attempts: Iterator[Attempt], *, attack: bool = True) -> None:
        part = list(attempts)
        if not part:
            return
        self._of_day.setdefault(day, []).append(part)
        keys = frozenset((who.account, who.unit, who.application, ""))
        self.planned.append(Planned(name, keys, min(part).at, max(part).at, attack))

    def _somebody(self) -> Attacker:
        unit = next(self._units)
        number = self._random.randrange(1, ACCOUNTS_OF_UNIT + 1)
        return Attacker(account_of(unit, number), unit, "mot-cua", client_of(number))

    def _surge(self, day: int) -> None:
        random, who = self._random, self._somebody()
        begins = seconds_of(day) + random.uniform(8, 15) * HOUR_S
        rate = random.uniform(12, 60)
        self._take("surge", day, who, attacks.surge(random, who, begins, random.randrange(20, 120), rate))

    def _storm(self, day: int) -> None:
        random = self._random
        application = random.choice(sorted(PROGRAMS))
        who = Attacker(f"ct.{application}", next(self._units), application, "10.0.0.9", screen=False)
        begins = seconds_of(day) + random.uniform(8, 16) * HOUR_S
        self._take("retry-storm", day, who, attacks.retry_storm(random, who, begins, 30, random.uniform(30, 200)))

    def _leak(self, day: int) -> None:
        random, who = self._random, self._somebody()
        begins = seconds_of(day) + random.uniform(0, 4.5) * HOUR_S
        rate = random.uniform(6, 15)
        self._take("leaked-at-night", day, who, attacks.leaked_at_night(random, who, begins, 40, rate))

    def _creep(self, days: list[int]) -> None:
        who = self._somebody()
        usual = self._random.randrange(14, 24)
        for number, day in enumerate(days):
            part = list(attacks.creep(self._random, who, seconds_of(day) + 7.5 * HOUR_S, number, usual, 0.18))
            self._of_day.setdefault(day, []).append(part)
        keys = frozenset((who.account,))
        self.planned.append(Planned("slow-creep", keys, seconds_of(days[0]), seconds_of(days[-1] + 3)))

    def _campaign(self, days: list[int]) -> None:
        random, unit = self._random, next(self._units)
        people = [Attacker(account_of(unit, n), unit, "mot-cua", client_of(n)) for n in range(1, 4)]
        a_day = random.randrange(300, 900)
        for day in days:
            opens = seconds_of(day) + 7.5 * HOUR_S
            self._of_day.setdefault(day, []).append(list(attacks.with_cases(random, people, opens, a_day)))
        first, last = seconds_of(days[0]), seconds_of(days[-1] + 1)
        self.campaigns.append(Announced("chiến dịch", unit, "", first // 60, last // 60, a_day))
        keys = frozenset((unit, *(who.account for who in people)))
        self.planned.append(Planned("announced-campaign", keys, first, last, False))

    def _peak(self, days: list[int]) -> None:
        """All units at once, between two and nearly three times the usual."""
        random, times = self._random, self._random.uniform(1.0, 1.8)
        for day in days:
            people = [
                Attacker(account_of(unit.code, n), unit.code, "mot-cua", client_of(n))
                for unit in self.epoch.units
                for n in [1, 1, 2, 3]
            ]
            lookups = int(cases_of(self._seed, day) * A_CASE * times)
            part = list(attacks.with_cases(random, people, seconds_of(day) + 7.5 * HOUR_S, lookups))
            self._of_day.setdefault(day, []).append(part)
        self.planned.append(
            Planned("school-year-peak", frozenset(), seconds_of(days[0]), seconds_of(days[-1] + 1), False)
        )
