"""``ioc.datasets``: each unit's data sets, measured once a week, and campaigns to digitise and clean them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.simulate.agenda import Agenda, Planned, written
from infra.simulate.calendar import DAY_S, office, reference, seconds_of
from infra.simulate.chance import chance
from infra.simulate.province import MERGED, epoch_of
from infra.simulate.telling import SimulatedTeller
from infra.simulate.topic import Plain
from infra.simulate.truth import Truth
from schemas.datasets import CHECKS
from schemas.province import as_date, day_number
from schemas.reference.rows import Tier

BEGIN = day_number(date(2024, 1, 1))
YEARS = range(2023, 2031)
# Where each sector's records lie, besides its own office's; the notice says that three of them have data (domain.md 0).
OFFICE = {
    "ho-tich": "so-tu-phap",
    "dat-dai": "so-tai-nguyen-va-moi-truong",
    "lao-dong": "so-lao-dong-tbxh",
    "bao-hiem": "bao-hiem-xa-hoi",
    "thue": "cuc-thue",
}
# Since the mergers of 2025; the others as before.
OFFICE_MERGED = OFFICE | {"dat-dai": "so-nong-nghiep-va-moi-truong", "lao-dong": "so-noi-vu"}
LOCAL = ("ho-tich", "dat-dai", "lao-dong")
AHEAD = frozenset(("dat-dai", "bao-hiem"))
CAMPAIGNS_A_QUARTER = 6  # of each sector


def sectors() -> list[str]:
    return [placed.row.code for placed in reference().sectors if placed.row.dataset]


def holders(sector: str, day: int) -> tuple[str, ...]:
    """The units that have records of the sector."""
    epoch = epoch_of(day)
    local = epoch.codes[Tier.COMMUNE] if sector in LOCAL else ()
    offices = OFFICE_MERGED if MERGED in epoch.codes[Tier.DEPARTMENT] else OFFICE
    return (*local, offices[sector]) if sector in offices else local


def measured(seed: int, sector: str, unit: str, day: int, again: int = 0) -> dict[str, Any]:
    """What a measurement on the day says; ``again`` 1 for a second one of the same day."""
    traits = chance(seed, "dataset", sector, unit)
    whole = traits.randrange(4_000, 60_000)
    start = traits.uniform(0.45, 0.75) if sector in AHEAD else traits.uniform(0.1, 0.4)
    pace = traits.uniform(0.3, 1.0)
    done = start + (0.98 - start) * min(1.0, max(0.0, (day - BEGIN + again * 3) / 900 * pace))
    random = chance(seed, "measured", sector, unit, day, again)
    said: dict[str, Any] = {"sector": sector, "unit": unit, "records": whole + (day - BEGIN) // 7 * 3}
    left = done
    for check in CHECKS:
        said[check] = min(said["records"], int(said["records"] * left))
        left *= random.uniform(0.9, 0.99)
    said["shared"] = sector in AHEAD or day > BEGIN + traits.randrange(200, 900)
    return said


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign of one unit; ``ended`` may lie after the deadline."""

    sector: str
    unit: str
    name: str
    planned: int
    due_on: int
    ended: int


def campaigns(seed: int, first: int) -> Iterator[Campaign]:
    """Those of every quarter that are not over before the first day."""
    for year in YEARS:
        for month in (1, 4, 7, 10):
            start = day_number(date(year, month, 1))
            if start < first - 200:
                continue
            for sector in sectors():
                random = chance(seed, "campaigns", sector, start)
                units = holders(sector, start)
                for unit in random.sample(units, min(len(units), CAMPAIGNS_A_QUARTER)):
                    planned = seconds_of(start + random.randrange(3, 15)) + 9 * 3_600 + random.randrange(7_200)
                    due_on = office().shift(start + random.randrange(60, 88), 0)
                    ended = seconds_of(due_on + random.randrange(-8, 15)) + 16 * 3_600 + random.randrange(3_600)
                    if ended >= seconds_of(first):
                        yield Campaign(sector, unit, f"cd-{sector}-{year}-{month:02d}/{unit}", planned, due_on, ended)


def facts(seed: int, campaign: Campaign) -> Iterator[Planned]:
    random = chance(seed, "campaign", campaign.name)
    own = (campaign.unit, campaign.sector)
    whole, done = random.randrange(2_000, 20_000), 0
    data = {
        "title": "Chiến dịch làm sạch, số hóa dữ liệu",
        "sector": campaign.sector,
        "unit": campaign.unit,
        "planned": whole,
        "due_on": as_date(campaign.due_on).isoformat(),
    }
    wrong = written(data | {"due_on": as_date(campaign.due_on + 31).isoformat()})
    yield Planned(
        campaign.planned,
        "campaign.planned",
        campaign.name,
        written(data),
        campaign.unit,
        wrong,
        (("planned", *own),),
    )
    at = campaign.planned + 7 * DAY_S
    while at < campaign.ended:
        done = min(whole, done + random.randrange(whole // 14, whole // 7))
        yield Planned(at, "campaign.progressed", campaign.name, written({"done": done}))
        at += 7 * DAY_S
    yield Planned(campaign.ended, "campaign.ended", campaign.name, "{}", counts=(("ended", *own),))


class Datasets(Plain):
    """Measurements and campaigns."""

    def __init__(self, seed: int, scale: float, teller: SimulatedTeller, truth: Truth, first: int) -> None:
        super().__init__(seed, scale, teller, truth, first)
        self._campaigns = tuple(campaigns(seed, first))
        self._agenda = Agenda((fact for campaign in self._campaigns for fact in facts(seed, campaign)), first)

    def of_day(self, day: int) -> None:
        self.tell(self._agenda.of(day))
        for sector in sectors():
            for unit in holders(sector, day):
                traits = chance(self.seed, "rhythm", sector, unit)
                if (day + traits.randrange(7)) % 7 == 0 and traits.random() < max(self.scale, 0.1):
                    self._measure(sector, unit, day)

    def _measure(self, sector: str, unit: str, day: int) -> None:
        random = chance(self.seed, "moment", sector, unit, day)
        at = seconds_of(day) + 8 * 3_600 + random.randrange(4 * 3_600)
        twice = random.random() < 0.03
        for again in range(1 + twice):
            data = measured(self.seed, sector, unit, day, again)
            said, moment = written(data), at + again * 5_400
            wrong = written(data | {"valid": data["valid"] // 2})
            subject = f"{sector}/{unit}/{as_date(day):%Y-%m}"
            if not self.teller.say("dataset.measured", moment, subject, said, unit=unit, wrong=wrong):
                continue
            self.truth.add("dataset", "measurements", unit, sector, moment)
            if again == twice:  # the day's last one
                for name in ("records", *CHECKS):
                    self.truth.add("dataset", name, unit, sector, moment, data[name])
                self.truth.add("dataset", "shared", unit, sector, moment, data["records"] if data["shared"] else 0)

    def finish(self) -> None:
        now = self.truth.until
        for campaign in self._campaigns:
            if campaign.planned < now <= campaign.ended:
                self.truth.add_now("campaign", "running", campaign.unit, campaign.sector)
                if seconds_of(campaign.due_on + 1) < now:
                    self.truth.add_now("campaign", "overdue", campaign.unit, campaign.sector)
