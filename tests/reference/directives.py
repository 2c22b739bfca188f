"""What a directive has come to, from the facts that stand. See ``domain_rules``."""

from datetime import datetime

from tests.reference.domain_rules import Outcome, key, of
from tests.reference.facts import Fact, microseconds

# Where a directive can be when this is said of it, and where it is then.
STEPS: dict[str, tuple[str, str]] = {
    "accepted": ("issued", "accepted"),
    "asked": ("issued accepted", "asking"),
    "extended": ("issued accepted asking cannot", "accepted"),
    "refused": ("asking", "accepted"),
    "done": ("issued accepted asking cannot", "done"),
    "cannot": ("issued accepted asking", "cannot"),
    "verified": ("done", "verified"),
    "closed": ("issued accepted asking cannot done", "closed"),
    "reopened": ("done cannot verified closed", "accepted"),
}


def directive(facts: list[Fact]) -> Outcome:
    orders, out = of(facts, "issued"), Outcome()
    if not orders:
        return out
    order = orders[0].data
    out.unit, out.part, out.title = key(order, "unit"), key(order, "aim"), order["sentence"].strip(" ")
    out.opened, out.due, out.standing = orders[0].time, datetime.fromisoformat(order["due_at"]), "issued"
    out.count("issued", out.opened)
    walked, said_done = [orders[0]], None
    while True:
        here = [f for f in of(facts, *STEPS) if f.data["after"] == len(walked)]
        step = next((f for f in here if out.standing in STEPS[f.kind][0].split()), None)
        if step is None:
            break
        walked.append(step)
        out.standing = STEPS[step.kind][1]
        if step.kind in ("extended", "reopened") and step.data.get("due_at"):
            out.due = datetime.fromisoformat(step.data["due_at"])
        out.count("extensions", step.time, step.kind == "extended")
        if step.kind == "done":
            said_done = (step.time, "done_on_time" if step.time <= out.due else "done_late")
        elif step.kind == "reopened":
            said_done = None
    last = walked[-1]
    if said_done is not None:
        out.count("done", said_done[0])
        out.count(said_done[1], said_done[0])
    out.count("verified", last.time, out.standing == "verified")
    out.ended = last.time if out.standing in ("verified", "closed") else None
    shares = [f.data["percent"] for f in of(facts, "progressed") if f.data.get("percent") is not None]
    asked = datetime.fromisoformat(last.data["due_at"]) if out.standing == "asking" else None
    beaten = list(orders[1:]) + [f for f in of(facts, *STEPS) if f.data["after"] < len(walked)]
    out.detail = {
        "revision": len(walked),
        "by": key(order, "by"),
        "by_name": key(order, "by_name"),
        "post": key(order, "post") or None,
        "aim_procedure": key(order, "aim_procedure") or None,
        "aim_value": order.get("aim_value"),
        "aim_whole": order.get("aim_whole"),
        "origin": order.get("origin"),
        "origin_key": key(order, "origin_key") or None,
        "group": key(order, "group") or None,
        "percent": 100 if out.standing in ("done", "verified") else shares[-1] if shares else 0,
        "asked_until": microseconds(asked) if asked else None,
        "moved_at": microseconds(last.time),
        "moved_by": key(last.data, "by_name"),
        "overtaken": [f.id for f in facts if f in beaten and f not in walked],
    }
    return out
