"""What is said of a case beside its life, asked of its facts in order: the national portal's word and the chain."""

from collections.abc import Sequence
from datetime import datetime

from tests.reference.facts import HAZARDS, Fact, Json

ENDS = (3, 7, 8, 9, 10)


def portal_columns(facts: Sequence[Fact], ended_at: datetime | None) -> Json:
    """The portal's status is its own last word or the last status that it took; refused messages say nothing. It has
    the case as ended since the earliest of the end statuses that its history ends with."""
    heard = [
        f for f in facts if f.kind == "portal_status" or (f.kind == "synced" and f.data.get("answer") != "refused")
    ]
    statuses = [
        f.data.get("portal_status") or (f.data.get("sent_status") if f.data.get("answer") == "taken" else None)
        for f in heard
    ]
    codes = [f.data.get("portal_code") for f in heard]
    spoken = [(f, status) for f, status in zip(heard, statuses, strict=True) if status]
    since = None
    for fact, status in reversed(spoken):
        if status not in ENDS:
            break
        since = fact.time
        if fact.kind == "synced" and ended_at is not None and ended_at < fact.time:
            since = ended_at
    return {
        "portal_status": next((status for status in reversed(statuses) if status), None),
        "portal_code": next((code for code in reversed(codes) if code), None),
        "synced_at": max((f.time for f in heard if f.kind == "synced"), default=None),
        "portal_ended_at": since,
        "portal_rewritten": bool(spoken) and "status_rewritten" in spoken[-1][0].data.get("hazards", ()),
    }


def place(fact: Fact) -> str | None:
    """Where the step waits after this hand-over; nowhere once it is done or returned."""
    if fact.data["state"] in ("done", "returned"):
        return None
    if fact.data["state"] == "sent" and fact.data.get("to"):
        return str(fact.data["to"]).strip(" ")
    return str(fact.data["agency"]).strip(" ")


def chain_columns(facts: Sequence[Fact], *, ended: bool) -> Json:
    """The step that has waited longest, of those that wait. It waits since it came to where it is."""
    row: Json = {"chain": None, "chain_step": None, "chain_agency": None, "chain_since": None}
    steps = [f for f in facts if f.kind == "chain_step"]
    if not steps:
        return row
    row["chain"] = steps[-1].data["chain"]
    waits = []
    for step in {f.data["step"].strip(" ") for f in steps}:
        handed = [f for f in steps if f.data["step"].strip(" ") == step]
        there = place(handed[-1])
        if there is None or ended:
            continue
        since = handed[-1].time
        for fact in reversed(handed):
            if place(fact) != there:
                break
            since = fact.time
        waits.append((since, step, there))
    if waits:
        row["chain_since"], row["chain_step"], row["chain_agency"] = min(waits)
    return row


def sync_adds(fact: Fact) -> list[str]:
    """Counters of a message beside the one that counts messages; a hazard named twice is one."""
    if fact.kind != "synced":
        return []
    refused = ["sync_refused"] if fact.data.get("answer") == "refused" else []
    return refused + [HAZARDS[hazard] for hazard in set(fact.data.get("hazards", ()))]
