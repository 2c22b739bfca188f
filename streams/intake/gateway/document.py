"""The OpenAPI 3.1 document, made from the events' own models so that it cannot drift from them."""

from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic.json_schema import models_json_schema

from schemas.contracts import CONTRACTS, TYPES
from schemas.json_text import encode
from streams.intake.dvcqg.convert import MESSAGES
from streams.intake.gateway import modes, problems

DESCRIPTION = """\
Takes events of source systems into the operations centre (Trung tâm điều hành Đề án 06): CloudEvents 1.0 over HTTP.
Every event type, field by field and with examples: docs/sources.md. 202 is answered once Kafka has every event of the
request on disk; sending an event again changes nothing, by its `(source, id)`. Errors name field and rule."""
_REFERENCE = "#/components/schemas/{model}"
_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "Not JSON, or a header or parameter that cannot be.",
    HTTPStatus.UNAUTHORIZED: "No token of a source.",
    HTTPStatus.FORBIDDEN: "Not this source's to send: another source, a type or a unit that was not granted.",
    HTTPStatus.REQUEST_TIMEOUT: "The body did not arrive in time.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large, or has too many events.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "None of the media types below.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "An event breaks a rule; of a batch none was taken.",
    HTTPStatus.TOO_MANY_REQUESTS: "More events than one source may send; see Retry-After.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Kafka does not answer; see Retry-After, and send all again.",
}


@cache
def document() -> bytes:
    """As JSON."""
    return encode(_document())


def _document() -> dict[str, Any]:
    references, definitions = models_json_schema(
        [(model, "validation") for model in TYPES.values()], ref_template=_REFERENCE
    )
    names = {name: references[model, "validation"] for name, model in TYPES.items()}
    event = {"oneOf": list(names.values())}
    return {
        "openapi": "3.1.0",
        "info": {"title": "IOC Đề án 06: gateway", "version": "1.0.0", "description": DESCRIPTION},
        "paths": {
            "/v1/events": {"post": _events(names)},
            "/v1/dvcqg/{message}": {"post": _dvcqg()},
            "/v1/openapi.json": {"get": {"summary": "This document.", "responses": {"200": {"description": "OK"}}}},
            "/healthz": {
                "get": {
                    "summary": "200 while events are taken, 503 otherwise.",
                    "responses": {"200": {"description": "OK"}, "503": {"description": "Nothing can be taken."}},
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "`ioc sources add`"}},
            "schemas": {**definitions["$defs"], "Event": event, "Accepted": _ACCEPTED, "Problem": _PROBLEM},
        },
        "security": [{"token": []}],
    }


def _events(names: dict[str, Any]) -> dict[str, Any]:
    event = {"$ref": "#/components/schemas/Event"}
    data = {"description": "The event's `data`; everything else is in ce- headers, percent-encoded."}
    attribute = {"in": "header", "schema": {"type": "string"}, "description": "Binary mode only."}
    headers = [{"name": f"ce-{name}", **attribute} for name in modes.ATTRIBUTES]
    topic = {
        "name": "topic",
        "in": "query",
        "schema": {"enum": sorted(CONTRACTS)},
        "description": "The topic of source.* events, which belong to every topic; cases where none is named.",
    }
    return {
        "operationId": "events",
        "summary": "Take one event, or a batch of them: all or none.",
        "parameters": [topic, *headers],
        "requestBody": {
            "required": True,
            "content": {
                modes.STRUCTURED: {"schema": event},
                modes.BATCH: {"schema": {"type": "array", "items": event}},
                modes.BINARY: {"schema": data},
            },
        },
        "responses": {
            "202": {
                "description": "Kafka has every event on disk.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Accepted"}}},
            },
            **refusals(),
        },
        "x-event-types": sorted(names),
    }


def _dvcqg() -> dict[str, Any]:
    message = {"name": "message", "in": "path", "required": True, "schema": {"enum": sorted(MESSAGES)}}
    return {
        "operationId": "dvcqg",
        "summary": "Take a message to the national portal (Cổng Dịch vụ công quốc gia) as events of its cases.",
        "parameters": [message],
        "requestBody": {"required": True, "content": {modes.BINARY: {"schema": {"type": ["object", "array"]}}}},
        "responses": {
            "202": {
                "description": "Kafka has every event on disk; `rejected` names what could not be read.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Accepted"}}},
            },
            "404": {"description": "No such message."},
            **refusals(),
        },
    }


def refusals() -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status.value): {"description": description, "content": content} for status, description in _REFUSALS.items()
    }


_STRING: dict[str, Any] = {"type": "string"}
_ACCEPTED = {
    "type": "object",
    "required": ["accepted", "events", "detail"],
    "properties": {
        "accepted": {"type": "integer", "description": "How many."},
        "events": {
            "type": "array",
            "items": {"type": "object", "properties": {"source": _STRING, "id": _STRING}},
            "description": "In the order of the request. An id that held an identity number has a hash in its place.",
        },
        "detail": _STRING,
        "rejected": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": _STRING, "rule": _STRING}},
            "description": "Of a message to the portal: what of it could not be read. At most 100.",
        },
        "rejected_in_all": {"type": "integer"},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `type` is always about:blank: title and status say which problem it is.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": _STRING,
        "title": _STRING,
        "status": {"type": "integer"},
        "detail": _STRING,
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"field": _STRING, "rule": _STRING}},
            "description": "In a batch each field has the event's index in front: 3.data.unit. At most 100.",
        },
        "errors_in_all": {"type": "integer"},
        "taken": {
            "type": "array",
            "items": {"type": "integer"},
            "description": "Of a 503: indices of the events that Kafka has on disk all the same.",
        },
    },
}
