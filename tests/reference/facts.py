"""What happened, read off the events as JSON objects: kinds, moments, deadlines, digests. See ``cases``."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
Amounts = dict[tuple[str, date, str], int]  # (unit, day, counter) → how many

PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2010, 1, 1)
SIMULATED = "urn:ioc:simulated"

# At the same moment, what comes first in a case's life stands first; what is said about another event comes last.
LIFE = [
    "submitted",
    "accepted",
    "step",
    "supplement_requested",
    "supplement_received",
    "extended",
    "suspended",
    "resumed",
    "paid",
    "digitised",
    "refused",
    "stopped",
    "finished",
    "returned",
    "withdrawn",
    "rated",
    "synced",
    "portal_status",
    "chain_step",
    "data_used",
    "corrected",
    "voided",
]
ENDS = ("finished", "returned", "refused", "stopped", "withdrawn")
REPEATED = {
    "step": "steps",
    "supplement_requested": "supplements",
    "supplement_received": "supplements_received",
    "extended": "extensions",
    "suspended": "suspensions",
    "resumed": "resumptions",
    "paid": "paid",
    "digitised": "digitised",
    "rated": "rated",
    "synced": "synced",
    "chain_step": "chain_steps",
    "data_used": "data_used",
}
# Said about the case without moving it.
BESIDE = ("synced", "portal_status", "chain_step", "data_used")
HAZARDS = {
    "status_rewritten": "sync_rewritten",
    "code_invented": "sync_code_invented",
    "dummy_identity": "sync_dummy_identity",
    "attachment_repeated": "sync_attachment_repeated",
    "status_missing": "sync_status_missing",
}
TRIMMED = ("unit", "procedure", "error", "step", "agency", "to", "database")
NATIONAL_STATUS = {
    "submitted": 1,
    "accepted": 2,
    "refused": 3,
    "step": 4,
    "supplement_requested": 5,
    "supplement_received": 4,
    "withdrawn": 7,
    "stopped": 8,
    "finished": 9,
    "returned": 10,
}


def microseconds(moment: datetime) -> int:
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))


def province_day(moment: datetime) -> date:
    return moment.astimezone(PROVINCE).date()


def deadline(data: Json) -> datetime | None:
    """A day means 24:00 of it in the province."""
    if data.get("due_at") is not None:
        return datetime.fromisoformat(data["due_at"])
    if data.get("due_on") is not None:
        after = date.fromisoformat(data["due_on"]) + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=PROVINCE)
    return None


def short(kind: str) -> str:
    """``case.accepted.v1`` → ``accepted``."""
    return kind.removeprefix("case.").removesuffix(".v1")


@dataclass(frozen=True)
class Fact:
    """Something that happened to the case, and under whose name it is known."""

    kind: str
    time: datetime
    source: str
    id: str
    data: Json

    @property
    def place(self) -> tuple[datetime, int, str, str]:
        return (self.time, LIFE.index(self.kind), self.source, self.id)

    @property
    def name(self) -> tuple[str, str]:
        return (self.source, self.id)

    @property
    def replaces(self) -> tuple[str, str] | None:
        ref = self.data.get("replaces")
        return (ref["source"], ref["id"]) if ref else None


def compact(kind: str, data: Json) -> Json:
    """The data as a history holds it: only what is known, a deadline as its moment in microseconds."""
    out: Json = {}
    for key in ("unit", "channel", "procedure", "name"):
        if data.get(key) is not None:
            out[key] = data[key].strip(" ") if key in TRIMMED else data[key]
    due = deadline(data)
    if due is not None:
        out["due"] = microseconds(due)
    for key in ("status", "status_raw", "online", "amount_vnd"):
        if data.get(key) is not None:
            out[key] = data[key]
    if kind == "digitised":
        out.update({"papers": data.get("papers", 0), "reused": data.get("reused", 0)})
        out["result"] = data.get("result", False)
    if data.get("score") is not None:
        out["score"] = data["score"]
    for key in ("message", "sent_status", "answer", "error"):
        if data.get(key) is not None:
            out[key] = data[key].strip(" ") if key in TRIMMED else data[key]
    if data.get("hazards"):
        out["hazards"] = sorted(set(data["hazards"]))
    for key in ("portal_status", "portal_status_raw", "portal_code", "chain", "step", "agency", "state", "to"):
        if data.get(key) is not None:
            out[key] = data[key].strip(" ") if key in TRIMMED else data[key]
    for key in ("database", "fields", "ok"):
        if data.get(key) is not None:
            out[key] = data[key].strip(" ") if key in TRIMMED else data[key]
    for key in ("reason_given", "apology"):
        if data.get(key) is not None:
            out[key] = data[key]
    if data.get("apology_at") is not None:
        out["apology_at"] = microseconds(datetime.fromisoformat(data["apology_at"]))
    if data.get("replaces") is not None:
        out["replaces"] = [data["replaces"]["source"], data["replaces"]["id"]]
    if kind == "corrected":
        event = data["event"]
        out["kind"] = short(event["type"])
        out["time"] = microseconds(datetime.fromisoformat(event["time"]))
        out["event"] = compact(out["kind"], event["data"])
    return out


@dataclass(frozen=True)
class Held:
    """One version of one event, as it was sent."""

    fact: Fact
    entry: list[Any]  # as a history holds it
    digest: bytes

    @classmethod
    def of(cls, event: Json) -> "Held":
        kind, time = short(event["type"]), datetime.fromisoformat(event["time"]).astimezone(UTC)
        fact = Fact(kind, time, event["source"], event["id"], event["data"])
        entry = [kind, microseconds(time), fact.source, fact.id, compact(kind, event["data"])]
        canonical = json.dumps([event["subject"], *entry], ensure_ascii=False, separators=(",", ":"))
        return cls(fact, entry, hashlib.sha256(canonical.encode()).digest())
