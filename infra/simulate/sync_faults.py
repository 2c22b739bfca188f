"""The drill ``sync-faults``: every case goes to the national portal in time and whole, but for planted faults among
look-alikes that are none.

What is planted in a case fits how it ends. Beside the facts stand the *words*: what the portal has of the case since
when, and why the two sides would differ as long as that is all it has. The truth of the gap is told from these alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from random import Random
from typing import NamedTuple

from infra.simulate.calendar import DAY_S, day_at, seconds_of
from infra.simulate.case_beside import synced, usual_hazards
from infra.simulate.case_figures import month_of
from infra.simulate.case_stories import Story, StoryFact
from infra.simulate.gap_truth import Word
from infra.simulate.province import SimulatedUnit

# What the portal is sent of a fact (domain.md 4.1); the last two once the case has ended well.
STATUS = {
    "accepted": 2,
    "supplement_requested": 5,
    "supplement_received": 4,
    "withdrawn": 7,
    "stopped": 8,
    "finished": 9,
    "returned": 10,
}
DONE = ("finished", "returned")
BADLY = ("stopped", "withdrawn")
OWN_WORD = ("other_period", "later_there", "own_behind", "like_same_day")  # the portal says the end itself
FAULTS = (
    "not_sent",
    "all_refused",
    "behind",
    "end_refused",
    "other_code",
    "other_period",
    "later_there",
    "own_behind",
)
LIKES = (
    "like_sent_late",  # the message says when the case ended
    "like_sent_twice",
    "like_refused_once",
    "like_said_again",  # the portal says in the next month what it has
    "like_own_code",
    "like_same_day",  # the portal's own word, in the evening
)
A_FAULT = A_LIKE = 0.006  # of the cases that end well, each
REWRITTEN = 0.8  # of those that are stopped or withdrawn after a request for supplements
PUT_RIGHT = 0.5  # of those that are asked for supplements and end well


class FaultySent(NamedTuple):
    """A message or the portal's own word, and what the portal has from then on; ``None`` where that changes nothing."""

    fact: StoryFact
    word: Word | None = None


def kind_of(random: Random, story: Story) -> str:
    """What is planted in the case; ``clean`` in most."""
    kinds = {fact.kind for fact in story.facts}
    chosen = random.random()
    if "finished" not in kinds:
        gone = "supplement_requested" in kinds and not kinds.isdisjoint(BADLY)
        return "clean" if not gone else "rewritten" if chosen < REWRITTEN else "like_end_not_sent"
    if chosen < A_FAULT * len(FAULTS):
        return FAULTS[int(chosen / A_FAULT)]
    chosen -= A_FAULT * len(FAULTS)
    if chosen < A_LIKE * len(LIKES):
        return LIKES[int(chosen / A_LIKE)]
    if "supplement_received" in kinds and random.random() < PUT_RIGHT:
        return "like_put_right"
    return "clean"


def in_order(random: Random, story: Story, code: str, *, faulty: bool) -> Story:
    """The story with this in place of what else the portal is sent and says, and its words. ``faulty``: something may
    be planted."""
    accepted = next((fact for fact in story.facts if fact.kind == "accepted"), None)
    if accepted is None or story.never:
        return story
    kind = kind_of(random, story) if faulty else "clean"
    sent = list(Sync(random, story, code, kind, accepted.unit).all())
    gone = {"synced", "portal_status"} | ({*DONE, "rated"} if kind == "own_behind" else set())
    facts = [fact for fact in story.facts if fact.kind not in gone]
    facts += (one.fact for one in sent)
    facts.sort(key=attrgetter("at"))
    words = sorted((one.word for one in sent if one.word is not None), key=attrgetter("at"))
    return story._replace(facts=facts, words=tuple(words))


@dataclass
class Sync:
    """The way of one case to the portal. Each message is sent within an hour and after the one before."""

    random: Random
    story: Story
    code: str
    kind: str
    unit: SimulatedUnit
    last: int = 0

    def all(self) -> Iterator[FaultySent]:
        own_word = self.own_word() if self.kind in OWN_WORD else None
        for fact in self.story.facts:
            status = STATUS.get(fact.kind)
            if status is not None and not (own_word is not None and fact.kind in DONE):
                yield from self.message(fact, status)
        if own_word is not None:
            yield own_word
        if self.kind == "like_said_again":
            yield FaultySent(self.says(_next_month(self.ended) + int(self.random.random() * DAY_S), 9))

    def message(self, fact: StoryFact, status: int) -> Iterator[FaultySent]:
        """What is sent of a fact: once as a rule."""
        after, well, badly = 60 + int(self.random.random() * 3_600), fact.kind in DONE, fact.kind in BADLY
        if self.kind == "like_sent_late" and well:
            after += DAY_S + int(self.random.random() * 20 * DAY_S)
        at = self.last = max(fact.at + after, self.last + 1)
        match self.kind:
            case "rewritten" if fact is self.rewritten:
                yield self.rewrite(at, fact.at if badly else at)
                return
            case "like_put_right" if fact is self.rewritten:
                yield self.rewrite(at, at)
                if self.random.random() < 0.5:
                    return  # the next status puts it right
                at = self.last = at + 600
            case "not_sent":
                return
            case "behind" if well:
                return
            case "rewritten" | "like_end_not_sent" if badly:
                return
            case "all_refused":
                yield FaultySent(synced(at, status, self.unit, taken=False))
                return
            case "end_refused" if well:
                yield FaultySent(synced(at, status, self.unit, taken=False))
                return
            case "like_refused_once":
                yield FaultySent(synced(at, status, self.unit, taken=False))
                at = self.last = at + 900
        yield self.taken(at, status, self.ended if well else None)
        if self.kind == "like_sent_twice":
            self.last += 300
            yield FaultySent(synced(self.last, status, self.unit))

    def taken(self, at: int, status: int, since: int | None) -> FaultySent:
        other = self.kind == "other_code"
        named = f"{self.unit.prefix}-{self.random.randrange(100_000):05d}" if other else None
        named = self.code if self.kind == "like_own_code" else named
        sent = synced(at, status, self.unit, ["code_invented"] if other else usual_hazards(self.random), code=named)
        return FaultySent(sent, Word(at, since, "status_behind", other))

    def rewrite(self, at: int, since: int) -> FaultySent:
        return FaultySent(synced(at, 9, self.unit, ("status_rewritten",)), Word(at, since, "rewritten_status"))

    def says(self, at: int, status: int) -> StoryFact:
        data = f'{{"unit":"{self.unit.code}","portal_status":{status}}}'
        return StoryFact(at, "portal_status", data, self.unit)

    def own_word(self) -> FaultySent | None:
        """``None`` where it would be no such fault, or one that is not meant."""
        ended, into, next_month = self.ended, self.random.random(), _next_month(self.ended)
        due = [fact.due for fact in self.story.facts if fact.due is not None][-1]
        at, cause = ended, self.kind
        match self.kind:
            case "other_period":
                at = next_month + int(into * 2 * DAY_S)
            case "later_there":  # in the same month, but behind the deadline
                before = min(due + 10 * DAY_S, next_month)
                at, cause = due + 1 + int(into * (before - due - 1)), "status_behind"
                if not ended <= due < at < before:
                    return None
            case "like_same_day":
                at, cause = seconds_of(day_at(ended) + 1) - 1 - int(into * 5 * 3_600), "status_behind"
                if at <= ended or (ended <= due) != (at <= due):
                    return None
        return FaultySent(self.says(at, 9 if into < 0.7 else 10), Word(at, at, cause))

    @cached_property
    def ended(self) -> int:
        """When a case that ends well does."""
        return next(fact.at for fact in self.story.facts if fact.kind == "finished")

    @cached_property
    def rewritten(self) -> StoryFact:
        """Whose status is rewritten, where one is: that of the stop, else of the request for supplements."""
        stopped = next((fact for fact in self.story.facts if fact.kind == "stopped"), None)
        return stopped or next(fact for fact in self.story.facts if fact.kind == "supplement_requested")


def _next_month(at: int) -> int:
    return seconds_of(month_of(month_of(day_at(at)) + 31))
