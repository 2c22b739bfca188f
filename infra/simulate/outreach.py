"""``ioc.outreach``: communications of units, courses of training and who came, staff. Counts, never names."""

from infra.simulate.agenda import written
from infra.simulate.calendar import office, seconds_of
from infra.simulate.chance import Weighted, chance
from infra.simulate.province import epoch_of
from infra.simulate.topic import Plain
from schemas.outreach import ActivityKind
from schemas.province import as_date
from schemas.reference.rows import Tier

KINDS = tuple(ActivityKind)
_KIND = Weighted([2, 6, 8, 4, 2, 1])
COURSES = ("de-an-06", "dvc-truc-tuyen", "so-hoa-ho-so", "an-toan-thong-tin", "chu-ky-so")
ACTIVITIES_A_DAY = 0.28  # of each unit, on a working day
COURSES_A_DAY = 0.035
REPORT_DAY = 25  # staffing is reported on the first working day from here on
DISTRICTLESS = (Tier.COMMUNE, Tier.DISTRICT, Tier.DEPARTMENT)


class Outreach(Plain):
    """What units report, day by day."""

    def of_day(self, day: int) -> None:
        if not office().is_working(day):
            return
        codes = epoch_of(day).codes
        units = [code for tier in DISTRICTLESS for code in codes[tier]]
        for unit in units[:: max(1, round(0.4 / max(self.scale, 0.02)))] if self.scale < 0.4 else units:
            random = chance(self.seed, "outreach", unit, day)
            at = seconds_of(day) + 8 * 3_600 + random.randrange(8 * 3_600)
            if random.random() < ACTIVITIES_A_DAY:
                kind = KINDS[_KIND.at(random.random())]
                self._activity(unit, day, at, str(kind), random.randrange(20, 3_000))
            if random.random() < COURSES_A_DAY:
                invited = random.randrange(10, 120)
                attended = invited - random.randrange(invited // 2)
                self._training(unit, day, at + 60, random.choice(COURSES), invited, attended)
            if self._reports(day):
                self._staffing(unit, day, at + 120)

    def _activity(self, unit: str, day: int, at: int, kind: str, reached: int) -> None:
        data = {"unit": unit, "kind": kind, "title": "Tuyên truyền Đề án 06", "reached": reached}
        wrong = written(data | {"reached": reached * 10})
        subject = f"tt/{unit}/{as_date(day).isoformat()}"
        if self.teller.say("activity.held", at, subject, written(data), unit=unit, wrong=wrong):
            self.truth.add("activity", "held", unit, kind, at)
            self.truth.add("activity", "reached", unit, kind, at, reached)

    def _training(self, unit: str, day: int, at: int, course: str, invited: int, attended: int) -> None:
        data = {"unit": unit, "course": course, "attended": attended, "invited": invited}
        wrong = written(data | {"attended": invited})
        subject = f"th/{unit}/{as_date(day).isoformat()}"
        if self.teller.say("training.held", at, subject, written(data), unit=unit, wrong=wrong):
            self.truth.add("training", "held", unit, course, at)
            self.truth.add("training", "attended", unit, course, at, attended)
            self.truth.add("training", "invited", unit, course, at, invited)

    @staticmethod
    def _reports(day: int) -> bool:
        """The first working day from the 25th on."""
        from_day = day - (as_date(day).day - REPORT_DAY)
        return as_date(day).day >= REPORT_DAY and office().shift(from_day, 0) == day

    def _staffing(self, unit: str, day: int, at: int) -> None:
        traits = chance(self.seed, "staff", unit)
        staff = traits.randrange(15, 140)
        trained = min(staff, int(staff * traits.uniform(0.2, 0.7)) + (day - 19_700) // 60)
        data = {"unit": unit, "staff": staff, "trained": trained, "it_staff": traits.randrange(1, 5)}
        subject = f"{unit}/{as_date(day):%Y-%m}"
        wrong = written(data | {"trained": trained // 2})
        if self.teller.say("staffing.reported", at, subject, written(data), unit=unit, wrong=wrong):
            for counter in ("staff", "trained", "it_staff"):
                self.truth.add("staffing", counter, unit, "", at, int(str(data[counter])))
