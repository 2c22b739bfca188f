"""Short ways to write an entry of a history and a Kafka record, for unit tests."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from schemas.history import Entry, EntryData
from schemas.province import moment

SUBJECT = "H19.19-240131-0001"
SOURCE = "urn:test:portal"
RECEIVED = datetime(2024, 3, 1, tzinfo=UTC)


@dataclass
class Record:
    """A Kafka record as far as the decoder looks."""

    value: bytes | None
    offset: int = 7
    timestamp: int = int(RECEIVED.timestamp() * 1000)


def at(text: str) -> int:
    """Microseconds of a moment written as ISO 8601, in the province where no offset is given."""
    time = datetime.fromisoformat(text)
    return moment(time if time.tzinfo else datetime.fromisoformat(f"{text}+07:00"))


def entry(kind: str, time: str, id: str | None = None, /, *, source: str = SOURCE, **data: Any) -> Entry:
    return Entry(kind, at(time), source, id or f"{kind} {time}", EntryData(**data))


def event(kind: str, time: str = "2024-01-31T08:00:00+07:00", data: object = None, **other: object) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": "e1",
        "source": SOURCE,
        "type": f"case.{kind}.v1",
        "subject": SUBJECT,
        "time": time,
        "data": {} if data is None else data,
        **other,
    }


def said(event: object) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()
