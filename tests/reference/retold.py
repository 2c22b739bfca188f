"""What was told twice, slow and plain: for every fact the whole history before it is looked at again. See ``cases``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.reference.facts import ENDS, Fact, Json, deadline, province_day

ANSWERS = ("supplement_received", "resumed")
ONCE = ("supplement_requested", "suspended", "extended", "chain_step", *ANSWERS)


@dataclass
class Telling:
    """A fact as it was told first, and with what its retellings added."""

    first: Fact
    whole: Fact


def once(facts: Sequence[Fact]) -> list[Fact]:
    kept: list[Telling] = []
    for place, fact in enumerate(facts):
        before = facts[:place]
        told = told_already(fact, kept, before) if fact.kind in ONCE else None
        if told is None:
            kept.append(Telling(fact, fact))
        elif not any(one.kind in ENDS for one in before):
            told.whole = replace(told.whole, data=added(told.whole.data, fact.data))
    return [telling.whole for telling in kept]


def told_already(fact: Fact, kept: list[Telling], before: Sequence[Fact]) -> Telling | None:
    asked, resting = last(kept, "supplement_requested", *ANSWERS), at_rest(kept)
    if asked is not None and asked.whole.kind != "supplement_requested":
        asked = None
    taken = next((telling.whole.place for telling in kept if telling.whole.kind == "accepted"), None)
    if asked is not None and taken is not None and asked.first.place < taken:
        asked = None
    if fact.kind == "supplement_requested" and asked is not None:
        return asked
    if fact.kind == "suspended" and resting is not None:
        statuses = {one for one in (resting.whole.data.get("status"), fact.data.get("status")) if one is not None}
        if len(statuses) < 2:
            return resting
    if fact.kind == "extended":
        dated = [telling for telling in kept if sets_deadline(telling.whole)]
        if dated and dated[-1].whole.kind == "extended" and one_appointment(dated[-1].whole, fact):
            return dated[-1]
    if fact.kind == "chain_step":
        same_step = [t for t in kept if t.whole.kind == fact.kind and name_of(t.whole)[1] == name_of(fact)[1]]
        if same_step and name_of(same_step[-1].whole) == name_of(fact):
            return same_step[-1]
    day = province_day(fact.time)
    that_day = [t for t in kept if name_of(t.first) == name_of(fact) and province_day(t.first.time) == day]
    if fact.kind in ANSWERS:
        moves = deadline(fact.data) is not None and any(one.kind in ENDS for one in before)
        return that_day[-1] if that_day and not moves and asked is None and resting is None else None
    so_often = sum(
        one.source == fact.source and name_of(one) == name_of(fact) and province_day(one.time) == day for one in before
    )
    return that_day[so_often] if so_often < len(that_day) else None


def last(kept: list[Telling], *kinds: str) -> Telling | None:
    return next((telling for telling in reversed(kept) if telling.whole.kind in kinds), None)


def at_rest(kept: list[Telling]) -> Telling | None:
    """The suspension that nothing has ended; a payment ends one that waits for it."""
    resting = None
    for telling in kept:
        kind = telling.whole.kind
        if kind == "suspended":
            resting = telling
        elif kind in ANSWERS or (kind == "paid" and resting is not None and resting.whole.data.get("status") == 6):
            resting = None
    return resting


def sets_deadline(fact: Fact) -> bool:
    return fact.kind in ("accepted", "extended", *ANSWERS) and deadline(fact.data) is not None


def one_appointment(one: Fact, other: Fact) -> bool:
    """The same moment, or a day and an hour of it."""
    first, second = deadline(one.data), deadline(other.data)
    if first is None or second is None:
        return False
    days = [province_day(due - timedelta(microseconds=1)) for due in (first, second)]
    whole = any(province_day(due) != day for due, day in zip((first, second), days, strict=True))
    return first == second or (whole and days[0] == days[1])


def name_of(fact: Fact) -> tuple[Any, ...]:
    """What two tellings of one thing have in common."""
    data = fact.data
    if fact.kind == "chain_step":
        step, agency, to = ((data.get(key) or "").strip(" ") or None for key in ("step", "agency", "to"))
        return (fact.kind, step, data["state"], agency, to)
    if fact.kind == "extended":
        due = deadline(data)
        return (fact.kind, due and province_day(due - timedelta(microseconds=1)))
    return (fact.kind, data.get("status")) if fact.kind == "suspended" else (fact.kind,)


def added(data: Json, again: Json) -> Json:
    """What was not said yet, and the appointment that was said last."""
    found = dict(data)
    if deadline(again) is not None:
        found = {key: value for key, value in data.items() if key not in ("due_at", "due_on")}
        found |= {key: again[key] for key in ("due_at", "due_on") if again.get(key) is not None}
    for key in ("status", "apology", "apology_at"):
        if found.get(key) is None and again.get(key) is not None:
            found[key] = again[key]
    return found
