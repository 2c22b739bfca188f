"""The three ways in which CloudEvents travel over HTTP (HTTP Protocol Binding 1.0.2): structured, batch, binary.

Each becomes a list of JSON objects. Nothing here looks at what they say.
"""

import codecs
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from schemas.domain import Breach
from schemas.json_text import NotJson, decode
from streams.intake.gateway.problems import GatewayRefused, refused_field

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
BINARY = "application/json"
ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time", "topic")

Headers = Iterable[tuple[bytes, bytes]]


def events_of(headers: Headers, body: bytes, most: int) -> tuple[list[Any], bool]:
    """The events of a request, and whether they came as a batch. Raises :class:`GatewayRefused`."""
    content_type = media_type(headers)
    if content_type == STRUCTURED:
        return [loaded(body)], False
    if content_type == BATCH:
        batch = loaded(body)
        if not isinstance(batch, list):
            raise refused_field("body", "list_type")
        if len(batch) > most:
            raise too_many(most)
        return batch, True
    if content_type == BINARY:
        return [_attributes(headers) | {"data": loaded(body)}], False
    raise GatewayRefused(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"Content-Type is one of {STRUCTURED}, {BATCH} and, with ce- headers, {BINARY}; UTF-8.",
        headers={"Accept": f"{STRUCTURED}, {BATCH}, {BINARY}"},
    )


def too_many(most: int) -> GatewayRefused:
    return refused_field("body", f"too_many_events (at most {most})", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def media_type(headers: Headers) -> str | None:
    """The content type without parameters; ``None`` where there is none, or several. Raises :class:`GatewayRefused`
    where the body is in another encoding than UTF-8, or compressed: by the encoding's own name."""
    headers = list(headers)
    codings = {part.strip().lower() for name, value in headers if name == b"content-encoding" for part in _text(value)}
    if codings - {"identity", ""}:
        raise _encoded("Content-Encoding", next((c for c in codings if c in _CODINGS), "unknown"), "identity")
    found = [value.decode("latin-1") for name, value in headers if name == b"content-type"]
    if len(found) != 1:
        return None
    kind, *parameters = (part.strip().lower() for part in found[0].split(";"))
    for parameter in parameters:
        name, _, value = (part.strip() for part in parameter.partition("="))
        if name == "charset" and (charset := _charset(_unquoted(value))) != "utf-8":
            raise _encoded("Content-Type charset", charset, "utf-8")
    return kind.strip('"')


_CODINGS = frozenset(("gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"))


def _text(value: bytes) -> list[str]:
    return value.decode("latin-1").split(",")


def _charset(name: str) -> str:
    """Its usual name; of one that nobody knows, nothing of what was sent."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return "unknown"
    return "utf-8" if known in ("utf-8", "utf-8-sig", "ascii") else known


def _encoded(header: str, name: str, taken: str) -> GatewayRefused:
    rule = f"encoding {name} (only {taken})"
    return GatewayRefused(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"The body is in an encoding that is not taken: {header} is {name}, and may be {taken}.",
        [Breach(header, rule)],
        headers={"Accept-Encoding": "identity", "Accept-Charset": "utf-8"},
    )


def without_mark(body: bytes) -> bytes:
    """Without the byte order mark that some systems write in front of UTF-8."""
    return body.removeprefix(codecs.BOM_UTF8)


def _unquoted(value: str) -> str:
    """A quoted string (RFC 9110 5.6.4) as what it quotes."""
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return _QUOTED_PAIR.sub(r"\1", value[1:-1])
    return value


_QUOTED_PAIR = re.compile(r"\\(.)")


def loaded(body: bytes) -> Any:
    try:
        return decode(without_mark(body))
    except NotJson:
        raise refused_field("body", "json_invalid") from None


def _attributes(headers: Headers) -> dict[str, str]:
    """The ``ce-`` headers: percent-encoded UTF-8, quoted or not (3.1.3.2 of the binding). Those that we do not know are
    left out."""
    found: dict[str, str] = {}
    for name in ATTRIBUTES:
        header = f"ce-{name}".encode()
        values = [value for other, value in headers if other == header]
        if len(values) > 1:
            raise refused_field(f"ce-{name}", "repeated")
        if values:
            try:
                found[name] = unquote(_unquoted(values[0].decode("ascii").strip()), errors="strict")
            except UnicodeDecodeError:
                raise refused_field(f"ce-{name}", "percent_encoded_utf8") from None
    return found
