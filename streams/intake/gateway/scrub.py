"""Takes identity numbers out of an event that keeps to its contract: a keyed hash stands in place of each.

Every string is looked through, wherever it stands, but the three that are hashes by their contract: digits that happen
to stand beside each other in one are nobody's number, and a changed one would mean nothing any more.
"""

import re
from typing import Any

from schemas.digests import hash_of
from schemas.identity_numbers import may_hold
from streams.intake.identity_hashing import KEY_ID, Hasher, disguised, looks_like_identity

PERSON = re.compile(rf"{KEY_ID.pattern}:[0-9a-f]{{32,64}}")
# Random ids: a UUID, or a hash of 32 digits and more as our own adapters make them: with an ordinal behind it, without
# its deadline (streams.intake.log_events), or of a day's digest (streams.intake.digest).
OPAQUE_ID = re.compile(
    r"(?:digest-[a-z]{1,8}-\d{4}-\d\d-\d\d-)?(?=[0-9.-]*[a-f])"
    r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,64}(?:\.\d{1,3}|-undated)?)",
    re.IGNORECASE,
)


def may_hold_identity(text: str) -> bool:
    """Whether :func:`scrub` might replace something in this JSON text."""
    return may_hold(text.encode())


def planted_in(event: Any, name: str = "", where: str = "") -> str | None:
    """The field of an event, as JSON objects, that holds an identity number which :func:`scrub` would replace."""
    if isinstance(event, str):
        return where if holds(event, name) else None
    parts: Any = ()
    if isinstance(event, dict):
        parts = ((part, key, f"{where}.{key}" if where else key) for key, part in event.items())
    elif isinstance(event, (list, tuple)):
        parts = ((part, name, f"{where}.{place}") for place, part in enumerate(event))
    return next((found for part in parts if (found := planted_in(*part)) is not None), None)


def holds(value: str, name: str) -> bool:
    """Whether :func:`scrub` would replace something in this text of the field ``name``."""
    match name:
        case "hash":
            return False
        case "id" | "ids" | "by" if OPAQUE_ID.fullmatch(value) is not None:
            return False
        case "person" if PERSON.fullmatch(value) is not None:
            return disguised(value.rpartition(":")[2])
    return looks_like_identity(value)


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
        case "id" | "ids" | "by":
            new = scrub_id(value, hasher)
        case "hash":
            return value  # of a digest: SHA-256
        case "person" if PERSON.fullmatch(value) is not None and not disguised(value.rpartition(":")[2]):
            return value
        case "person" if PERSON.fullmatch(value) is not None:
            new = hasher.person(value.rpartition(":")[2])
        case _:
            new = hasher.scrub(value)
    return value if new == value else new


def _hash_again(data: dict[str, Any]) -> None:
    """A digest's hash is over its ids; the tables hold the replaced ones."""
    digest = data.get("event", {}).get("data", data)
    if digest.get("ids") is not None:
        digest["hash"] = hash_of(digest["ids"])
