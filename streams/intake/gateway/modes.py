"""The three ways in which CloudEvents travel over HTTP (HTTP Protocol Binding 1.0.2): structured, batch, binary.

Each becomes a list of JSON objects. Nothing here looks at what they say.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

import orjson

from streams.intake.gateway.problems import Refused, refused_field

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"
ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time", "topic")

Headers = Iterable[tuple[bytes, bytes]]


def events_of(headers: Headers, body: bytes, most: int) -> tuple[list[Any], bool]:
    """The events of a request, and whether they came as a batch. Raises :class:`Refused`."""
    content_type = media_type(headers)
    if content_type == STRUCTURED:
        return [loaded(body)], False
    if content_type == BATCH:
        batch = loaded(body)
        if not isinstance(batch, list):
            raise refused_field("body", "list_type")
        if len(batch) > most:
            rule = f"too_many_events (at most {most})"
            raise refused_field("body", rule, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return batch, True
    if content_type == BINARY:
        return [_attributes(headers) | {"data": loaded(body)}], False
    raise Refused(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"Content-Type is one of {STRUCTURED}, {BATCH} and, with ce- headers, {BINARY}; UTF-8.",
        headers={"Accept": f"{STRUCTURED}, {BATCH}, {BINARY}"},
    )


def media_type(headers: Headers) -> str | None:
    """The content type without parameters; ``None`` where there is none, or it is in another encoding than UTF-8."""
    found = [value.decode("latin-1") for name, value in headers if name == b"content-type"]
    if len(found) != 1 or any(name == b"content-encoding" for name, _ in headers):
        return None
    kind, *parameters = (part.strip().lower() for part in found[0].split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            return None
    return kind


def loaded(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise refused_field("body", "json_invalid") from None


def _attributes(headers: Headers) -> dict[str, str]:
    """The ``ce-`` headers: percent-encoded UTF-8 (3.1.3.2 of the binding). Those that we do not know are left out."""
    found: dict[str, str] = {}
    for name in ATTRIBUTES:
        header = f"ce-{name}".encode()
        values = [value for other, value in headers if other == header]
        if len(values) > 1:
            raise refused_field(f"ce-{name}", "repeated")
        if values:
            try:
                found[name] = unquote(values[0].decode("ascii"), errors="strict")
            except UnicodeDecodeError:
                raise refused_field(f"ce-{name}", "percent_encoded_utf8") from None
    return found
