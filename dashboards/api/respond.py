"""Answers as bytes, with an ETag of what they say: ages and the moment aside, so that "nothing new" is a 304."""

import re
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from schemas.json_text import encode

# A client keeps it but asks each time; nobody between us and it keeps anything.
CACHE = "private, no-cache"
_TAGS = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')
_PASSING = frozenset({"as_of", "list_as_of", "age_s", "next_cursor"})


def respond(request: Request, answer: BaseModel | dict[str, Any]) -> Response:
    """200, or 304 where the client holds the same already. The tag is weak: the moment may differ."""
    plain = answer.model_dump(mode="json", exclude_unset=True) if isinstance(answer, BaseModel) else answer
    request.state.handed_out = plain
    if getattr(request.state, "rows_alone", False):  # a page of a file: nobody is sent these bytes
        return Response()
    tag = f'W/"{sha256(encode(_lasting(plain))).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": CACHE}
    if holds(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(encode(plain), media_type="application/json", headers=headers)


def handed_out(request: Request) -> dict[str, Any] | None:
    """What was answered, as it was written; ``None`` where it was not by :func:`respond`."""
    found: dict[str, Any] | None = getattr(request.state, "handed_out", None)
    return found


def holds(said: str, tag: str) -> bool:
    """Whether ``If-None-Match`` says so (RFC 9110, 13.1.2): one of its tags, weak or strong, or ``*``."""
    return said.strip() == "*" or tag.removeprefix("W/") in _TAGS.findall(said)


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _lasting(part) for name, part in value.items() if name not in _PASSING}
    if isinstance(value, list):
        return [_lasting(part) for part in value]
    return value
