"""Drills of the look-ups as records, from a moment on: what ``ioc drill`` sends, and a demo's small surge. Pure."""

from collections.abc import Callable, Iterator
from random import Random

from infra.simulate import attacks
from infra.simulate.agenda import written
from infra.simulate.attacks import Attacker, Attempt
from infra.simulate.calendar import day_at
from infra.simulate.chance import chance
from infra.simulate.lookups import HASHED
from infra.simulate.province import epoch_of
from infra.simulate.telling import Record, event
from schemas.province import as_date
from schemas.reference.rows import Tier

MASK = (1 << 124) - 1
Play = Callable[[Random, Attacker, float, int], Iterator[Attempt]]

DRILLS: dict[str, tuple[str, Play]] = {
    "surge": (
        "a script on one account, as on 23/01/2024: no cases, nearly half of the numbers are nobody's",
        lambda random, who, at, minutes: attacks.surge(random, who, at, minutes, 38),
    ),
    "retry-storm": (
        "a program asks again and again for what was not answered",
        lambda random, who, at, minutes: attacks.retry_storm(
            random, who._replace(account="ct.lien-thong", application="lien-thong", screen=False), at, minutes, 120
        ),
    ),
    "leaked-account": (
        "somebody else uses an account, slowly; played at night it is outside hours",
        lambda random, who, at, minutes: attacks.leaked_at_night(random, who, at, minutes, 9),
    ),
}
SMALL = ("surge", 6)  # of a demo: minutes


def who_of(random: Random, day: int) -> Attacker:
    """An account of a commune of that day."""
    unit = random.choice(epoch_of(day).of(Tier.COMMUNE))
    return Attacker(f"cb.{unit.code}.{random.randrange(1, 6):02d}", unit.code, "mot-cua", f"10.{unit.number % 250}.9.9")


def records(name: str, seed: int, begins: int, minutes: int) -> tuple[Attacker, list[Record]]:
    """Whose account it is, and what arrives when. Raises ``KeyError`` for a name that is none."""
    random = chance(seed, "drill", name, begins)
    who = who_of(random, day_at(begins))
    found: list[Record] = []
    for number, attempt in enumerate(DRILLS[name][1](random, who, begins, minutes)):
        found.append(_record(attempt, f"{seed:x}.drill.{begins:x}.{number:x}"))
        who = who._replace(account=attempt.account)
    return who, found


def _record(attempt: Attempt, id: str) -> Record:
    at = int(attempt.at)
    subject = f"{attempt.account}/{as_date(day_at(at)).isoformat()}"
    data = {
        "unit": attempt.unit,
        "application": attempt.application,
        "case": attempt.case,
        "channel": "screen" if attempt.screen else "automatic",
        "person": f"k1:{HASHED | (attempt.person & MASK):032x}",
        "result": attempt.result,
        "client": attempt.client,
    }
    return at, subject.encode(), event("lookup.performed", id, subject, at, written(data))
