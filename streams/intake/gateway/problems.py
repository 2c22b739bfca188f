"""Every error is ``application/problem+json`` (RFC 9457) and names the field and the rule, never the value."""

import math
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from schemas.domain import Breach
from schemas.json_text import encode

MEDIA_TYPE = "application/problem+json"


class GatewayRefused(Exception):
    """Ends a request with a problem. ``errors`` are field and rule of each thing that is wrong; ``more`` are further
    members of the problem."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Iterable[Breach] = (),
        *,
        retry_after: float | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(max(1, math.ceil(retry_after)))
        self.more = more

    def response(self) -> Response:
        body = {
            "type": "about:blank",  # title and status say which problem it is
            "title": self.status.phrase,
            "status": self.status,
            "detail": self.detail,
            "errors": [{"field": breach.field, "rule": breach.rule} for breach in self.errors],
            **self.more,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(encode(body), self.status, headers, MEDIA_TYPE)


def refused_field(field: str, rule: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> GatewayRefused:
    return GatewayRefused(status, "The request breaks the rule below.", [Breach(field, rule)])
