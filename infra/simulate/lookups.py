"""``ioc.lookups``: look-ups of the national population database, the connection to it, and the province's own limits.

A look-up is mostly for a case that came in that day. The drill of 23/01/2024 (domain.md 0 and 5.1): a script on one
account and a retry storm of one application, until the provider cuts the connection.
"""

from datetime import date
from random import Random

from infra.simulate.agenda import Agenda, Planned, written
from infra.simulate.calendar import OPENS_S, cases_of, office, seconds_of
from infra.simulate.case_stories import COUNTER_HOURS, HOURS
from infra.simulate.cases import intake
from infra.simulate.chance import Weighted, chance, table
from infra.simulate.province import SimulatedUnit, epoch_of
from infra.simulate.scenarios import Drills
from infra.simulate.telling import SimulatedTeller
from infra.simulate.topic import Plain
from infra.simulate.truth import Truth
from schemas.province import as_date, day_number
from schemas.reference.rows import Tier

FIGURE = "lookup_hour"
CONNECTION = "csdlqg-dan-cu"
A_CASE = 1.75  # look-ups for each case that comes in
WITHOUT_CASE = 0.12
APPLICATIONS = ("mot-cua", "ho-tich", "lien-thong", "lgsp")
_APPLICATION = Weighted([70, 12, 10, 8])
PROGRAMS = frozenset(("lien-thong", "lgsp"))
RESULTS = ("found", "not_found", "mismatch", "error")
_RESULT = Weighted([92, 4, 3, 1])
FIELDS = ('"ho-ten","ngay-sinh","noi-thuong-tru"', '"ho-ten","so-dinh-danh"', '"ho-ten","noi-thuong-tru","chu-ho"')
BOUNDS_MS = (100, 250, 500, 1_000, 2_500, 5_000, 10_000)  # of the histogram: so long at most
LATENCY = [min(30_000, int(180 * slow)) for slow in table("latency", 4_096, 0.7)]
SURGE = 9_000  # look-ups of the script, from eight to noon
STORM = 6_000  # and of the storm, within half an hour
CUT_S, RESTORED_S = 12 * 3_600, 2 * 86_400 + 10 * 3_600  # after the day's beginning


def limits(scale: float, drills: Drills) -> list[Planned]:
    """Half-yearly settings, and stricter ones three days after a surge. Own settings of the simulation, no quotas: what
    all of the province may ask is as much smaller as the simulated province is."""

    def whole(lookups: int) -> int:
        return round(lookups * min(1.0, max(scale, 0.1)))

    base = (("account", None, "hour", 60), ("account", None, "day", 300), ("province", None, "day", whole(20_000)))
    named = [("application", "mot-cua", "day", whole(15_000)), ("application", "lgsp", "hour", whole(1_200))]
    for name in sorted(PROGRAMS):  # they ask for everybody: what is much for one officer is little for them
        named += [("account", f"ct.{name}", "hour", whole(1_200)), ("account", f"ct.{name}", "day", whole(6_000))]
    told = []
    days = [(day_number(date(year, month, 2)), 1.0) for year in range(2023, 2031) for month in (1, 7)]
    days += [(day + 3, 0.5) for day in drills.of("lookup-surge")]
    for day, strict in sorted(days):
        for number, (scope, key, window, amount) in enumerate((*base, *named)):
            at = seconds_of(day) + OPENS_S + 600 * number
            data = written({"scope": scope, "key": key, "window": window, "lookups": int(amount * strict)})
            subject = "/".join(filter(None, (scope, key, window)))
            told.append(Planned(at, "limit.set", subject, data, counts=(("changes", "", scope),)))
    return told


def outages(seed: int, drills: Drills) -> list[tuple[int, int, str]]:
    """When the connection was cut and when restored, and the reason."""
    found = []
    for year in range(2023, 2031):
        for month in range(1, 13, 2):
            random = chance(seed, "maintenance", year, month)
            day = day_number(date(year, month, random.randrange(1, 28)))
            at = seconds_of(day) + 22 * 3_600 + random.randrange(3_600)
            found.append((at, at + random.randrange(1_200, 5_400), "Bảo trì hệ thống"))
    for day in drills.of("lookup-surge"):
        start = seconds_of(day)
        found = [span for span in found if not start - 86_400 < span[0] < start + 4 * 86_400]
        found.append((start + CUT_S, start + RESTORED_S, "Lượt tra cứu tăng bất thường"))
    return sorted(found)


HASHED = 0xA << 124  # a hash begins with a letter: one that is all decimal is taken for a number in disguise


class Lookups(Plain):
    """Look-ups of one day after another, with the connection and the limits."""

    def __init__(
        self, seed: int, scale: float, teller: SimulatedTeller, truth: Truth, first: int, drills: Drills
    ) -> None:
        super().__init__(seed, scale, teller, truth, first)
        self._drills = drills
        self._outages = outages(seed, drills)
        told = limits(scale, drills)
        self._limits = {fact.subject: (fact.at, fact.counts[0][2]) for fact in reversed(told)}
        for begins, ends, reason in self._outages:
            data = written({"reason": reason})
            told.append(Planned(begins, "connection.cut", CONNECTION, data, counts=(("cuts", "", ""),)))
            told.append(Planned(ends, "connection.restored", CONNECTION, "{}", counts=(("restorations", "", ""),)))
        self._agenda = Agenda(told, first)
        self._cuts = [(begins, ends) for begins, ends, _ in self._outages]

    def of_day(self, day: int) -> None:
        self.tell(self._agenda.of(day))
        random = chance(self.seed, "lookups", day)
        cases = list(intake(self.seed, day, self.scale))
        begins, working = seconds_of(day), office().is_working(day)
        cuts = [cut for cut in self._cuts if cut[0] < begins + 86_400 and cut[1] > begins]
        subjects: dict[str, str] = {}
        for _ in range(int(cases_of(self.seed, day, self.scale) * A_CASE)):
            unit, code = cases[int(random.random() * len(cases))]
            if working and random.random() < 0.94:
                at = office().moment(office().opening(day) + COUNTER_HOURS.at(random.random()) * 3_600)
                at += int(random.random() * 3_600)
            else:
                at = begins + HOURS.at(random.random()) * 3_600 + int(random.random() * 3_600)
            application = APPLICATIONS[_APPLICATION.at(random.random())]
            if cuts and any(cut <= at < restored for cut, restored in cuts):
                if random.random() < 0.9:
                    continue  # nobody goes on asking
                result = "error"
            else:
                result = RESULTS[_RESULT.at(random.random())]
            if application in PROGRAMS:
                account = f"ct.{application}"
            else:
                account = f"cb.{unit.code}.{int(random.random() * 5) + 1:02d}"
            subject = subjects.get(account)
            if subject is None:
                subject = subjects[account] = f"{account}/{as_date(day).isoformat()}"
            case = None if random.random() < WITHOUT_CASE else code
            self._look(random, at, subject, unit, application, case, result)
        for first in self._drills.of("lookup-surge"):
            if first == day:
                self._surge(day)

    def _look(
        self,
        random: Random,
        at: int,
        subject: str,
        unit: SimulatedUnit,
        application: str,
        case: str | None,
        result: str,
        person: int | None = None,
    ) -> None:
        """One look-up, told and counted."""
        draw = random.random
        program = application in PROGRAMS
        latency = None if draw() < 0.02 else LATENCY[int(draw() * 4_096)] if result != "error" else 30_000
        of_case = f'"case":"{case}",' if case is not None else ""
        timed = f'"latency_ms":{latency},' if latency is not None else ""
        before = (
            f'{{"unit":"{unit.code}","application":"{application}",{of_case}'
            f'"channel":"{"automatic" if program else "screen"}",'
            f'"person":"k1:{HASHED | (random.getrandbits(128) if person is None else person):032x}",'
            f'"fields":[{FIELDS[int(draw() * 3)]}],"result":"'
        )
        behind = f'",{timed}"client":"10.{unit.number % 250}.{int(draw() * 8)}.{int(draw() * 250) + 1}"}}'
        wrong = before + ("found" if result != "found" else "mismatch") + behind
        if not self.teller.say("lookup.performed", at, subject, before + result + behind, unit=unit.code, wrong=wrong):
            return
        add, place = self.truth.add_hour, (unit.code, application)
        add(FIGURE, "lookups", *place, at)
        if case is None:
            add(FIGURE, "without_case", *place, at)
        if result != "found":
            add(FIGURE, "errors" if result == "error" else result, *place, at)
        if program:
            add(FIGURE, "automatic", *place, at)
        if latency is not None:
            add(FIGURE, "timed", *place, at)
            add(FIGURE, "latency_total", *place, at, latency)
            bound = next((bound for bound in BOUNDS_MS if latency <= bound), None)
            if bound is not None:
                add(FIGURE, f"latency_{bound}", *place, at)

    def _surge(self, day: int) -> None:
        random = chance(self.seed, "surge", day)
        begins, epoch = seconds_of(day), epoch_of(day)
        unit = max(epoch.of(Tier.DISTRICT) or epoch.of(Tier.COMMUNE), key=lambda one: one.weight)
        date_of = as_date(day).isoformat()
        for _ in range(int(SURGE * max(self.scale, 0.1))):
            at = begins + 8 * 3_600 + random.randrange(4 * 3_600)
            result = "not_found" if random.random() < 0.45 else "found"
            self._look(random, at, f"cb.{unit.code}.01/{date_of}", unit, "mot-cua", None, result)
        person = random.getrandbits(128)
        for _ in range(int(STORM * max(self.scale, 0.1))):
            at = begins + 11 * 3_600 + random.randrange(1_800)
            self._look(random, at, f"ct.lien-thong/{date_of}", unit, "lien-thong", None, "error", person)

    def finish(self) -> None:
        now = self.truth.until
        if any(begins < now <= ends for begins, ends in self._cuts):
            self.truth.add_now("connection", "down", "", "")
        for at, scope in self._limits.values():
            if at < now:
                self.truth.add_now("limit", "set", "", scope)
