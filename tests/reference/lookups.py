"""What look-ups come to, in plain Python: every rule spelt out from the contract's words, sharing no code with streams.

The rules (schemas/domain.py, schemas/lookups.py): of several versions of one (source, id) of a subject the greatest
(time, digest) counts; a correction or a voiding takes the event that it names out, whatever becomes of itself; of
several that name one event the last decides (time; a correction before a voiding; source, id), and if that is a
correction, its fact stands, unless the correction is itself named; a voiding without a name takes the whole subject
out, unless named.
"""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

Json = dict[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PROVINCE = timedelta(hours=7)
BOUNDS = (100, 250, 500, 1000, 2500, 5000, 10000)
FIELDS = ("unit", "application", "purpose", "case", "channel", "person", "fields", "result", "latency_ms", "client")


class Version(NamedTuple):
    """One event as it was said; equal versions are one."""

    subject: str
    source: str
    id: str
    time: int  # microseconds
    digest: bytes
    kind: str
    said: str  # the canonical data


class Stands(NamedTuple):
    """A look-up that stands, under the name of who said it last."""

    subject: str
    source: str
    id: str
    time: int
    data: Json


def micros(written: str) -> int:
    return (datetime.fromisoformat(written) - EPOCH) // timedelta(microseconds=1)


def lean(data: Json) -> Json:
    return {name: data[name] for name in FIELDS if data.get(name) not in (None, [])}


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def version(event: Json) -> Version:
    kind, data = event["type"].split(".")[1], event["data"]
    if kind == "performed":
        said: Json = lean(data)
    else:
        replaces = data.get("replaces")
        said = {"replaces": [replaces["source"], replaces["id"]]} if replaces else {}
        if kind == "corrected":
            fact = data["event"]
            said |= {"kind": "performed", "time": micros(fact["time"]), "event": lean(fact["data"])}
    time = micros(event["time"])
    form = compact([event["subject"], kind, time, event["source"], event["id"], said])
    digest = sha256(form.encode()).digest()
    return Version(event["subject"], event["source"], event["id"], time, digest, kind, compact(said))


def stands(events: list[Json]) -> list[Stands]:
    """The look-ups that stand after these events, in any order."""
    subjects: dict[str, dict[tuple[str, str], Version]] = {}
    for event in events:
        v = version(event)
        names = subjects.setdefault(v.subject, {})
        held = names.get((v.source, v.id))
        if held is None or (v.time, v.digest) > (held.time, held.digest):
            names[v.source, v.id] = v
    found = []
    for subject, names in subjects.items():
        naming: dict[tuple[str, str], list[Version]] = {}
        whole = []
        for v in names.values():
            said = json.loads(v.said)
            if v.kind == "performed":
                continue
            if "replaces" in said:
                naming.setdefault(tuple(said["replaces"]), []).append(v)
            else:
                whole.append(v)
        if any((v.source, v.id) not in naming for v in whole):
            continue
        for v in names.values():
            if (v.source, v.id) in naming:
                continue
            said = json.loads(v.said)
            if v.kind == "performed":
                found.append(Stands(subject, v.source, v.id, v.time, said))
            elif v.kind == "corrected":
                rivals = naming[tuple(said["replaces"])]
                if v == max(rivals, key=lambda r: (r.time, r.kind == "voided", r.source, r.id)):
                    found.append(Stands(subject, v.source, v.id, said["time"], said["event"]))
    return sorted(found, key=lambda s: s[:4])


def counts(look: Stands) -> Counter[str]:
    data = look.data
    amounts = Counter({"lookups": 1})
    if "case" not in data:
        amounts["without_case"] = 1
    named = {"not_found": "not_found", "mismatch": "mismatch", "error": "errors"}.get(data["result"])
    if named:
        amounts[named] = 1
    if data["channel"] == "automatic":
        amounts["automatic"] = 1
    if "latency_ms" in data:
        latency = data["latency_ms"]
        amounts["timed"], amounts["latency_total"] = 1, latency
        fitting = [bound for bound in BOUNDS if latency <= bound]
        if fitting:
            amounts[f"latency_{fitting[0]}"] = 1
    return amounts


def by_unit_hour(looks: list[Stands]) -> dict[tuple[Any, ...], Counter[str]]:
    """By (unit, application, channel, beginning of the hour)."""
    sums: dict[tuple[Any, ...], Counter[str]] = {}
    for look in looks:
        at = EPOCH + timedelta(microseconds=look.time)
        hour = at.replace(minute=0, second=0, microsecond=0)
        key = (look.data["unit"], look.data["application"], look.data["channel"], hour)
        sums.setdefault(key, Counter()).update(counts(look))
    return sums


def by_account_day(looks: list[Stands]) -> dict[tuple[Any, ...], Counter[str]]:
    """By (account, unit, day in the province)."""
    sums: dict[tuple[Any, ...], Counter[str]] = {}
    for look in looks:
        day: date = (EPOCH + timedelta(microseconds=look.time) + PROVINCE).date()
        amounts = {name: n for name, n in counts(look).items() if name not in {f"latency_{b}" for b in BOUNDS}}
        sums.setdefault((look.subject[:-11], look.data["unit"], day), Counter()).update(amounts)
    return sums
