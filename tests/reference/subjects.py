"""What the tables of every domain besides cases and look-ups must hold after any set of events, in any order.

Slow and plain on purpose, like ``cases``: it works on the events as JSON objects, looks at the whole history for every
question, and shares no code with ``streams`` or ``schemas``. ``domain_rules`` has what each domain's facts mean.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from tests.reference.directives import directive
from tests.reference.domain_rules import RULES as OTHERS
from tests.reference.domain_rules import Key, Outcome
from tests.reference.facts import SIMULATED, Fact, Json, microseconds, province_day
from tests.reference.holds import hold

RULES = OTHERS | {"directive": directive, "hold": hold}
OVERSIZED_DAY = date(2022, 1, 1)  # Project 06 begins in the month of its decision

# Kinds in the order in which they stand at equal moments, with their fields as the contract lists them. "*" marks a key
# (blanks around it are dropped), "@" a moment (written in UTC), "=" a field whose default is left out like None.
KINDS: dict[str, dict[str, str]] = {
    "task": {
        "assigned": "title plan* kind unit* due_on",
        "extended": "due_on document",
        "progressed": "percent evidence",
        "blocked": "by* reason",
        "unblocked": "",
        "done": "evidence",
        "cancelled": "document",
    },
    "dataset": {"measured": "sector* unit* records digitised valid complete clean fresh shared="},
    "campaign": {"planned": "title sector* unit* planned due_on", "progressed": "done", "ended": ""},
    "system": {"measured": "system* unit* reachable latency_ms requests errors capacity_permille unreadable"},
    "certificate": {"seen": "system* unit* expires_at@"},
    "backup": {"made": "system* unit* ok size_bytes"},
    "milestone": {"planned": "title system* unit* due_on", "reached": "evidence"},
    "portal": {"published": "unit* period component* service* numerator denominator score_milli published_on"},
    "petition": {"received": "unit* kind due_on", "answered": "published=", "rated": "likes dislikes"},
    "activity": {"held": "unit* kind title reached="},
    "training": {"held": "unit* course* attended invited"},
    "staffing": {"reported": "unit* staff trained it_staff"},
    "connection": {"cut": "reason", "restored": ""},
    "limit": {"set": "scope key* window lookups"},
    "directive": {
        "issued": "by* by_name* unit* sentence* due_at@ post* aim* aim_procedure* aim_value aim_whole origin"
        " origin_key* group*",
        "accepted": "by* by_name* after",
        "progressed": "by* by_name* sentence* percent evidence*",
        "asked": "by* by_name* after due_at@ sentence*",
        "extended": "by* by_name* after due_at@",
        "refused": "by* by_name* after sentence*",
        "done": "by* by_name* after sentence* evidence*",
        "cannot": "by* by_name* after sentence*",
        "verified": "by* by_name* after sentence*",
        "closed": "by* by_name* after sentence*",
        "reopened": "by* by_name* after sentence* due_at@",
    },
    "hold": {
        "ordered": "by* by_name* scope key* unit* measure ends_at@ sentence* finding*",
        "lifted": "by* by_name* after sentence*",
        "accepted": "tries",
        "refused": "reason tries",
        "ended": "tries",
        "unanswered": "reached",
    },
}


def named(type_: str) -> tuple[str, str]:
    """``task.done.v1`` → ``task``, ``done``."""
    domain, kind, _ = type_.split(".")
    return domain, kind


def canonical(domain: str, kind: str, data: Json) -> Json:
    """The data as histories and the event table hold them."""
    if kind in ("corrected", "voided"):
        out: Json = {}
        if data.get("replaces") is not None:
            out["replaces"] = [data["replaces"]["source"], data["replaces"]["id"]]
        if kind == "corrected":
            said = data["event"]
            inner = named(said["type"])[1]
            out |= {"kind": inner, "time": microseconds(datetime.fromisoformat(said["time"]))}
            out["event"] = canonical(domain, inner, said["data"])
        return out
    written = {}
    for word in KINDS[domain][kind].split():
        name, mark = word.rstrip("*@="), word[-1]
        value = data.get(name)
        if value is None or (mark == "=" and not value):
            continue
        if mark == "*":
            value = value.strip(" ")
        elif mark == "@":
            value = datetime.fromisoformat(value).astimezone(UTC).isoformat().replace("+00:00", "Z")
        written[name] = value
    return written


@dataclass(frozen=True)
class Held:
    """One version of one event, as it was sent."""

    fact: Fact
    rank: int
    entry: list[Any]
    digest: bytes

    @classmethod
    def of(cls, event: Json) -> "Held":
        domain, kind = named(event["type"])
        time = datetime.fromisoformat(event["time"]).astimezone(UTC)
        data = canonical(domain, kind, event["data"])
        entry = [kind, microseconds(time), event["source"], event["id"], data]
        text = json.dumps([event["subject"], *entry], ensure_ascii=False, separators=(",", ":"))
        fact = Fact(kind, time, event["source"], event["id"], event["data"])
        return cls(fact, rank(domain, kind), entry, hashlib.sha256(text.encode()).digest())

    @property
    def place(self) -> tuple[datetime, int, str, str]:
        return (self.fact.time, self.rank, self.fact.source, self.fact.id)


def rank(domain: str, kind: str) -> int:
    return [*KINDS[domain], "corrected", "voided"].index(kind)


@dataclass
class Subject:
    """Everything that may be asked about one subject, each answer from its whole history."""

    domain: str
    subject: str
    limit: int
    versions: dict[bytes, Held] = field(default_factory=dict)  # by digest: the same event again is nothing new

    @property
    def oversized(self) -> bool:
        return len(self.versions) > self.limit

    @cached_property
    def history(self) -> list[list[Any]]:
        if self.oversized:
            return []
        return [held.entry for held in sorted(self.versions.values(), key=lambda h: (h.place, h.digest))]

    @cached_property
    def counted(self) -> list[Held]:
        """Of the versions of one event, the one with the greatest time and then digest."""
        best: dict[tuple[str, str], Held] = {}
        for held in self.versions.values():
            other = best.get(held.fact.name)
            if other is None or (held.fact.time, held.digest) > (other.fact.time, other.digest):
                best[held.fact.name] = held
        return list(best.values())

    @cached_property
    def outvoted(self) -> list[Fact]:
        counted = {id(held) for held in self.counted}
        return [held.fact for held in self.versions.values() if id(held) not in counted]

    @cached_property
    def speaks_for(self) -> dict[tuple[str, str], Held]:
        """Events that a correction or a voiding names, and the last one that does."""
        last: dict[tuple[str, str], Held] = {}
        for held in sorted(self.counted, key=lambda h: h.place):
            if held.fact.replaces is not None:
                last[held.fact.replaces] = held
        return last

    @cached_property
    def facts(self) -> list[Fact]:
        """What stands of it all, in order."""
        told: list[tuple[tuple[Any, ...], Fact]] = []
        for held in self.counted:
            fact, place = held.fact, held.place
            if fact.name in self.speaks_for or fact.kind == "voided":
                continue
            if fact.kind == "corrected":
                if fact.replaces is None or self.speaks_for[fact.replaces] is not held:
                    continue
                said = fact.data["event"]
                kind, time = named(said["type"])[1], datetime.fromisoformat(said["time"]).astimezone(UTC)
                fact = Fact(kind, time, fact.source, fact.id, said["data"])
                place = (time, rank(self.domain, kind), fact.source, fact.id)
            told.append((place, fact))
        return [fact for _, fact in sorted(told, key=lambda pair: pair[0])]

    @cached_property
    def voided_at(self) -> datetime | None:
        """A voiding that names nothing voids the whole subject, unless it is itself named."""
        moments = [
            held.fact.time
            for held in self.counted
            if held.fact.kind == "voided" and held.fact.replaces is None and held.fact.name not in self.speaks_for
        ]
        return min(moments, default=None)

    @cached_property
    def outcome(self) -> Outcome:
        if self.oversized:
            return Outcome(amounts=Counter({("oversized", "", "", OVERSIZED_DAY): 1}))
        if self.voided_at is not None:
            return Outcome(amounts=Counter({("voided", "", "", province_day(self.voided_at)): 1}))
        out: Outcome = RULES[self.domain](self.facts)
        for fact in self.outvoted:
            out.amounts["conflicts", out.unit, out.part, province_day(fact.time)] += 1
        return out

    @property
    def state(self) -> Json:
        """The columns of ``subject_state``."""
        out = self.outcome
        plain = not self.oversized and self.voided_at is None
        counts = [*self.facts, *self.outvoted] if plain else []  # what it counts anything for
        return {
            "unit": out.unit,
            "part": out.part,
            "standing": out.standing,
            "title": out.title,
            "opened_at": out.opened,
            "due_at": out.due,
            "ended_at": out.ended,
            "last_at": max((fact.time for fact in counts), default=None),
            "voided_at": None if self.oversized else self.voided_at,
            "oversized": self.oversized,
            "simulated": not self.oversized and any(h.fact.source == SIMULATED for h in self.versions.values()),
            "detail": out.detail,
        }


@dataclass
class Subjects:
    """All subjects, and the sums over them."""

    by_name: dict[tuple[str, str], Subject]

    @classmethod
    def after(cls, events: Iterable[Json], limit: int) -> "Subjects":
        found: dict[tuple[str, str], Subject] = {}
        for event in events:
            name = (named(event["type"])[0], event["subject"].strip(" "))
            held = Held.of({**event, "subject": name[1]})
            found.setdefault(name, Subject(*name, limit)).versions[held.digest] = held
        return cls(found)

    def figures(self) -> dict[tuple[str, str, str, str, date], tuple[int, int]]:
        """Amount and number of subjects by (domain, counter, unit, part, day)."""
        sums: dict[tuple[str, str, str, str, date], tuple[int, int]] = {}
        for (domain, _), subject in self.by_name.items():
            for (counter, unit, part, day), amount in subject.outcome.amounts.items():
                before = sums.get((domain, counter, unit, part, day), (0, 0))
                sums[domain, counter, unit, part, day] = (before[0] + amount, before[1] + 1)
        return sums

    def tables(self) -> dict[str, Any]:
        """What ``subject_*`` must hold; see ``subject_tables``."""
        subjects = self.by_name.items()
        return {
            "events": sorted(
                (*name, held.digest.hex(), *held.entry) for name, s in subjects for held in s.versions.values()
            ),
            "histories": {name: (s.oversized, s.history) for name, s in subjects},
            "states": {name: s.state for name, s in subjects},
            "contributions": {name: dict(s.outcome.amounts) for name, s in subjects},
            "figures": self.figures(),
        }


__all__ = ["KINDS", "Key", "Subject", "Subjects"]
