"""Answers as bytes, with an ETag of what they say: ages and the moment aside, so that "nothing new" is a 304."""

import re
from hashlib import sha256
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from dashboards.api import kept
from dashboards.api.kept import KeptAnswer
from schemas.json_text import encode

# What passes without anything having changed, in the text itself: within a string no such name ends so, since its
# quotation mark is escaped there. Walking through the answer instead takes as long as all else that is done for it.
_PASSING = re.compile(rb'"(?:as_of|list_as_of|age_s|next_cursor)":(?:"(?:[^"\\]|\\.)*"|[^,}\]]*)')


def respond(request: Request, answer: BaseModel | dict[str, Any]) -> Response:
    """200, or 304 where the client holds the same already. The tag is weak: the moment may differ."""
    plain = answer.model_dump(mode="json", exclude_unset=True) if isinstance(answer, BaseModel) else answer
    request.state.handed_out = plain
    if getattr(request.state, "rows_alone", False):  # a page of a file: nobody is sent these bytes
        return Response()
    body = encode(plain)
    request.state.made = made = KeptAnswer(body, tag_of(body))
    if kept.unchanged(request.scope, made.tag):
        return Response(status_code=304, headers=made.headers)
    return Response(made.body, media_type="application/json", headers=made.headers)


def tag_of(body: bytes) -> str:
    """Of an answer as it is written."""
    return f'W/"{sha256(_PASSING.sub(b"", body)).hexdigest()[:24]}"'


def handed_out(request: Request) -> dict[str, Any] | None:
    """What was answered, as it was written; ``None`` where it was not by :func:`respond`."""
    found: dict[str, Any] | None = getattr(request.state, "handed_out", None)
    return found


def made(request: Request) -> KeptAnswer | None:
    """The same as bytes."""
    found: KeptAnswer | None = getattr(request.state, "made", None)
    return found
