"""The one question that our pages ask of Dash, read from a body of any kind: which page an address shows."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from starlette.types import Message, Receive, Scope

from schemas.json_text import NotJson, decode, encode

LONGEST_BODY = 64_000  # bytes; an address is at most a tenth of it
BODY_WITHIN = 10.0  # seconds


class RefusedBody(Exception):
    """Not the question that our pages ask; its text is for a person."""

    def __init__(self, status: HTTPStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


class _Input(BaseModel):
    id: Literal["address"]
    property: Literal["pathname", "search"]
    value: str | None = None


class _Question(BaseModel):
    output: Literal["page.children"]
    inputs: Annotated[list[_Input], Field(min_length=2, max_length=2)]


_QUESTION = TypeAdapter(_Question)


async def question(receive: Receive) -> bytes:
    """The body as Dash takes it, made anew of what was asked. Raises :class:`RefusedBody`."""
    try:
        async with asyncio.timeout(BODY_WITHIN):
            body = await _body(receive)
    except TimeoutError as exc:
        raise RefusedBody(HTTPStatus.REQUEST_TIMEOUT, "câu hỏi không tới hết trong thời hạn") from exc
    try:
        asked = _QUESTION.validate_python(decode(body))
    except (NotJson, ValidationError) as exc:
        raise RefusedBody(HTTPStatus.BAD_REQUEST, "câu hỏi không đúng dạng") from exc
    address = {one.property: one.value or "" for one in asked.inputs}
    inputs = [{"id": "address", "property": part, "value": address.get(part, "")} for part in ("pathname", "search")]
    return encode(
        {
            "output": asked.output,
            "outputs": {"id": "page", "property": "children"},
            "inputs": inputs,
            "changedPropIds": [f"address.{part}" for part in ("pathname", "search")],
        }
    )


async def _body(receive: Receive) -> bytes:
    found = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedBody(HTTPStatus.BAD_REQUEST, "câu hỏi không tới hết")
        found += message.get("body", b"")
        if len(found) > LONGEST_BODY:
            raise RefusedBody(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "câu hỏi quá dài")
        if not message.get("more_body", False):
            return bytes(found)


def with_body(scope: Scope, body: bytes, receive: Receive) -> tuple[Scope, Receive]:
    """The request with this body in the place of its own."""
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"content-length", b"content-type")]
    headers = [*kept, (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return rest.pop() if rest else await receive()

    return {**scope, "headers": headers}, receiving
