"""Takes identity numbers out of an event that keeps to its contract: a keyed hash stands in place of each.

Every string is looked through, wherever it stands, but the three that are hashes by their contract: digits that happen
to stand beside each other in one are nobody's number, and a changed one would mean nothing any more.
"""

import re
from typing import Any

from schemas.digests import hash_of
from streams.intake.persons import KEY_ID, Hasher

PERSON = re.compile(rf"{KEY_ID.pattern}:[0-9a-f]{{32,64}}")
# Random ids: a UUID, or a hash of 32 digits and more as our own adapters make them (with an ordinal behind it).
OPAQUE_ID = re.compile(
    r"(?=[0-9.-]*[a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64}(?:\.\d{1,3})?)", re.IGNORECASE
)

_OTHER_LETTERS = re.compile(r"[^\x00-\x7f\u00c0-\u01b0\u1ea0-\u1ef9]")
_SHAPE = bytes(0x30 if 0x30 <= code <= 0x39 else code if code in b" .-" else 120 for code in range(256))  # 0 is a digit
_RUNS = re.compile(rb"0{9}|000([ .-])000(?:\1)000|0000([ .])0000(?:\2)0000")


def may_hold_identity(text: str) -> bool:
    """Whether :func:`scrub` might replace something in this JSON text. Twenty times as quick as looking, and says yes
    of all that looking would find: hardly any event holds so many digits, or a letter that is neither ASCII nor
    Vietnamese (it could be a digit of another script), or an escape (it could hide where digits begin)."""
    if "\\u" in text or _OTHER_LETTERS.search(text) is not None:
        return True
    return _RUNS.search(text.encode().translate(_SHAPE)) is not None


def scrub_id(id: str, hasher: Hasher) -> str:
    """The id of an event. It is replaced in the same way wherever it is named, so repetitions stay repetitions."""
    return id if OPAQUE_ID.fullmatch(id) is not None else hasher.scrub(id)


def scrub(event: dict[str, Any], hasher: Hasher) -> dict[str, Any]:
    """The event, as JSON objects, with hashes for numbers; the same object where there was nothing to replace."""
    found: dict[str, Any] = _walked(event, "", hasher)
    if found is not event and event["type"].startswith("source."):
        _hash_again(found["data"])
    return found


def _walked(value: Any, name: str, hasher: Hasher) -> Any:
    if isinstance(value, str):
        return _string(value, name, hasher)
    if isinstance(value, dict):
        changed = {k: new for k, v in value.items() if (new := _walked(v, k, hasher)) is not v}
        return {**value, **changed} if changed else value
    if isinstance(value, list):
        items = [_walked(item, name, hasher) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _string(value: str, name: str, hasher: Hasher) -> str:
    match name:
        case "id" | "ids":
            new = scrub_id(value, hasher)
        case "hash":
            return value  # of a digest: SHA-256
        case "person" if PERSON.fullmatch(value) is not None:
            return value
        case _:
            new = hasher.scrub(value)
    return value if new == value else new


def _hash_again(data: dict[str, Any]) -> None:
    """A digest's hash is over its ids; the tables hold the replaced ones."""
    digest = data.get("event", {}).get("data", data)
    if digest.get("ids") is not None:
        digest["hash"] = hash_of(digest["ids"])
