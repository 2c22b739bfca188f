"""The drill ``sync-faults``: every case goes to the national portal in time and whole, but for planted faults among
look-alikes that are none.

What is planted in a case fits how it ends. Beside the facts stand the *words*: what the portal has of the case since
when, and why the two sides would differ as long as that is all it has. The truth of the gap is told from these alone.
"""

from collections.abc import Iterator
from operator import attrgetter
from random import Random
from typing import NamedTuple

from infra.simulate.calendar import DAY_S, day_at, seconds_of
from infra.simulate.case_beside import synced
from infra.simulate.case_figures import month_of
from infra.simulate.case_stories import Fact, Story
from infra.simulate.gap_truth import Word
from infra.simulate.province import Unit

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
A_FAULT, A_LIKE = 0.004, 0.006  # of the cases that end well, each
REWRITTEN = 0.7  # of those that are stopped or withdrawn after a request for supplements
PUT_RIGHT = 0.5  # of those that are asked for supplements and end well


class Sent(NamedTuple):
    fact: Fact
    word: Word | None  # None: it changes nothing there


def kind_of(random: Random, story: Story) -> str:
    """What is planted in the case; ``clean`` in most."""
    kinds = {fact.kind for fact in story.facts}
    chosen = random.random()
    if "finished" not in kinds:
        gone = "supplement_requested" in kinds and not kinds.isdisjoint(("stopped", "withdrawn"))
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
    """The story with all that the portal is sent and says, and its words. ``faulty``: something may be planted."""
    accepted = next((fact for fact in story.facts if fact.kind == "accepted"), None)
    if accepted is None or story.never:
        return story
    kind = kind_of(random, story) if faulty else "clean"
    sent = list(_sent(random, story, code, kind, accepted.unit))
    facts = [fact for fact in story.facts if kind != "own_behind" or fact.kind not in (*DONE, "rated")]
    facts += (one.fact for one in sent)
    facts.sort(key=attrgetter("at"))
    words = sorted((one.word for one in sent if one.word is not None), key=attrgetter("at"))
    return story._replace(facts=facts, words=tuple(words))


def _sent(random: Random, story: Story, code: str, kind: str, unit: Unit) -> Iterator[Sent]:
    draw, last = random.random, 0
    end = next((fact for fact in story.facts if fact.kind == "finished"), None)
    there = {"other_code": f"{unit.prefix}-{random.randrange(100_000):05d}", "like_own_code": code}.get(kind)
    other, wrong = kind == "other_code", ("code_invented",) if kind == "other_code" else ()
    own_word = ("other_period", "later_there", "own_behind", "like_same_day")
    word = _own_word(random, story, kind, unit) if end is not None and kind in own_word else None
    if kind == "not_sent":
        return
    for fact in story.facts:
        status = STATUS.get(fact.kind)
        if status is None:
            continue
        at = last = max(fact.at + 60 + int(draw() * 3_600), last + 1)
        if fact.kind in DONE and (kind == "behind" or word is not None):
            continue
        if fact.kind in DONE and kind == "like_sent_late":
            at = last = at + DAY_S + int(draw() * 20 * DAY_S)
        if fact.kind in ("stopped", "withdrawn") and kind == "like_end_not_sent":
            continue
        if kind == "all_refused" or (kind == "end_refused" and fact.kind in DONE):
            yield Sent(synced(at, status, unit, taken=False), None)
            continue
        if kind == "rewritten" and fact.kind == "withdrawn":
            continue
        ends_by = next((one.kind for one in story.facts if one.kind in ("stopped", "withdrawn")), None)
        if _rewrites(kind, fact, ends_by):
            since = fact.at if fact.kind == "stopped" else at
            yield Sent(synced(at, 9, unit, ("status_rewritten",)), Word(at, since, "rewritten_status"))
            if kind == "like_put_right" and draw() < 0.5:  # else the next status puts it right
                last += 600
                yield Sent(synced(last, status, unit), Word(last, None, "status_behind"))
            continue
        if kind == "like_refused_once":
            yield Sent(synced(at, status, unit, taken=False), None)
            at = last = at + 900
        since = end.at if end is not None and fact.kind in DONE else None
        yield Sent(synced(at, status, unit, wrong, code=there), Word(at, since, "status_behind", other))
        if kind == "like_sent_twice":
            last += 300
            yield Sent(synced(last, status, unit), None)
    if word is not None:
        yield word
    if kind == "like_said_again" and end is not None:
        yield Sent(_says(_next_month(end.at) + int(draw() * DAY_S), 9, unit), None)


def _rewrites(kind: str, fact: Fact, ends_by: str | None) -> bool:
    if kind == "like_put_right":
        return fact.kind == "supplement_requested"
    asked = "stopped" if ends_by == "stopped" else "supplement_requested"
    return kind == "rewritten" and fact.kind == asked


def _own_word(random: Random, story: Story, kind: str, unit: Unit) -> Sent | None:
    """The portal's own word that the case has ended, in place of a message; ``None`` where that would be no such
    fault, or one that is not meant."""
    end = next(fact for fact in story.facts if fact.kind == "finished")
    due = [fact.due for fact in story.facts if fact.due is not None][-1]
    into = random.random()
    if kind == "own_behind":
        return Sent(_says(end.at, 9 if into < 0.5 else 10, unit), Word(end.at, end.at, "own_behind"))
    if kind == "other_period":
        at = _next_month(end.at) + int(into * 2 * DAY_S)
        return Sent(_says(at, 9, unit), Word(at, at, "other_period"))
    if kind == "later_there":
        before = min(due + 10 * DAY_S, _next_month(end.at))
        at = due + 1 + int(into * (before - due - 1))
        return Sent(_says(at, 9, unit), Word(at, at, "status_behind")) if end.at <= due < at < before else None
    at = seconds_of(day_at(end.at) + 1) - 1 - int(into * 5 * 3_600)  # 19:00 to midnight
    if at <= end.at or (end.at <= due) != (at <= due):
        return None
    return Sent(_says(at, 9, unit), Word(at, at, "status_behind"))


def _says(at: int, status: int, unit: Unit) -> Fact:
    return Fact(at, "portal_status", f'{{"unit":"{unit.code}","portal_status":{status}}}', unit)


def _next_month(at: int) -> int:
    return seconds_of(month_of(month_of(day_at(at)) + 31))
