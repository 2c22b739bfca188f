"""What happens to one case, decided when it comes in. Pure; about ten facts in thirty microseconds.

A case is worked on in office hours. Everything that moves its deadline happens before it ends, and each fact is at
least a second after the one before, so a fact's place never depends on how equal moments are ordered.
"""

from random import Random
from typing import NamedTuple

from infra.simulate.calendar import DAY_S, OPENS_S, WORK_S, Office, day_at, seconds_of
from infra.simulate.chance import Weighted, table
from infra.simulate.gap_truth import Word
from infra.simulate.procedures import SimulatedProcedure
from infra.simulate.province import SimulatedUnit
from infra.simulate.telling import date_text, stamp
from schemas.cases import Channel

LONGEST = 90  # days from coming in to the last fact; tests hold it
MOST_WORK = 33 * WORK_S
SIZE = 4_096

STEPS = (
    "Kiểm tra thành phần hồ sơ",
    "Chuyển phòng chuyên môn",
    "Thẩm định hồ sơ",
    "Lấy ý kiến đơn vị liên quan",
    "Trình lãnh đạo ký",
    "Ký duyệt kết quả",
    "Đóng dấu, vào sổ",
)
CONSULT = STEPS[3]
LATE_TO_ACCEPT = 0.02  # of the online cases: a day and more
AGAIN = 0.15  # of the requests for supplements: answered, and asked once more
NOT_DATED = 0.5  # of the supplements that come: without a new appointment
SUSPENDED = (',"status":5', ',"status":6', "", "")  # waits for the citizen, for a payment, for another agency
# At which hour an online case is submitted, at any; at which second of eight office hours a citizen comes to the
# counter.
HOURS = Weighted([1, 0.6, 0.4, 0.3, 0.4, 1, 3, 8, 12, 12, 10, 7, 4, 7, 10, 10, 8, 5, 4, 5, 6, 6, 4, 2])
COUNTER_HOURS = Weighted([1.4, 1.7, 1.5, 0.9, 1.1, 1.4, 1.2, 0.6])
PACE = [min(pace, 4.0) for pace in table("pace", SIZE, 0.42, -0.78)]  # of the time to the appointment
BRIEF = [min(pace, 6.0) for pace in table("brief", SIZE, 0.9, -0.4)]  # around a short wait


class StoryFact(NamedTuple):
    """``at`` in seconds. ``unit`` did it. ``due``: the deadline that it sets, ``late`` whether an end is after it.
    ``also``: counters that it counts for besides its kind's own."""

    at: int
    kind: str
    data: str  # JSON
    unit: SimulatedUnit
    due: int | None = None
    late: bool | None = None
    also: tuple[str, ...] = ()


class Story(NamedTuple):
    channel: Channel
    facts: list[StoryFact]
    never: bool = False  # entered by mistake, and voided as a whole when that is seen: at its acceptance
    words: tuple[Word, ...] | None = None  # what the national portal has of it, in order; None: nobody has decided


def deadline(due: int, *, exact: bool) -> str:
    """Members of a deadline, exact or only a day; a day means 24:00 of it, which :func:`moment_of` gives."""
    return f'"due_at":"{stamp(due)}"' if exact else f'"due_on":"{date_text(day_at(due))}"'


def moment_of(due: int, *, exact: bool) -> int:
    return due if exact else seconds_of(day_at(due) + 1)


def refusal(random: Random, at: int, unit: SimulatedUnit) -> StoryFact:
    """With its reason in writing, mostly; of some nobody says."""
    chosen = random.random()
    given = ',"reason_given":true' if chosen < 0.8 else ',"reason_given":false' if chosen < 0.9 else ""
    also = ("refused_without_reason",) if 0.8 <= chosen < 0.9 else ()
    return StoryFact(at, "refused", f'{{"unit":"{unit.code}"{given}}}', unit, also=also)


def apology(random: Random, at: int, due: int | None) -> tuple[str, tuple[str, ...]]:
    """What is said of the letter of apology with a new appointment given at ``at`` in place of ``due``, and what it
    counts for: the letter must go out at least a day before the last day. Of some nobody says."""
    chosen, missing = random.random(), ("extensions_without_letter",)
    if chosen < 0.1:
        return "", ()
    if chosen < 0.2:
        return ',"apology":false', missing
    sent = at + DAY_S if chosen < 0.3 else at - 600
    late = due is not None and day_at(sent) > day_at(due - 1) - 1
    return f',"apology":true,"apology_at":"{stamp(sent)}"', missing if late else ()


def submitted_at(random: Random, day: int) -> int:
    """An online submission: at any hour."""
    return seconds_of(day) + HOURS.at(random.random()) * 3_600 + int(random.random() * 3_600)


class Stories:
    """Tells one case after another. ``never``: the share of cases that are entered by mistake."""

    def __init__(self, office: Office, never: float) -> None:
        self._office = office
        self._never = never

    def of(
        self,
        random: Random,
        day: int,
        unit: SimulatedUnit,
        others: tuple[SimulatedUnit, ...],
        procedure: SimulatedProcedure,
        slower: float = 1.0,
        online: bool | None = None,
    ) -> Story:
        """A case that comes in on the day. ``online``: whether, where that is not to be drawn. ``slower``: how much
        slower than always the unit works now. ``others`` may be asked for their opinion."""
        draw, office, too_late = random.random, self._office, False
        common = f'"unit":"{unit.code}","procedure":"{procedure.code}"'
        working = office.is_working(day)
        facts: list[StoryFact] = []
        drawn = draw() < procedure.share(day)
        if not working or (drawn if online is None else online):
            channel = Channel.ONLINE
            at = submitted_at(random, day)
            clock = office.clock(at) + 60 + int(3_600 * BRIEF[int(draw() * SIZE)])
            if draw() < LATE_TO_ACCEPT:
                clock += WORK_S + int(draw() * 2 * WORK_S)
            said = f'{{"channel":"online",{common}}}'
            facts.append(StoryFact(at, "submitted", said, unit))
            accepted = max(office.moment(clock), at + 30)
            if draw() < 0.015:
                facts.append(refusal(random, accepted, unit))
                return Story(channel, facts)
            too_late = office.clock(accepted) - office.clock(at) > WORK_S
        else:
            clock = office.opening(day) + COUNTER_HOURS.at(draw()) * 3_600 + int(draw() * 3_600)
            accepted = office.moment(clock)
            chosen = draw()
            channel = Channel.DIRECT if chosen < 0.9 else Channel.POST if chosen < 0.98 else Channel.OTHER
            if chosen > 0.25:
                said = f'{{"channel":"{channel}",{common}}}'
                facts.append(StoryFact(accepted - 20 - int(draw() * 900), "submitted", said, unit))
        exact = unit.exact
        due_clock = clock + procedure.days * WORK_S
        due_at = office.moment(due_clock)
        due = moment_of(due_at, exact=exact)
        said = f'{{"channel":"{channel}",{common},{deadline(due_at, exact=exact)}}}'
        also = ("accepted_late",) if too_late else ()
        facts.append(StoryFact(accepted, "accepted", said, unit, due, also=also))
        if draw() < self._never:
            return Story(channel, facts, never=True)
        self._work(facts, random, clock, due_clock, unit, others, procedure, slower, online=channel is Channel.ONLINE)
        return Story(channel, facts)

    def _work(
        self,
        facts: list[StoryFact],
        random: Random,
        clock: int,
        due_clock: int,
        unit: SimulatedUnit,
        others: tuple[SimulatedUnit, ...],
        procedure: SimulatedProcedure,
        slower: float,
        *,
        online: bool,
    ) -> None:
        draw, moment, exact = random.random, self._office.moment, unit.exact
        own = f'{{"unit":"{unit.code}"}}'
        limit = clock + MOST_WORK
        due = facts[-1].due
        at = facts[-1].at

        def tell(
            kind: str,
            wanted: int,
            data: str,
            by: SimulatedUnit = unit,
            due: int | None = None,
            also: tuple[str, ...] = (),
        ) -> None:
            nonlocal at
            at = max(moment(wanted if wanted < limit else limit), at + 1)
            facts.append(StoryFact(at, kind, data, by, due, also=also))

        chosen = draw()
        if chosen < 0.85:
            papers = 1 + int(draw() * 5)
            reused = int(draw() * 1.6)
            result = "true" if chosen < 0.3 else "false"
            said = f'{{"unit":"{unit.code}","papers":{papers},"reused":{reused},"result":{result}}}'
            tell("digitised", clock + 60 + int(draw() * 900), said)
        if draw() < procedure.fee:
            way = "true" if online or draw() < 0.3 else "false"
            amount = (8_000, 20_000, 50_000, 135_000)[int(draw() * 4)]
            tell(
                "paid",
                clock + 120 + int(draw() * 1_200),
                f'{{"unit":"{unit.code}","online":{way},"amount_vnd":{amount}}}',
            )
        needed = int(procedure.days * WORK_S * unit.slowness * slower * PACE[int(draw() * SIZE)])
        fate = draw()
        if fate < 0.012:
            needed *= 5  # left lying
        spent = clock + 300
        count = 2 + int(draw() * 3)
        each = needed // count
        first = int(draw() * (len(STEPS) - count + 1))
        for number in range(count):
            spent += int(each * (0.6 + 0.4 * draw()))
            if number == 1 and fate > 0.955:
                wait = WORK_S // 2 + int(draw() * 3 * WORK_S)
                again = due_clock + wait
                if asked := fate > 0.966:
                    tell("supplement_requested", spent, own)
                    kind = "supplement_received"
                else:
                    status = SUSPENDED[int(draw() * len(SUSPENDED))]
                    tell("suspended", spent, f'{{"unit":"{unit.code}"{status}}}')
                    kind = "resumed"
                if fate > 0.994:
                    tell("withdrawn" if fate > 0.997 else "stopped", spent + wait, own)
                    return
                spent += wait
                if asked and draw() < AGAIN:  # what came was not enough; before its answer it would be the same request
                    tell(kind, spent - wait // 2, own)
                    tell("supplement_requested", spent - wait // 3, own, also=("repeated_supplements",))
                if asked and draw() < NOT_DATED:  # the rules say until when
                    tell(kind, spent, own)
                else:
                    due_clock = again
                    moved = moment(due_clock)
                    due = moment_of(moved, exact=exact)
                    tell(kind, spent, f'{{"unit":"{unit.code}",{deadline(moved, exact=exact)}}}', due=due)
            name = STEPS[first + number]
            by = unit
            if name is CONSULT and draw() < 0.5:
                by = others[int(draw() * len(others))]
            tell("step", spent, f'{{"unit":"{by.code}","name":"{name}"}}', by)
        ends = max(spent, clock + needed)
        for often, also in ((0.6, ()), (0.9, ("second_extensions",))):
            if not (ends > due_clock > spent and draw() < often):
                break
            wanted, before = due_clock - WORK_S, due
            due_clock += WORK_S + int(draw() * 2) * WORK_S
            moved = moment(due_clock)
            due = moment_of(moved, exact=exact)
            letter, missing = apology(random, max(moment(min(wanted, limit)), at + 1), before)
            said = f'{{"unit":"{unit.code}",{deadline(moved, exact=exact)}{letter}}}'
            tell("extended", wanted, said, due=due, also=also + missing)
        tell("finished", ends, own)
        done = facts[-1]
        facts[-1] = done._replace(late=due is not None and at > due)
        self._hand_over(facts, random, min(ends, limit), unit)

    def _hand_over(self, facts: list[StoryFact], random: Random, clock: int, unit: SimulatedUnit) -> None:
        draw = random.random
        if draw() > 0.94:
            return
        clock += 600 + int(9_000 * BRIEF[int(draw() * SIZE)])
        at = max(self._office.moment(clock), facts[-1].at + 1)
        facts.append(StoryFact(at, "returned", f'{{"unit":"{unit.code}"}}', unit))
        if draw() < 0.22:
            score = 5 if draw() < 0.75 else 1 + int(draw() * 4)
            facts.append(
                StoryFact(at + 60 + int(draw() * 1_800), "rated", f'{{"unit":"{unit.code}","score":{score}}}', unit)
            )


__all__ = ["DAY_S", "LONGEST", "OPENS_S", "Stories", "Story", "StoryFact"]
