"""A command: one event of ``ioc.actions`` as somebody wants it said. Pure; what is wrong is named by field and rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from schemas.actions import SOURCE
from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.identity_numbers import found
from schemas.json_text import encode

NUMBER = "identity_number"
FIRST = frozenset(("issued", "ordered"))  # what begins a subject
OURS = frozenset(("unit", "finding"))  # fields that we fill in ourselves
MEASURED = frozenset(("aim_value", "aim_whole"))  # read when the command is made: not what was asked for


@dataclass(frozen=True, slots=True)
class Command:
    """``asked``: what was asked for, without the moment and who asked: the same again is the same command."""

    id: UUID
    domain: str
    subject: str
    kind: str
    unit: str
    after: int | None
    time: datetime
    event: str
    asked: bytes
    by_name: str


def command(
    id_: UUID, type_: str, subject: str, data: Mapping[str, Any], *, unit: str, by: str, by_name: str, now: datetime
) -> Command:
    """``data`` without ``by`` and ``by_name``; moments in it are aware datetimes. Raises :class:`Breach`."""
    said = {name: _written(value) for name, value in data.items() if value is not None and value != ""}
    event = {
        "specversion": "1.0",
        "id": str(id_),
        "source": SOURCE,
        "type": type_,
        "subject": subject,
        "time": now.isoformat(),
        "data": said | {"by": by, "by_name": by_name},
    }
    text = encode(event).decode()
    CONTRACTS["actions"].parse(text)
    for name, value in said.items():
        if isinstance(value, str) and name not in OURS and found(value):
            raise Breach(f"data.{name}", NUMBER)
    domain, kind, _ = type_.split(".")
    wanted = sorted(item for item in said.items() if item[0] not in MEASURED)
    asked = sha256(encode([type_, subject, by, wanted])).digest()
    after = said.get("after", 0 if kind in FIRST else None)
    return Command(id_, domain, subject, kind, unit, after, now, text, asked, by_name)


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
