"""Random histories of every domain besides cases and look-ups, as JSON events, made so that rules meet: few subjects,
ids and moments, and many ties, corrections, voidings and deadlines that fall together."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

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
# The deadlines: 24:00 of the first and second are among the moments, met and missed by a microsecond.
DAYS = st.sampled_from(("2024-01-31", "2024-02-05", "2024-02-05", "2024-02-29"))

_moment = st.sampled_from(MOMENTS)
_unit = st.sampled_from(UNITS)
_maybe_unit = st.one_of(st.none(), _unit)
_title = st.sampled_from(("Việc 1", 'Việc "2" \\ '))
_reason = st.sampled_from((None, "Chờ ý kiến"))
_system = st.sampled_from(("lgsp", "mot-cua "))
_few = st.sampled_from((0, 1, 7))
_sector = st.sampled_from(("ho-tich", "dat-dai"))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


def _data(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(fields).map(lambda d: {k: v for k, v in d.items() if v is not None})


def _parts(whole: str, *parts: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """``parts`` are each at most the ``whole``."""

    def scaled(said: Json) -> Json:
        return {**said, **{name: min(said[name], said[whole]) for name in parts}}

    return _data(**dict.fromkeys((whole, *parts), _few), **fields).map(scaled)


DATA: dict[str, dict[str, st.SearchStrategy[Json]]] = {
    "task": {
        "assigned": _data(
            title=_title,
            plan=st.sampled_from(("30/KH-UBND", "106/KH-UBND")),
            kind=st.sampled_from(("late", "pilot")),
            unit=_unit,
            due_on=_maybe(DAYS),
        ),
        "extended": _data(due_on=DAYS, document=_reason),
        "progressed": _data(percent=st.sampled_from((0, 40, 100)), evidence=_reason),
        "blocked": _data(by=_unit, reason=_reason),
        "unblocked": _data(),
        "done": _data(evidence=_reason),
        "cancelled": _data(document=_reason),
    },
    "dataset": {
        "measured": _parts(
            *("records", "digitised", "valid", "complete", "clean", "fresh"),
            sector=_sector,
            unit=st.sampled_from(UNITS[:2]),
            shared=_maybe(st.booleans()),
        )
    },
    "campaign": {
        "planned": _data(title=_title, sector=_sector, unit=_unit, planned=_few, due_on=DAYS),
        "progressed": _data(done=_few),
        "ended": _data(),
    },
    "system": {
        "measured": _data(
            system=_system,
            unit=_maybe_unit,
            reachable=st.booleans(),
            latency_ms=_maybe(st.sampled_from((0, 999, 1000))),
            requests=_maybe(_few),
            errors=_maybe(_few),
            capacity_permille=_maybe(st.sampled_from((899, 900))),
        )
    },
    "certificate": {
        "seen": _data(
            system=_system,
            unit=_maybe_unit,
            expires_at=st.sampled_from(("2024-03-02T06:59:59+07:00", "2024-03-01T23:59:59Z", "2024-09-01T00:00:00.5Z")),
        )
    },
    "backup": {"made": _data(system=_system, unit=_maybe_unit, ok=st.booleans(), size_bytes=_maybe(_few))},
    "milestone": {
        "planned": _data(title=_title, system=_system, unit=_maybe_unit, due_on=DAYS),
        "reached": _data(evidence=_reason),
    },
    "portal": {
        "published": _data(
            unit=st.sampled_from(UNITS[:2]),
            period=st.sampled_from(("2024-01", "2024-Q1", "2024", "2023-12", "2023-Q4")),
            component=st.just("DOSSIER_SYNC"),
            service=st.sampled_from((None, None, "1.001")),
            numerator=_few,
            denominator=_few,
            score_milli=_maybe(_few),
            published_on=_maybe(DAYS),
        )
    },
    "petition": {
        "received": _data(unit=_unit, kind=st.sampled_from(("procedure", "staff")), due_on=_maybe(DAYS)),
        "answered": _data(published=_maybe(st.booleans())),
        "rated": _data(likes=_few, dislikes=_few),
    },
    "activity": {
        "held": _data(unit=_unit, kind=st.sampled_from(("press", "social")), title=_maybe(_title), reached=_maybe(_few))
    },
    "training": {"held": _parts("invited", "attended", unit=_unit, course=st.sampled_from(("vneid", "so-hoa")))},
    "staffing": {"reported": _parts("staff", "trained", "it_staff", unit=st.sampled_from(UNITS[:2]))},
    "connection": {"cut": _data(reason=_reason), "restored": _data()},
    "limit": {
        "set": _data(
            scope=st.sampled_from(("account", "unit")),
            key=_maybe(_unit),
            window=st.sampled_from(("minute", "day")),
            lookups=_few,
        )
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


@st.composite
def events(draw: st.DrawFn, domain: str) -> Json:
    """A fact; a correction or a voiding of something under one of a few names; seldom a voiding of the whole."""
    kind = draw(st.sampled_from([*KINDS[domain]]))
    data, time = draw(DATA[domain][kind]), draw(_moment)
    subject = NAMED[domain](data, time) if domain in NAMED else draw(st.sampled_from(("A/1", "Đ-2")))
    said: tuple[str, datetime, Json] = (kind, time, data)
    how = draw(st.sampled_from(("fact",) * 8 + ("corrected", "corrected", "voided")))
    if how != "fact":
        other: Json = {"replaces": {"source": draw(st.sampled_from(SOURCES)), "id": draw(st.sampled_from(IDS))}}
        if how == "corrected":
            other["event"] = {"type": f"{domain}.{kind}.v1", "time": time.isoformat(), "data": data}
        said = (how, draw(_moment), other)
    return _event(
        domain,
        subject,
        draw(st.sampled_from(SOURCES)),
        draw(st.one_of(st.sampled_from(IDS), st.integers(0, 10**6).map("n{}".format))),
        *said,
    )


def _event(domain: str, subject: str, source: str, id: str, kind: str, time: datetime, data: Json) -> Json:
    return {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": f"{domain}.{kind}.v1",
        "subject": subject,
        "time": time.astimezone(UTC).isoformat(),
        "data": data,
    }


@st.composite
def histories(draw: st.DrawFn) -> list[Json]:
    """Of one to four domains; sometimes enough of one subject to come near and beyond the limit of a history (20), and
    sometimes a subject that is voided whole, with the voiding taken back half of the time."""
    domains = draw(st.lists(st.sampled_from([*KINDS]), min_size=1, max_size=4, unique=True))
    few = draw(st.booleans())
    said: list[Json] = []
    for domain in domains:
        said += draw(st.lists(events(domain), min_size=2, max_size=6 if few else 24))
    for event in draw(st.lists(st.sampled_from(said), max_size=2)):  # one id under another subject, or of another type
        domain = event["type"].partition(".")[0]
        said.append({**draw(events(domain)), "id": event["id"], "source": event["source"]})
    first = said[0]
    domain = first["type"].partition(".")[0]
    if not first["type"].endswith((".corrected.v1", ".voided.v1")):
        start = datetime.fromisoformat(first["time"])
        for number in range(draw(st.sampled_from((0, 0, 0, 12, 19, 20, 21)))):
            time = start + timedelta(microseconds=number % 3) if domain in NAMED else MOMENTS[number % len(MOMENTS)]
            if domain not in NAMED or NAMED[domain](first["data"], time) == first["subject"]:
                said.append({**first, "id": f"b{number}", "time": time.isoformat()})
    whole = draw(st.sampled_from((0, 0, 0, 1, 2)))
    if whole:
        said.append(_event(domain, first["subject"], SOURCES[1], "whole", "voided", draw(_moment), {}))
    if whole == 2:
        back = {"replaces": {"source": SOURCES[1], "id": "whole"}}
        said.append(_event(domain, first["subject"], SOURCES[0], "back", "voided", draw(_moment), back))
    return said


HISTORIES = histories()
