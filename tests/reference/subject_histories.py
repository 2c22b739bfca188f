"""Random histories of every domain besides cases and look-ups, as JSON events, made so that rules meet: few subjects,
ids and moments, and many ties, corrections, voidings and deadlines that fall together.

Drawn by plain chance: hypothesis prefers small and repeated draws, and met too few of the ties among so many domains.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from tests.reference.subjects import KINDS

Json = dict[str, Any]
PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")
SOURCES = ("urn:ioc:simulated", "urn:test:so")
IDS = tuple(f"e{n}" for n in range(6))
UNITS = ("so-tu-phap", " 26068 ", "Phường Trấn Biên")

# Around midnight in the province (17:00 UTC), within one hour, a month's end and a leap day.
MOMENTS = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2024-01-31T16:59:59.999999+00:00",
        "2024-01-31T17:00:00+00:00",
        "2024-01-31T17:00:00.000001+00:00",
        "2024-01-31T17:30:00+00:00",
        "2024-02-01T08:30:00+00:00",
        "2024-02-05T17:00:00+00:00",
        "2024-02-05T17:00:00.000001+00:00",
        "2024-02-28T17:00:00+00:00",
        "2024-02-29T16:59:59.999999+00:00",
        "2024-03-02T03:00:00+00:00",
    )
)
Draw = Callable[[Random], Any]


def _one(values: Sequence[Any]) -> Draw:
    return lambda random: random.choice(values)


def _maybe(values: Draw) -> Draw:
    return lambda random: values(random) if random.random() < 0.6 else None


def _data(**fields: Draw) -> Draw:
    def data(random: Random) -> Json:
        said = {name: draw(random) for name, draw in fields.items()}
        return {name: value for name, value in said.items() if value is not None}

    return data


def _parts(whole: str, *parts: str, **fields: Draw) -> Draw:
    """``parts`` are each at most the ``whole``."""
    plain = _data(**dict.fromkeys((whole, *parts), _few), **fields)

    def scaled(random: Random) -> Json:
        said: Json = plain(random)
        return {**said, **{name: min(said[name], said[whole]) for name in parts}}

    return scaled


# The deadlines: 24:00 of the first and second are among the moments, met and missed by a microsecond.
_day = _one(("2024-01-31", "2024-02-05", "2024-02-05", "2024-02-29"))
_unit = _one(UNITS)
_maybe_unit = _maybe(_unit)
_title = _one(("Việc 1", 'Việc "2" \\ '))
_reason = _one((None, "Chờ ý kiến"))
_system = _one(("lgsp", "mot-cua "))
_few = _one((0, 1, 7))
_sector = _one(("ho-tich", "dat-dai"))
_by = {"by": _one(("a1", "b2 ")), "by_name": _one(("Lãnh đạo", "Cán bộ"))}
_until = _one(("2024-02-01T00:00:00+07:00", "2024-02-06T00:00:00+07:00", "2024-03-01T09:00:00Z"))
_sentence = _one(("Xử lý xong 62 hồ sơ.", "Nêu nguyên nhân "))
_move = {**_by, "after": _one((1, 1, 2, 2, 3, 4))}


DATA: dict[str, dict[str, Draw]] = {
    "task": {
        "assigned": _data(
            title=_title,
            plan=_one(("30/KH-UBND", "106/KH-UBND")),
            kind=_one(("late", "pilot")),
            unit=_unit,
            due_on=_maybe(_day),
        ),
        "extended": _data(due_on=_day, document=_reason),
        "progressed": _data(percent=_one((0, 40, 100)), evidence=_reason),
        "blocked": _data(by=_unit, reason=_reason),
        "unblocked": _data(),
        "done": _data(evidence=_reason),
        "cancelled": _data(document=_reason),
    },
    "dataset": {
        "measured": _parts(
            *("records", "digitised", "valid", "complete", "clean", "fresh"),
            sector=_sector,
            unit=_one(UNITS[:2]),
            shared=_maybe(_one((True, False))),
        )
    },
    "campaign": {
        "planned": _data(title=_title, sector=_sector, unit=_unit, planned=_few, due_on=_day),
        "progressed": _data(done=_few),
        "ended": _data(),
    },
    "system": {
        "measured": _data(
            system=_system,
            unit=_maybe_unit,
            reachable=_one((True, False)),
            latency_ms=_maybe(_one((0, 999, 1000))),
            requests=_maybe(_few),
            errors=_maybe(_few),
            capacity_permille=_maybe(_one((899, 900))),
            unreadable=_maybe(_one(("line", "unfinished"))),
        )
    },
    "certificate": {
        "seen": _data(
            system=_system,
            unit=_maybe_unit,
            expires_at=_one(("2024-03-02T06:59:59+07:00", "2024-03-01T23:59:59Z", "2024-09-01T00:00:00.5Z")),
        )
    },
    "backup": {"made": _data(system=_system, unit=_maybe_unit, ok=_one((True, False)), size_bytes=_maybe(_few))},
    "milestone": {
        "planned": _data(title=_title, system=_system, unit=_maybe_unit, due_on=_day),
        "reached": _data(evidence=_reason),
    },
    "portal": {
        "published": _data(
            unit=_one(UNITS[:2]),
            period=_one(("2024-01", "2024-Q1", "2024", "2023-12", "2023-Q4")),
            component=_one(("DOSSIER_SYNC",)),
            service=_one((None, None, "1.001")),
            numerator=_few,
            denominator=_few,
            score_milli=_maybe(_few),
            published_on=_maybe(_day),
        )
    },
    "petition": {
        "received": _data(unit=_unit, kind=_one(("procedure", "staff")), due_on=_maybe(_day)),
        "answered": _data(published=_maybe(_one((True, False)))),
        "rated": _data(likes=_few, dislikes=_few),
    },
    "activity": {"held": _data(unit=_unit, kind=_one(("press", "social")), title=_maybe(_title), reached=_maybe(_few))},
    "training": {"held": _parts("invited", "attended", unit=_unit, course=_one(("vneid", "so-hoa")))},
    "staffing": {"reported": _parts("staff", "trained", "it_staff", unit=_one(UNITS[:2]))},
    "connection": {"cut": _data(reason=_reason), "restored": _data()},
    "limit": {
        "set": _data(
            scope=_one(("account", "unit")),
            key=_maybe(_unit),
            window=_one(("minute", "day")),
            lookups=_few,
        )
    },
    "directive": {
        "issued": _data(
            **_by,
            unit=_unit,
            sentence=_sentence,
            due_at=_until,
            post=_maybe(_one(("Trưởng phòng",))),
            aim=_maybe(_one(("on_time", "overdue "))),
            aim_procedure=_maybe(_one(("1.000001",))),
            aim_value=_maybe(_one((0, 7))),
            aim_whole=_maybe(_one((7, 9))),
            origin=_maybe(_one(("number", "case"))),
            origin_key=_maybe(_one(("overdue",))),
            group=_maybe(_one(("cd-1",))),
        ),
        "accepted": _data(**_move),
        "progressed": _data(**_by, sentence=_sentence, percent=_maybe(_one((0, 40))), evidence=_maybe(_sentence)),
        "asked": _data(**_move, due_at=_until, sentence=_sentence),
        "extended": _data(**_move, due_at=_until),
        "refused": _data(**_move, sentence=_maybe(_sentence)),
        "done": _data(**_move, sentence=_maybe(_sentence), evidence=_maybe(_sentence)),
        "cannot": _data(**_move, sentence=_sentence),
        "verified": _data(**_move, sentence=_maybe(_sentence)),
        "closed": _data(**_move, sentence=_sentence),
        "reopened": _data(**_move, sentence=_sentence, due_at=_maybe(_until)),
    },
    "hold": {
        "ordered": _data(
            **_by,
            scope=_one(("account", "unit")),
            key=_one(("cb.26041.03", "lien-thong ")),
            unit=_maybe_unit,
            measure=_one(("slow", "stop")),
            ends_at=_until,
            sentence=_sentence,
            finding=_maybe(_one(("f-1",))),
        ),
        "lifted": _data(**_by, after=_one((1, 1, 2)), sentence=_maybe(_sentence)),
        "accepted": _data(tries=_one((1, 3))),
        "refused": _data(reason=_one(("unknown_target", "other")), tries=_one((1, 3))),
        "ended": _data(tries=_one((1, 3))),
        "unanswered": _data(reached=_one((True, False))),
    },
}
assert DATA.keys() == KINDS.keys()
assert all(DATA[domain].keys() == KINDS[domain].keys() for domain in KINDS)


def _at(time: datetime, shape: str) -> str:
    return time.astimezone(PROVINCE).strftime(shape)


# The subjects that the contract makes of an event's own words; of any other, two will do.
NAMED: dict[str, Callable[[Json, datetime], str]] = {
    "dataset": lambda d, t: f"{d['sector']}/{d['unit'].strip()}/{_at(t, '%Y-%m')}",
    "system": lambda d, t: f"{d['system'].strip()}/{_at(t, '%Y-%m-%dT%H')}",
    "backup": lambda d, t: f"{d['system'].strip()}/{_at(t, '%Y-%m')}",
    "staffing": lambda d, t: f"{d['unit'].strip()}/{_at(t, '%Y-%m')}",
    "portal": lambda d, t: "/".join(
        [d["unit"].strip(), d["period"], d["component"], *([d["service"]] if "service" in d else [])]
    ),
}


def _subject(random: Random, domain: str, data: Json, time: datetime) -> str:
    if domain in NAMED:
        return NAMED[domain](data, time)
    return random.choice(("A/1", "A/1", "Đ-2"))


def event(random: Random, domain: str) -> Json:
    """A fact; or a correction or a voiding of something under one of a few names."""
    kind = random.choice([*KINDS[domain]])
    data, time = DATA[domain][kind](random), random.choice(MOMENTS)
    subject = _subject(random, domain, data, time)
    source, id = random.choice(SOURCES), random.choice((*IDS, f"n{random.randrange(10**6)}"))
    how = random.choice(("fact",) * 8 + ("corrected", "corrected", "voided"))
    if how == "fact":
        return _event(domain, subject, source, id, kind, time, data)
    other: Json = {"replaces": {"source": random.choice(SOURCES), "id": random.choice(IDS)}}
    if how == "corrected":
        other["event"] = {"type": f"{domain}.{kind}.v1", "time": time.isoformat(), "data": data}
    return _event(domain, subject, source, id, how, random.choice(MOMENTS), other)


def _event(domain: str, subject: str, source: str, id: str, kind: str, time: datetime, data: Json) -> Json:
    return {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": f"{domain}.{kind}.v1",
        "subject": subject,
        "time": time.isoformat(),
        "data": data,
    }


def history(random: Random) -> list[Json]:
    """Of two or three domains, more often of those in which most rules meet; with other versions of its events at their
    very moments; sometimes enough of one subject to come near and beyond the limit of a history (20), and sometimes a
    subject that is voided whole, with the voiding taken back half of the time."""
    domains = {random.choice(("task", "petition", "directive", "hold", *KINDS)) for _ in range(3)}
    said = [event(random, domain) for domain in sorted(domains) for _ in range(random.choice((3, 8, 16)))]
    for one in random.choices(said, k=3):
        domain, kind, _ = one["type"].split(".")
        if kind in KINDS[domain]:
            data, time = DATA[domain][kind](random), datetime.fromisoformat(one["time"])
            if domain not in NAMED or NAMED[domain](data, time) == one["subject"]:
                said.append({**one, "data": data})
    first = random.choice(said)
    domain, kind, _ = first["type"].split(".")
    start = datetime.fromisoformat(first["time"])
    held = sum(one["type"].startswith(f"{domain}.") and one["subject"] == first["subject"] for one in said)
    wanted = random.choice((0, 0, 0, 19, 20, 21)) if kind in KINDS[domain] else 0
    for number in range(wanted - held):
        time = start + timedelta(microseconds=number % 3) if domain in NAMED else MOMENTS[number % len(MOMENTS)]
        if domain not in NAMED or NAMED[domain](first["data"], time) == first["subject"]:
            said.append({**first, "id": f"b{number}", "time": time.isoformat()})
    whole = random.choice((0, 0, 0, 1, 2))
    if whole:
        said.append(_event(domain, first["subject"], SOURCES[1], "whole", "voided", random.choice(MOMENTS), {}))
    if whole == 2:
        back = {"replaces": {"source": SOURCES[1], "id": "whole"}}
        said.append(_event(domain, first["subject"], SOURCES[0], "back", "voided", random.choice(MOMENTS), back))
    return said
