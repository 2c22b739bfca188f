"""Recorded messages to the national portal, and short ways to convert one."""

import json
from pathlib import Path
from typing import Any

from streams.intake.dvcqg import Converted, convert
from streams.intake.identity_hashing import Hasher
from tests.settings import REPOSITORY

FOLDER = REPOSITORY / "tests/recorded/dvcqg"
FIGURES: dict[str, dict[str, dict[str, int]]] = json.loads((FOLDER / "figures.json").read_text("utf-8"))
MESSAGES = {path.stem: path for path in sorted(FOLDER.glob("*.json")) if path.stem != "figures"}
SOURCE = "urn:test:dvcqg"
HASHER = Hasher("k1", b"a key of the tests, 16 bytes+")
CASE, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"


def converted(name: str) -> Converted:
    return convert("", path_of(name).read_bytes(), SOURCE, HASHER)


def path_of(name: str) -> Path:
    return MESSAGES[name]


def one(said: Any, message: str = "") -> Converted:
    return convert(message, json.dumps(said, ensure_ascii=False).encode(), SOURCE, HASHER)


def base(name: str = "accepted_online") -> Any:
    """A recorded message as JSON, to be changed."""
    return json.loads(path_of(name).read_text("utf-8"))


def kinds(found: Converted) -> dict[str, Any]:
    """The events by kind; of several of one kind, the last."""
    return {event.type.split(".")[1]: event for event in found.events}


def text_of(found: Converted) -> str:
    """Everything that leaves the adapter."""
    events = [event.model_dump_json() for event in found.events]
    return "\n".join([*events, *(" ".join(map(str, rejection)) for rejection in found.rejections)])
