"""``ioc.cases``: who comes in on a day, what becomes of it, how it is told, and what it truly counts."""

from collections.abc import Iterator
from random import Random
from typing import Any

from infra.simulate.calendar import DAY_S, OFFSET_S, cases_of, day_at, office, seconds_of
from infra.simulate.case_beside import beside
from infra.simulate.case_figures import CHANNELS, CaseFigures
from infra.simulate.case_scored import scored, with_fee
from infra.simulate.case_stories import Stories, Story, StoryFact
from infra.simulate.chance import chance
from infra.simulate.gap_truth import TruthLife
from infra.simulate.gap_truth import rows as gap_rows
from infra.simulate.procedures import SimulatedProcedure, all_codes
from infra.simulate.province import SimulatedUnit, epoch_of
from infra.simulate.rare_online import RARE, RareOnline
from infra.simulate.scenarios import Drills
from infra.simulate.sync_faults import in_order
from infra.simulate.telling import SimulatedTeller, clock_texts, date_text, event, head, reference_to, stamp
from infra.simulate.truth import TruthRow
from schemas.counters import COUNTER_INDEX as INDEX
from schemas.json_text import decode, encode
from schemas.province import as_date
from schemas.reference.rows import Tier

NEVER = 0.0006  # the share of cases that are entered by mistake, where mistakes are made at all
ENDS = frozenset(("refused", "stopped", "withdrawn", "finished"))
COUNTER: dict[str, str | None] = {  # what a fact of the kind counts for
    "submitted": "submitted",
    "accepted": "accepted",
    "refused": "refused",
    "step": "steps",
    "supplement_requested": "supplements",
    "supplement_received": "supplements_received",
    "extended": "extensions",
    "suspended": "suspensions",
    "resumed": "resumptions",
    "stopped": "stopped",
    "withdrawn": "withdrawn",
    "finished": "finished",
    "returned": "returned",
    "paid": "paid",
    "digitised": "digitised",
    "rated": "rated",
    "synced": "synced",
    "portal_status": None,
    "chain_step": "chain_steps",
    "data_used": "data_used",
}
_NUMBER = {kind: INDEX[counter] if counter is not None else None for kind, counter in COUNTER.items()}
_HEAD = {kind: head(f"case.{kind}") for kind in COUNTER}
_DATED_WRONGLY = frozenset(("step", "paid", "digitised", "finished", "returned", "rated", "data_used"))


def intake(seed: int, day: int, scale: float) -> Iterator[tuple[SimulatedUnit, str]]:
    """The cases that come in on a day: where, and under which code."""
    random, epoch = chance(seed, "cases", day), epoch_of(day)
    numbers: dict[int, int] = {}
    date = f"{as_date(day):%y%m%d}"
    for _ in range(cases_of(seed, day, scale)):
        unit = epoch.units[epoch.choice.at(random.random())]
        number = numbers[unit.number] = numbers.get(unit.number, 0) + 1
        yield unit, f"{unit.prefix}-{date}-{number:04d}"


class SimulatedCases:
    """Tells the cases of one day after another. ``figures`` None: nobody asks for the truth."""

    def __init__(
        self, seed: int, scale: float, teller: SimulatedTeller, drills: Drills, figures: CaseFigures | None = None
    ) -> None:
        self.teller = teller
        self.figures = figures
        self._seed = seed
        self._scale = scale
        self._drills = drills
        self._stories = Stories(office(), NEVER if teller.wrong > teller.late else 0.0)
        self._procedure = {code: number for number, code in enumerate(all_codes())}
        self._channel = {channel: number for number, channel in enumerate(CHANNELS)}

    def day(self, day: int) -> None:
        """Everything that ever happens to the cases that come in on the day."""
        self.teller.begin(day)
        random = chance(self._seed, "stories", day)
        others, working = epoch_of(day).of(Tier.DEPARTMENT), office().is_working(day)
        slower, faulty = self._drills.slower(day), self._drills.faulty(day)
        faults, rare = chance(self._seed, "sync", day), RareOnline(self._seed, self._scale, day)
        for number, (unit, code) in enumerate(intake(self._seed, day, self._scale)):
            procedure = unit.procedures[unit.choice.at(random.random())]
            online, seldom = None, procedure.share(day) < RARE
            if seldom:
                if working:
                    online = rare.online(procedure)
                else:  # whoever comes to a counter does not come on a day off
                    procedure = max(unit.procedures, key=lambda one: one.share(day))
            story = self._stories.of(random, day, unit, others, procedure, slower.get(unit.code, 1.0), online)
            story = beside(random, office(), story, procedure, self._drills.rewrites, whole=seldom)
            story = self._drills.change(story, procedure, day)
            if faulty is not None:
                story = in_order(faults, story, code, faulty=faulty)
            if self.figures is not None:
                self._count(self.figures, story, procedure, code)
            self._tell(story, code, f"{self._seed:x}.{day:x}.{number:x}.", others)
        self.teller.end(day)

    def finish(self) -> None: ...

    def closed(self, before: int | None) -> Iterator[TruthRow]:
        if self.figures is not None:
            yield from self.figures.closed(before)

    def _count(self, figures: CaseFigures, story: Story, procedure: SimulatedProcedure, code: str) -> None:
        """What is true of the case when the span ends."""
        until, facts = figures.until, story.facts
        if story.never and facts[-1].at < until:  # else nobody has found out yet
            figures.add(INDEX["voided"], 0, 0, 0, facts[-1].at)
            return
        proc, channel = self._procedure[procedure.code], self._channel[story.channel]
        taken = any(fact.kind == "accepted" and fact.at < until for fact in facts)
        refused = any(fact.kind == "refused" and fact.at < until for fact in facts)
        home = facts[0].unit.number if taken or refused else 0
        due, ended = None, False
        for fact in facts:
            if fact.at >= until:
                break
            if fact.due is not None:
                due = fact.due
            kind = fact.kind
            number = _NUMBER[kind]
            if number is not None:
                figures.add(number, fact.unit.number if kind == "step" else home, proc, channel, fact.at)
            for counter in fact.also:
                figures.add(INDEX[counter], home, proc, channel, fact.at)
            if fact.late is not None:
                figures.add(INDEX["late" if fact.late else "on_time"], home, proc, channel, fact.at)
            if kind in ENDS:
                ended = True
        if taken:
            accepted = next(fact.at for fact in facts if fact.kind == "accepted")
            told = [fact for fact in facts if fact.at < until]
            for counter in scored(told, story.channel, fee=procedure.code in with_fee()):
                figures.add(INDEX[counter], home, proc, channel, accepted)
        if taken and not ended:
            figures.add_open(home, channel, overdue=due is not None and due < until)
        if taken and story.words is not None:
            at = {fact.kind: fact.at for fact in facts if fact.kind in ("accepted", "finished") and fact.at < until}
            life = TruthLife(code, facts[0].unit.code, at["accepted"], at.get("finished"), due)
            figures.gaps.extend(gap_rows(life, story.words, until))

    def _tell(self, story: Story, code: str, base: str, others: tuple[SimulatedUnit, ...]) -> None:
        teller = self.teller
        until, send, draw, chosen = teller.until, teller.send, teller.random.random, teller.wrong - teller.late
        books, key, clock = teller.books, code.encode(), clock_texts()
        behind = f'","subject":"{code}","time":"'
        for number, fact in enumerate(story.facts):
            at, id = fact.at, f"{base}{number}"
            if until is not None and at >= until:
                return
            if draw() < chosen and not story.never:
                self._mistake(fact, code, id, key, others)
                continue
            if books is not None:
                books.note(fact.unit.code, (at + OFFSET_S) // DAY_S, id)
            # As telling.event() writes it, taken apart for speed.
            day, second = divmod(at, DAY_S)
            value = f'{_HEAD[fact.kind]}{id}{behind}{date_text(day)}{clock[second]}","data":{fact.data}}}'
            send(at, value.encode(), key)
        if story.never:
            self._say(
                "case.voided", f"{base}.v", code, story.facts[-1].at, '{"status_raw":"Hồ sơ nhập trùng"}', None, key
            )

    def _say(
        self, name: str, id: str, code: str, at: int, data: str, unit: str | None, key: bytes, said: int = 0
    ) -> None:
        self.teller.note(unit, at, id)
        self.teller.send(said or at, event(name, id, code, at, data), key)

    def _mistake(self, fact: StoryFact, code: str, id: str, key: bytes, others: tuple[SimulatedUnit, ...]) -> None:
        """Said wrongly and corrected, or said twice and voided once; both on the same day."""
        random, at, name = self.teller.random, fact.at, f"case.{fact.kind}"
        fixed = min(at + random.randrange(60, 7_200), seconds_of(day_at(at) + 1) - 1)
        if random.random() < 0.35:
            self._say(name, id, code, at, fact.data, fact.unit.code, key)
            self._say(name, f"{id}.x", code, at, fact.data, fact.unit.code, key)
            never = f'{{"replaces":{reference_to(f"{id}.x")}}}'
            self._say("case.voided", f"{id}.v", code, fixed, never, None, key)
            return
        said_of, wrong = self._wrong(random, fact, others)
        self._say(name, id, code, said_of, encode(wrong).decode(), wrong["unit"], key, said=at)
        right = f'{{"type":"{name}.v1","time":"{stamp(at)}","data":{fact.data}}}'
        self._say(
            "case.corrected",
            f"{id}.c",
            code,
            fixed,
            f'{{"replaces":{reference_to(id)},"event":{right}}}',
            fact.unit.code,
            key,
        )

    def _wrong(self, random: Random, fact: StoryFact, others: tuple[SimulatedUnit, ...]) -> tuple[int, dict[str, Any]]:
        """The moment and the data that were said by mistake: a date a day early, another unit, channel or deadline."""
        data: dict[str, Any] = decode(fact.data)
        chosen = random.random()
        if fact.kind in _DATED_WRONGLY and chosen < 0.5:
            return fact.at - 86_400, data
        if fact.kind == "accepted" and chosen < 0.4:
            data["channel"] = CHANNELS[1 + random.randrange(len(CHANNELS) - 1)]
        elif fact.due is not None and chosen < 0.8:
            data.pop("due_on", None)
            data["due_at"] = stamp(fact.due + 86_400 * random.randrange(-2, 9))
        else:
            data["unit"] = others[random.randrange(len(others))].code
        return fact.at, data
