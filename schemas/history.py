"""A case's history: its events, compact, as ``case_history.events`` holds them.

An entry is ``[kind, time, source, id, {data}]`` in JSON, so that a row can be read by eye and taken apart in SQL;
``data`` is also what ``case_event.data`` holds, letter for letter. Entries stand in the order of :func:`order`.
"""

from hashlib import sha256
from typing import Any

import msgspec

# What stands first when moments are equal: a case is submitted before it is accepted before it is worked on.
RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
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
        )
    )
}


class EntryData(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The data of any kind of event; a field is there only where its kind has it. ``due`` in microseconds."""

    unit: str | None = None
    channel: str | None = None
    procedure: str | None = None
    name: str | None = None
    due: int | None = None
    status: int | None = None
    status_raw: str | None = None
    online: bool | None = None
    amount_vnd: int | None = None
    papers: int | None = None
    reused: int | None = None
    result: bool | None = None
    score: int | None = None
    message: str | None = None
    sent_status: int | None = None
    answer: str | None = None
    error: str | None = None
    hazards: tuple[str, ...] = ()  # sorted, each once
    portal_status: int | None = None
    portal_status_raw: str | None = None
    portal_code: str | None = None
    chain: str | None = None
    step: str | None = None
    agency: str | None = None
    state: str | None = None
    to: str | None = None
    database: str | None = None
    fields: int | None = None
    ok: bool | None = None
    reason_given: bool | None = None
    apology: bool | None = None
    apology_at: int | None = None  # microseconds
    begun: int | None = None  # microseconds: of a step that says when it was begun
    replaces: tuple[str, str] | None = None  # (source, id) that a correction or a voiding names
    kind: str | None = None  # of the corrected fact
    time: int | None = None  # of the corrected fact
    event: "EntryData | None" = None  # the corrected fact's own data
    granted: str | None = None  # the units of a source of some units only (schemas.granted_units)


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One version of one event. ``time`` in microseconds since the epoch."""

    kind: str
    time: int
    source: str
    id: str
    data: EntryData


History = list[Entry]

_decoder = msgspec.json.Decoder(History)
_encoder = msgspec.json.Encoder()


def decode(events: str | bytes) -> History:
    return _decoder.decode(events)


def encode(history: History) -> str:
    return _encoder.encode(history).decode()


def encode_more(text: str, held: History, merged: History) -> str:
    """:func:`encode` of ``merged``, of which ``text`` holds the entries ``held``: most events come after all that is
    held, and only they are written then."""
    count = len(held)
    if count == 0 or merged[count - 1] is not held[-1]:
        return encode(merged)
    return f"{text[:-1]},{encode(merged[count:])[1:]}"


def canonical(subject: str, entry: Entry) -> bytes:
    """The one way in which this event is written: equal events, equal bytes, whatever spelling they came with."""
    return _encoder.encode((subject, entry.kind, entry.time, entry.source, entry.id, entry.data))


def digest(subject: str, entry: Entry) -> bytes:
    """SHA-256 of :func:`canonical`, 32 bytes."""
    return sha256(canonical(subject, entry)).digest()


def digest_and_data(subject: str, entry: Entry) -> tuple[bytes, str]:
    """:func:`digest`, and the event's data as ``case_event.data`` holds them; they are written once for both."""
    data = _encoder.encode(entry.data)
    whole = _encoder.encode((subject, entry.kind, entry.time, entry.source, entry.id, msgspec.Raw(data)))
    return sha256(whole).digest(), data.decode()


def order(entry: Entry) -> tuple[int, int, str, str]:
    """Time, then rank of kind, then source and id: the order in which a history is told."""
    return (entry.time, RANK[entry.kind], entry.source, entry.id)


def raw(events: str | bytes) -> list[Any]:
    """The entries as plain lists, for screens."""
    return list(msgspec.json.decode(events))
