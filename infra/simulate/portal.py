"""``ioc.portal``: the national portal's figures as it might show them (Decision 766's components), and petitions.

Figures of a month are published on the 6th of the next, those of a quarter and a year on the 8th. Some are published
again ten days later; the later statement counts. Scores follow domain.md 1.3 in kind only: they are simulated.
"""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from infra.simulate.agenda import written
from infra.simulate.calendar import DAY_S, office, seconds_of
from infra.simulate.chance import chance
from infra.simulate.procedures import SimulatedProcedure
from infra.simulate.province import Epoch, SimulatedUnit, epoch_of
from infra.simulate.telling import SimulatedTeller
from infra.simulate.topic import Plain
from infra.simulate.truth import Truth
from schemas.province import as_date, day_number

# Code and maximum in thousandths of a point (domain.md 1.3); the codes in capitals are the portal's, the others ours.
COMPONENTS = {
    "PUBLISH_ON_TIME": 6_000,
    "PUBLIC_UPDATE_ON_TIME": 4_000,
    "PUBLIC_CONTENT_FULL": 2_000,
    "DOSSIER_SYNC": 6_000,
    "PROGRESS": 20_000,
    "ONLINE_DOSSIERS": 6_000,
    "ONLINE_PAYMENT": 6_000,
    "ORIGINAL_RESULT_AVAILABLE": 6_000,
    "SO_HOA_GIAY_TO_GIAI_QUYET": 4_000,
    "REUSED_DIGITIZED_DATA": 2_000,
    "CITIZEN_DATA_CONNECTED_DOSSIER": 2_000,
    "PETITION_PROCESSING_ON_TIME": 6_000,
    "DOSSIER_RECEIVING_SATISFACTION": 6_000,
}
BY_SERVICE = "ONLINE_DOSSIERS"
A_MONTH = 96_000  # cases of the whole province
AGAIN = 10  # days from a publication to the one that revises it
PETITIONS_A_DAY = 4.1  # 1,125 in nine months of 2026 (domain.md 8)
LIMIT_DAYS = 15  # working days to handle one (domain.md 1.3, 5.2)


class PublishedPeriod(NamedTuple):
    name: str
    kind: str
    first: date
    months: int


def published_on(day: int) -> Iterator[PublishedPeriod]:
    """The periods whose figures are published on the day for the first time."""
    on = as_date(day)
    before = (on.replace(day=1) - date.resolution).replace(day=1)
    if on.day == 6:
        yield PublishedPeriod(f"{before:%Y-%m}", "month", before, 1)
    if on.day == 8 and on.month in (1, 4, 7, 10):
        quarter = (before.month + 2) // 3
        yield PublishedPeriod(f"{before.year}-Q{quarter}", "quarter", date(before.year, 3 * quarter - 2, 1), 3)
    if on.day == 8 and on.month == 1:
        yield PublishedPeriod(f"{before.year}", "year", date(before.year, 1, 1), 12)


class SimulatedPortal(Plain):
    """Publications and petitions, day by day."""

    def __init__(self, seed: int, scale: float, teller: SimulatedTeller, truth: Truth, first: int) -> None:
        super().__init__(seed, scale, teller, truth, first)
        self._open: list[tuple[int, str, str]] = []  # due on, unit, kind; of those never answered within the span

    def of_day(self, day: int) -> None:
        for again in (0, 1):
            for period in published_on(day - AGAIN * again):
                self._publish(period, day, again)
        self._petitions(day)

    def _publish(self, period: PublishedPeriod, day: int, again: int) -> None:
        epoch = epoch_of(day_number(period.first))
        for unit in self._published(epoch):
            for component in COMPONENTS:
                services = [None, *unit.procedures] if component == BY_SERVICE else [None]
                for procedure in services:
                    self._figure(period, day, again, unit, component, procedure)

    def _published(self, epoch: Epoch) -> list[SimulatedUnit]:
        keep = max(5, round(len(epoch.units) * min(1.0, self.scale * 2)))
        return sorted(epoch.units, key=lambda unit: -unit.weight)[:keep]

    def _figure(
        self,
        period: PublishedPeriod,
        day: int,
        again: int,
        unit: SimulatedUnit,
        component: str,
        procedure: SimulatedProcedure | None,
    ) -> None:
        service = None if procedure is None else procedure.code
        random = chance(self.seed, "figure", period.name, unit.code, component, service)
        revised = random.random() < 0.1
        if again and not revised:
            return
        first = _ratio(random, period, unit, procedure)
        later = (min(first[1], first[0] + 1 + first[1] // 50), first[1])
        at = seconds_of(day) + 9 * 3_600 + int(random.random() * 3_600)
        data = {
            "unit": unit.code,
            "period": period.name,
            "component": component,
            "service": service,
            **_said(component, service, *(later if again else first)),
            "published_on": as_date(day - 1).isoformat(),
        }
        subject = "/".join(filter(None, (unit.code, period.name, component, service)))
        wrong = written(data | {"numerator": first[0] // 2})
        if not self.teller.say("portal.published", at, subject, written(data), unit=unit.code, wrong=wrong):
            return
        if again and day - AGAIN >= self.first:
            return  # counted with its first statement
        stands = later if again or (revised and at + AGAIN * DAY_S < self.truth.until) else first
        part = "/".join(filter(None, (period.kind, component, service)))
        for counter, amount in (("figures", 1), *_said(component, service, *stands).items()):
            self.truth.add_on("portal", counter, unit.code, part, day_number(period.first), amount)

    def _petitions(self, day: int) -> None:
        random = chance(self.seed, "petitions", day)
        usual = PETITIONS_A_DAY * max(self.scale, 0.2) * (1.3 if office().is_working(day) else 0.4)
        epoch = epoch_of(day)
        for number in range(int(usual + random.random())):
            unit = epoch.units[epoch.choice.at(random.random())].code
            kind = "procedure" if random.random() < 0.7 else "staff"
            at = seconds_of(day) + 7 * 3_600 + random.randrange(14 * 3_600)
            due_on = office().shift(day, LIMIT_DAYS)
            subject = f"PAKN-{as_date(day):%y%m%d}-{number:03d}"
            data = {"unit": unit, "kind": kind, "due_on": as_date(due_on).isoformat()}
            wrong = written(data | {"kind": "staff" if kind == "procedure" else "procedure"})
            if not self.teller.say("petition.received", at, subject, written(data), unit=unit, wrong=wrong):
                continue
            self.truth.add("petition", "received", unit, kind, at)
            answered = self._answer(subject, at, due_on, unit, kind)
            if answered is None or answered >= self.truth.until:
                self._open.append((due_on, unit, kind))

    def _answer(self, subject: str, received: int, due_on: int, unit: str, kind: str) -> int | None:
        """The moment of the answer. Nearly two of three are in time (domain.md 8); a twentieth never comes."""
        random = chance(self.seed, "answer", subject)
        if random.random() < 0.05:
            return None
        on_time = random.random() < 0.66
        span = seconds_of(due_on + 1) - received
        at = received + (3_600 + random.randrange(span - 7_200) if on_time else span + random.randrange(1, 25 * DAY_S))
        published = written({"published": random.random() < 0.8})
        if self.teller.say("petition.answered", at, subject, published):
            self.truth.add("petition", "answered", unit, kind, at)
            self.truth.add("petition", "answered_on_time" if on_time else "answered_late", unit, kind, at)
        rated = at + random.randrange(1, 5 * DAY_S)
        likes, dislikes = random.randrange(4), random.randrange(3)
        if random.random() < 0.5 and self.teller.say(
            "petition.rated", rated, subject, written({"likes": likes, "dislikes": dislikes})
        ):
            self.truth.add("petition", "disliked", unit, kind, at, int(dislikes > likes))
        return at

    def finish(self) -> None:
        for due_on, unit, kind in self._open:
            self.truth.add_now("petition", "open", unit, kind)
            if seconds_of(due_on + 1) < self.truth.until:
                self.truth.add_now("petition", "overdue", unit, kind)


def _ratio(
    random: Random, period: PublishedPeriod, unit: SimulatedUnit, procedure: SimulatedProcedure | None
) -> tuple[int, int]:
    """Numerator and denominator; a service has a part of its unit's cases, and nearly its online share of them."""
    part = 1.0 if procedure is None else 1 / len(unit.procedures)
    denominator = max(1, int(A_MONTH * period.months * unit.weight * part * random.uniform(0.8, 1.1)))
    if procedure is None:
        return int(denominator * random.uniform(0.6, 1.0)), denominator
    return round(denominator * procedure.share(day_number(period.first)) * random.uniform(0.95, 1.0)), denominator


def _said(component: str, service: str | None, numerator: int, denominator: int) -> dict[str, int]:
    """The numbers of a statement, as the counters are called; a single service has no score."""
    said = {"numerator": numerator, "denominator": denominator}
    if service is None:
        said["score_milli"] = COMPONENTS[component] * numerator // denominator
    return said
