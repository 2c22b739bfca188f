"""Logs of cases of different character, made up: how many are late, how long steps take, what foretells the end."""

from collections.abc import Iterator
from datetime import date, time
from math import exp
from random import Random
from typing import NamedTuple

from schemas.history import Entry, EntryData
from schemas.province import day_number, day_start
from schemas.reference.rows import WorkingHours
from schemas.rules.in_force import Rules
from schemas.rules.worktime import HOUR_US, WorkTime
from streams.forecast.seen import Example, Seen, examples


def hours(session: str, opens: int, closes: int) -> WorkingHours:
    return WorkingHours(
        session=session,  # type: ignore[arg-type]
        opens=time(opens),
        closes=time(closes),
        valid_from=date(2010, 1, 1),
        confidence="memory",  # type: ignore[arg-type]
    )


WORK = WorkTime((), (hours("morning", 8, 12), hours("afternoon", 13, 17)))
RULES = Rules(1, WORK)
MONDAY = day_number(date(2024, 3, 4))
DAY = 8 * HOUR_US
UNITS = PROCEDURES = 4
STEPS = (("Tiếp nhận", 8, 0.6), ("Thẩm định", 14, 0.8), ("Trình ký", 6, 0.7), ("Trả", 4, 1.0))


class Character(NamedTuple):
    """``promise``: working days; ``steps``: name, median working hours and spread of each; ``own``: how much a case's
    own speed, which all its steps share, spreads; ``drift``: the logarithm by which steps grow over the span."""

    promise: int = 6
    steps: tuple[tuple[str, float, float], ...] = STEPS
    own: float = 0.5
    drift: float = 0.0
    cases: int = 1_200
    days: int = 160


FORETOLD = {
    "few late": Character(promise=10, own=0.6, cases=2_000),
    "half late": Character(),
    "two of three late": Character(promise=4),
    "four of five late": Character(promise=4, own=1.1, steps=(*STEPS[:1], ("Thẩm định", 30, 0.8), *STEPS[2:])),
    "long steps": Character(
        promise=15,
        steps=(("Chờ bổ sung", 30, 0.9), ("Thẩm định", 40, 0.8), ("Trả", 30, 1.0)),
        cases=1_400,
        days=220,
    ),
    "short steps": Character(promise=3, steps=(("Tiếp nhận", 2, 0.8), ("Thẩm định", 6, 0.9), ("Trả", 3, 1.0))),
    "ever faster": Character(drift=-0.8),
    "ever slower": Character(promise=8, drift=0.8),
}
# The end comes as likely in any hour, whatever the case has done; or as nobody can see from outside.
UNFORETOLD = {
    "memoryless": Character(promise=5, steps=(("", 28, 0.0),)),
    "all late": Character(promise=1, steps=(("Thẩm định", 60, 0.1), ("Trả", 8, 0.1))),
    "none late": Character(promise=40, steps=(("Thẩm định", 10, 0.3), ("Trả", 8, 0.3))),
}


def log(of: Character, seed: int = 1) -> tuple[list[tuple[str, Example]], int]:
    """Every morning of every case, as known at the log's end; and that moment."""
    end = day_start(WORK.add_days(MONDAY, of.days)) + 8 * HOUR_US
    found = []
    for subject, told in _cases(of, seed):
        known = [entry for entry in told if entry.time <= end]
        found += [(subject, one) for one in (examples(subject, known, RULES, end) if known else ())]
    return found, end


def _cases(of: Character, seed: int) -> Iterator[tuple[str, list[Entry]]]:
    random = Random(seed)
    units = [exp(random.gauss(0, 0.3)) for _ in range(UNITS)]
    procedures = [exp(random.gauss(0, 0.3)) for _ in range(PROCEDURES)]
    for number in range(of.cases):
        day = WORK.add_days(MONDAY, random.randrange(of.days))
        unit, procedure = random.randrange(UNITS), random.randrange(PROCEDURES)
        slow = units[unit] * procedures[procedure] * exp(random.gauss(0, of.own))
        slow *= exp(of.drift * (day - MONDAY) / (of.days * 1.4))
        at, due = day_start(day) + 8 * HOUR_US, day_start(WORK.add_days(day, of.promise) + 1)
        told = [entry("accepted", at, unit=f"u{unit}", procedure=f"p{procedure}", due=due)]
        for place, (name, median, spread) in enumerate(of.steps):
            takes = median * slow * exp(random.gauss(0, spread)) if spread else random.expovariate(1 / median)
            at = WORK.add_time(at, int(takes * HOUR_US)) + 1_000
            last = place + 1 == len(of.steps)
            told.append(entry("finished", at, unit=f"u{unit}") if last else entry("step", at, name=name))
        yield str(number), told


def opens(day: int) -> int:
    return day_start(day) + 8 * HOUR_US


def entry(kind: str, at: int, **data: object) -> Entry:
    return Entry(kind, at, "urn:test", f"{kind}{at}", EntryData(**data))  # type: ignore[arg-type]


def story(took_days: int, allowed_days: int = 5, start: int = MONDAY, end: str = "finished") -> list[Entry]:
    """Accepted at an opening, a step each day, ended at a later opening."""
    due = day_start(WORK.add_days(start, allowed_days) + 1)
    told = [entry("accepted", opens(start), unit="u", procedure="p", due=due)]
    for number in range(1, took_days):
        told.append(entry("step", opens(WORK.add_days(start, number)), unit="u", name="Thẩm định"))
    return [*told, entry(end, opens(WORK.add_days(start, took_days)), unit="u")]


def seen(left: int = 2 * DAY, used: int = DAY, there: int = DAY, step: str = "s", unit: str = "u") -> Seen:
    return Seen(unit, "p", step, 1, used, there, used + left, left, opens(MONDAY + 3))


def province(cases: int, seed: int = 3) -> list[tuple[str, Example]]:
    """Units of two speeds; a case that has taken long for its steps takes long to the end."""
    random, found = Random(seed), list[tuple[str, Example]]()
    until = opens(MONDAY + 400)
    for number in range(cases):
        start = WORK.add_days(MONDAY, random.randrange(200))
        told = story(1 + int(random.expovariate(0.25)) % 14, 6, start)
        found += [(str(number), one) for one in examples(str(number), told, RULES, until)]
    return found
