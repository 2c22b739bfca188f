"""What a subject of each domain has come to, from the facts that stand. See ``subjects``.

Written from the meaning of the counters and the sentences of the contract, domain by domain. A fact's data are the
event's own JSON. Moments are aware datetimes, days are dates of the province.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.reference.facts import Fact, Json, deadline, province_day

Key = tuple[str, str, str, date]  # counter, unit, part, day


@dataclass
class Outcome:
    unit: str = ""
    part: str = ""
    standing: str = ""
    title: str | None = None
    opened: datetime | None = None
    due: datetime | None = None
    ended: datetime | None = None
    detail: Json = field(default_factory=dict)
    amounts: Counter[Key] = field(default_factory=Counter)  # a level may be zero; a flow of zero is no entry

    def count(self, counter: str, at: datetime, amount: int = 1) -> None:
        """A flow, for the unit and part that are set already."""
        if amount:
            self.amounts[counter, self.unit, self.part, province_day(at)] += amount


def key(data: Json, name: str) -> str:
    """A key as the contract reads it: blanks around it are no part of it."""
    return str(data.get(name) or "").strip(" ")


def of(facts: Iterable[Fact], *kinds: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind in kinds]


def uncounted(out: Outcome) -> Outcome:
    """What nobody was given, planned or received counts for nobody."""
    out.amounts.clear()
    return out


def task(facts: list[Fact]) -> Outcome:
    assigned, done, cancelled = of(facts, "assigned"), of(facts, "done"), of(facts, "cancelled")
    end = next(iter(done or cancelled), None)
    out = Outcome()
    if assigned:
        last = assigned[-1].data
        out.unit, out.part, out.title = key(last, "unit"), key(last, "plan"), last["title"]
        out.opened = assigned[0].time
        out.count("assigned", assigned[0].time)
    for fact in of(facts, "extended"):
        out.count("extensions", fact.time)
    for fact in of(facts, "progressed"):
        out.count("reports", fact.time)
    given = [fact for fact in of(facts, "assigned", "extended") if end is None or fact.time <= end.time]
    out.due = next((day for day in (deadline(fact.data) for fact in reversed(given)) if day is not None), None)
    blocks = of(facts, "blocked", "unblocked")
    blocked = bool(blocks) and blocks[-1].kind == "blocked"
    if end is not None:
        out.standing, out.ended = end.kind, end.time
        out.count(end.kind, end.time)
        if end.kind == "done" and out.due is not None:
            out.count("done_on_time" if end.time <= out.due else "done_late", end.time)
    elif assigned:
        out.standing = "blocked" if blocked else "open"
    reports = of(facts, "progressed")
    out.detail = {
        "kind": assigned[-1].data["kind"] if assigned else None,
        "percent": 100 if done else reports[-1].data["percent"] if reports else 0,
        "blocked_by": key(blocks[-1].data, "by") if out.standing == "blocked" else None,
    }
    return out if assigned else uncounted(out)


CHECKS = ("digitised", "valid", "complete", "clean", "fresh")


def dataset(facts: list[Fact]) -> Outcome:
    out = Outcome()
    for fact in facts:
        out.unit, out.part = key(fact.data, "unit"), key(fact.data, "sector")
        out.count("measurements", fact.time)
        for name in ("records", *CHECKS):  # the later of a day stands in the place of the earlier
            out.amounts[name, out.unit, out.part, province_day(fact.time)] = fact.data[name]
        shared = fact.data["records"] if fact.data.get("shared") else 0
        out.amounts["shared", out.unit, out.part, province_day(fact.time)] = shared
    if facts:
        last = facts[-1].data
        out.standing = "shared" if last.get("shared") else "held"
        out.opened = facts[0].time
        out.detail = {name: last[name] for name in ("records", *CHECKS)} | {"shared": bool(last.get("shared"))}
    return out


def campaign(facts: list[Fact]) -> Outcome:
    plans, progress, ends = of(facts, "planned"), of(facts, "progressed"), of(facts, "ended")
    out = Outcome(detail={"planned": None, "done": progress[-1].data["done"] if progress else 0})
    if plans:
        last = plans[-1].data
        out.unit, out.part, out.title = key(last, "unit"), key(last, "sector"), last["title"]
        out.opened, out.due, out.standing = plans[0].time, deadline(last), "running"
        out.detail["planned"] = last["planned"]
        out.count("planned", plans[0].time)
    if ends:
        out.ended, out.standing = ends[0].time, "ended"
        out.count("ended", ends[0].time)
    return out if plans else uncounted(out)


def system(facts: list[Fact]) -> Outcome:
    if not facts:
        return Outcome()
    last = facts[-1].data
    units = [key(fact.data, "unit") for fact in facts if key(fact.data, "unit")]
    out = Outcome(unit=(units or [""])[-1], part=key(last, "system"), opened=facts[0].time)
    out.standing = ("unread" if last.get("unreadable") else "up") if last["reachable"] else "down"
    out.detail = {name: last.get(name) for name in ("latency_ms", "capacity_permille")}
    if last.get("unreadable"):
        out.detail["unreadable"] = last["unreadable"]
    for fact in facts:
        latency, capacity = fact.data.get("latency_ms"), fact.data.get("capacity_permille")
        out.count("looks", fact.time)
        out.count("unreachable", fact.time, not fact.data["reachable"])
        out.count("requests", fact.time, fact.data.get("requests") or 0)
        out.count("errors", fact.time, fact.data.get("errors") or 0)
        out.count("timed", fact.time, latency is not None)
        if latency is not None:  # the sum of latencies is known, and may be nothing
            out.amounts["latency_total", out.unit, out.part, province_day(fact.time)] += latency
        out.count("slow", fact.time, latency is not None and latency >= 1_000)
        out.count("full", fact.time, capacity is not None and capacity >= 900)
        out.count("unreadable", fact.time, bool(fact.data.get("unreadable")))
    return out


def certificate(facts: list[Fact]) -> Outcome:
    if not facts:
        return Outcome()
    last = facts[-1].data
    out = Outcome(key(last, "unit"), key(last, "system"), "held", opened=facts[0].time)
    out.due = datetime.fromisoformat(last["expires_at"])
    out.count("seen", facts[0].time)
    return out


def backup(facts: list[Fact]) -> Outcome:
    if not facts:
        return Outcome()
    last = facts[-1].data
    out = Outcome(key(last, "unit"), key(last, "system"), "ok" if last["ok"] else "failed", opened=facts[0].time)
    out.detail = {"size_bytes": last.get("size_bytes")}
    for fact in facts:
        out.count("made" if fact.data["ok"] else "failed", fact.time)
    return out


def milestone(facts: list[Fact]) -> Outcome:
    plans, reached = of(facts, "planned"), of(facts, "reached")
    out = Outcome()
    if plans:
        last = plans[-1].data
        out.unit, out.part, out.title = key(last, "unit"), key(last, "system"), last["title"]
        out.opened, out.due, out.standing = plans[0].time, deadline(last), "open"
        out.count("planned", plans[0].time)
    if reached:
        out.ended, out.standing = reached[0].time, "reached"
        out.count("reached", reached[0].time)
    return out


def portal(facts: list[Fact]) -> Outcome:
    if not facts:
        return Outcome()
    last = facts[-1].data
    period, year = last["period"], int(last["period"][:4])
    if "Q" in period:
        kind, first = "quarter", date(year, {"1": 1, "2": 4, "3": 7, "4": 10}[period[-1]], 1)
    elif "-" in period:
        kind, first = "month", date(year, int(period[-2:]), 1)
    else:
        kind, first = "year", date(year, 1, 1)
    part = f"{kind}/{key(last, 'component')}" + (f"/{key(last, 'service')}" if last.get("service") else "")
    out = Outcome(key(last, "unit"), part, "published", opened=facts[0].time)
    out.detail = {n: last.get(n) for n in ("period", "numerator", "denominator", "score_milli", "published_on")}
    for counter in ("numerator", "denominator", "score_milli"):
        if last.get(counter) is not None:
            out.amounts[counter, out.unit, part, first] = last[counter]
    out.amounts["figures", out.unit, part, first] = 1
    return out


def petition(facts: list[Fact]) -> Outcome:
    received, answered, rated = of(facts, "received"), of(facts, "answered"), of(facts, "rated")
    disliked = bool(rated) and rated[-1].data["dislikes"] > rated[-1].data["likes"]
    out = Outcome(detail={"disliked": disliked} if rated else {})
    if received:
        out.unit, out.part = key(received[-1].data, "unit"), received[-1].data["kind"]
        out.opened, out.standing = received[0].time, "open"
        given = [due for due in (deadline(fact.data) for fact in received) if due is not None]
        out.due = given[-1] if given else None
        out.count("received", received[0].time)
    if answered:
        out.ended, out.standing = answered[0].time, "answered"
        out.count("answered", out.ended)
        out.count("disliked", out.ended, disliked)
        if out.due is not None:
            out.count("answered_on_time" if out.ended <= out.due else "answered_late", out.ended)
    return out if received else uncounted(out)


def _held(part: str, *amounts: str) -> Callable[[list[Fact]], Outcome]:
    def outcome(facts: list[Fact]) -> Outcome:
        if not facts:
            return Outcome()
        last = facts[-1]
        out = Outcome(key(last.data, "unit"), key(last.data, part), "held", opened=last.time)
        out.title = last.data.get("title")
        out.detail = {name: last.data.get(name, 0) for name in amounts}
        out.count("held", last.time)
        for name in amounts:
            out.count(name, last.time, last.data.get(name, 0))
        return out

    return outcome


def staffing(facts: list[Fact]) -> Outcome:
    out = Outcome()
    for fact in facts:
        out.unit, out.standing, out.opened = key(fact.data, "unit"), "reported", facts[0].time
        out.detail = {name: fact.data[name] for name in ("staff", "trained", "it_staff")}
        for name, amount in out.detail.items():
            out.amounts[name, out.unit, "", province_day(fact.time)] = amount
    return out


def connection(facts: list[Fact]) -> Outcome:
    out = Outcome()
    for fact in facts:
        cut = fact.kind == "cut"
        out.standing, out.opened = ("cut" if cut else "up"), fact.time
        out.title = fact.data.get("reason") if cut else None
        out.count("cuts" if cut else "restorations", fact.time)
    return out


def limit(facts: list[Fact]) -> Outcome:
    if not facts:
        return Outcome()
    last = facts[-1]
    out = Outcome(part=last.data["scope"], standing="set", opened=last.time)
    out.detail = {"key": key(last.data, "key") or None, "window": last.data["window"], "lookups": last.data["lookups"]}
    for fact in facts:
        out.count("changes", fact.time)
    return out


RULES: dict[str, Callable[[list[Fact]], Any]] = {
    "task": task,
    "dataset": dataset,
    "campaign": campaign,
    "system": system,
    "certificate": certificate,
    "backup": backup,
    "milestone": milestone,
    "portal": portal,
    "petition": petition,
    "activity": _held("kind", "reached"),
    "training": _held("course", "attended", "invited"),
    "staffing": staffing,
    "connection": connection,
    "limit": limit,
}
