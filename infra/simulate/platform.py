"""``ioc.platform``: looks at the systems of the province, their certificates and backups, and milestones of
upgrades."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from infra.simulate.agenda import Agenda, Planned, written
from infra.simulate.calendar import DAY_S, office, seconds_of
from infra.simulate.case_stories import HOURS
from infra.simulate.chance import chance, table
from infra.simulate.scenarios import Drills
from infra.simulate.telling import SimulatedTeller, Window, stamp
from infra.simulate.topic import Plain
from infra.simulate.truth import Truth
from schemas.counter_kinds import SOON_DAYS
from schemas.province import as_date, day_number

LOOK_S = (600, 900)  # a system is looked at every ten to fifteen minutes
OWNERS = ("so-khoa-hoc-va-cong-nghe", "van-phong-ubnd", "cong-an-tinh", "so-tu-phap", None)
SYSTEMS = (
    "mot-cua", "lgsp", "cong-dvc", "lien-thong", "kho-du-lieu", "ioc", "csdlqg-dan-cu", "ho-tich", "dat-dai",
    "lao-dong", "bao-hiem", "thue", "dinh-danh", "thanh-toan", "chu-ky-so", "thu-dien-tu", "van-ban",
    "hop-truc-tuyen", "sao-luu", "giam-sat-atttt", "camera", "y-te", "giao-duc", "ndxp",
)  # fmt: skip
WITH_BACKUP = SYSTEMS[:12]
WITH_CERTIFICATE = SYSTEMS[:16]
FAILING = "cong-dvc"
LATENCY = [min(60_000, int(120 * slow)) for slow in table("health", 4_096, 0.6)]
SLOW_MS, FULL_PERMILLE = 1_000, 900  # slow and full, as the counters of schemas/platform.py mean it
YEARS = range(2023, 2031)


def outage(seed: int, system: str, day: int) -> Window:
    """When a system cannot be reached on a day: on few days, for an hour or so."""
    draw = chance(seed, "looks", system, day).random
    if draw() >= 0.015:
        return (0, 0)
    start = seconds_of(day) + int(draw() * 80_000)
    return (start, start + 1_200 + int(draw() * 6_000))


def owner(system: str) -> str | None:
    return OWNERS[SYSTEMS.index(system) % len(OWNERS)]


@dataclass(frozen=True, slots=True)
class SimulatedSeen:
    """A certificate was seen, with its end then."""

    at: int
    subject: str
    system: str
    expires: int


def certificates(seed: int, drills: Drills) -> Iterator[SimulatedSeen]:
    """Each is looked at once a month and renewed well before its end; that of a drill too late."""
    for system in WITH_CERTIFICATE:
        random = chance(seed, "certificate", system)
        expires = seconds_of(day_number(date(2023, 2, 1)) + random.randrange(365)) + 7 * 3_600
        for year in YEARS:
            for month in range(1, 13):
                at = seconds_of(day_number(date(year, month, 1 + SYSTEMS.index(system)))) + 6 * 3_600
                while expires < at + 35 * DAY_S:
                    expires += 365 * DAY_S
                yield SimulatedSeen(at, f"{system}/tls", system, expires)
    for day in drills.of("failing-certificate"):
        begins = seconds_of(day)
        ends = begins + 7 * 3_600
        yield SimulatedSeen(begins - 25 * DAY_S, f"{FAILING}/ndxp-{as_date(day)}", FAILING, ends)
        renewed = begins + 15 * 3_600 + 300
        yield SimulatedSeen(renewed, f"{FAILING}/ndxp-{as_date(day)}", FAILING, renewed + 365 * DAY_S)


@dataclass(frozen=True, slots=True)
class Milestone:
    subject: str
    system: str
    planned: int
    due_on: int
    reached: int | None


def milestones(seed: int) -> Iterator[Milestone]:
    """Ten a year; a fifth is never reached."""
    for year in YEARS:
        random = chance(seed, "milestones", year)
        for number in range(10):
            start = day_number(date(year, 1, 1)) + random.randrange(300)
            due_on = office().shift(start + random.randrange(30, 150), 0)
            reached = seconds_of(due_on + random.randrange(-20, 30)) + 14 * 3_600
            system = random.choice(SYSTEMS)
            ended = reached if random.random() < 0.8 else None
            yield Milestone(f"nang-cap-{system}/{year}-{number}", system, seconds_of(start) + 32_400, due_on, ended)


class Platform(Plain):
    """Everything of the data integration centre, day by day."""

    def __init__(
        self,
        seed: int,
        scale: float,
        teller: SimulatedTeller,
        truth: Truth,
        first: int,
        drills: Drills,
        look_s: Window | None = None,
    ) -> None:
        super().__init__(seed, scale, teller, truth, first)
        self._look_s = look_s or LOOK_S
        self._kept = len(SYSTEMS) if look_s else max(2, round(len(SYSTEMS) * min(1.0, self.scale * 4)))
        self._failing: dict[int, Window] = {
            day: (seconds_of(day) + 7 * 3_600, seconds_of(day) + 15 * 3_600) for day in drills.of("failing-certificate")
        }
        self._seen = [seen for seen in certificates(seed, drills) if seen.at >= seconds_of(first) - 60 * DAY_S]
        self._milestones = list(milestones(seed))
        self._agenda = Agenda((*self._certificate_facts(), *self._milestone_facts()), first)

    def _certificate_facts(self) -> Iterator[Planned]:
        known = set()
        for seen in self._seen:
            unit = owner(seen.system)
            data = {"system": seen.system, "unit": unit, "expires_at": stamp(seen.expires)}
            wrong = written(data | {"expires_at": stamp(seen.expires - 9 * DAY_S)})
            first = () if seen.subject in known else (("seen", unit or "", seen.system),)
            known.add(seen.subject)
            yield Planned(seen.at, "certificate.seen", seen.subject, written(data), unit, wrong, first)

    def _milestone_facts(self) -> Iterator[Planned]:
        for one in self._milestones:
            unit = owner(one.system)
            own = (unit or "", one.system)
            title, due_on = f"Nâng cấp {one.system}", as_date(one.due_on).isoformat()
            data = written({"title": title, "system": one.system, "unit": unit, "due_on": due_on})
            yield Planned(one.planned, "milestone.planned", one.subject, data, unit, counts=(("planned", *own),))
            if one.reached is not None:
                yield Planned(one.reached, "milestone.reached", one.subject, "{}", counts=(("reached", *own),))

    def of_day(self, day: int) -> None:
        self.tell(self._agenda.of(day))
        for system in SYSTEMS[: self._kept]:
            self._looks(system, day)
        for system in WITH_BACKUP:
            self._backup(system, day)

    def _looks(self, system: str, day: int) -> None:
        random = chance(self.seed, "looks", system, day)
        draw = random.random
        begins, unit = seconds_of(day), owner(system)
        place = (unit or "", system)
        load = chance("load", system).lognormvariate(3.2, 1.0)
        full = 500 + (day * 7 + SYSTEMS.index(system) * 61) % 420  # it fills up, and room is made
        down: Window = (0, 0)
        if draw() < 0.015:
            start = begins + int(draw() * 80_000)
            down = (start, start + 1_200 + int(draw() * 6_000))
        if system == FAILING:
            down = self._failing.get(day, down)
        of_unit = f',"unit":"{unit}"' if unit is not None else ""
        add, at, ends = self.truth.add, begins + int(draw() * self._look_s[0]), begins + DAY_S
        while at < ends:
            hour = (at - begins) // 3_600
            subject = f"{system}/{as_date(day).isoformat()}T{hour:02d}"
            if down[0] <= at < down[1]:
                counted = [("looks", 1), ("unreachable", 1)]
                said = f'{{"system":"{system}"{of_unit},"reachable":false}}'
                wrong = None
            else:
                latency = LATENCY[int(draw() * 4_096)]
                requests = int(load * HOURLY[hour] * (0.5 + draw()))
                errors = int(requests * 0.01 * draw()) if draw() < 0.2 else 0
                counted = [("looks", 1), ("requests", requests), ("errors", errors), ("timed", 1)]
                counted += [("latency_total", latency), ("slow", latency >= SLOW_MS), ("full", full >= FULL_PERMILLE)]
                before = f'{{"system":"{system}"{of_unit},"reachable":true,"latency_ms":{latency},"requests":'
                behind = f',"errors":{errors},"capacity_permille":{full}}}'
                said, wrong = f"{before}{requests}{behind}", f"{before}{requests + 100}{behind}"
            if self.teller.say("system.measured", at, subject, said, unit=unit, wrong=wrong):
                for counter, amount in counted:
                    add("system", counter, *place, at, amount)
            at += self._look_s[0] + int(draw() * (self._look_s[1] - self._look_s[0]))

    def _backup(self, system: str, day: int) -> None:
        random = chance(self.seed, "backup", system, day)
        at, unit = seconds_of(day) + 3_600 + random.randrange(7_200), owner(system)
        well = random.random() < 0.985
        size = random.randrange(10**9, 10**11) if well else None
        said = written({"system": system, "unit": unit, "ok": well, "size_bytes": size})
        wrong = written({"system": system, "unit": unit, "ok": not well})
        subject = f"{system}/{as_date(day):%Y-%m}"
        if self.teller.say("backup.made", at, subject, said, unit=unit, wrong=wrong):
            self.truth.add("backup", "made" if well else "failed", unit or "", system, at)

    def finish(self) -> None:
        now = self.truth.until
        last = {seen.subject: seen for seen in sorted(self._seen, key=lambda one: one.at) if seen.at < now}
        for seen in last.values():
            for counter, counts in (
                ("held", True),
                ("expired", seen.expires < now),
                ("expiring", now <= seen.expires < now + SOON_DAYS * DAY_S),
            ):
                if counts:
                    self.truth.add_now("certificate", counter, owner(seen.system) or "", seen.system)
        for one in self._milestones:
            if one.planned < now and (one.reached is None or one.reached >= now):
                own = (owner(one.system) or "", one.system)
                self.truth.add_now("milestone", "open", *own)
                if seconds_of(one.due_on + 1) < now:
                    self.truth.add_now("milestone", "overdue", *own)


HOURLY = [HOURS.share(hour) * 24 for hour in range(24)]
