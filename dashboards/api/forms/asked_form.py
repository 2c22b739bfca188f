"""Which form of which table a request asks for."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

from dashboards.api.problems import ApiRefused
from dashboards.forms.form import FileForm, preferred

FORMAT, TABLE = "format", "table"
FORMATS = tuple(str(form) for form in FileForm)
PAGED = ("limit", "cursor")


class AskedForm(NamedTuple):
    """``parameters``: what the route itself is asked, without what is about the form."""

    form: FileForm
    table: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """All pages; who names a page is given that page."""
        return not any(name in PAGED for name, _ in self.parameters)

    def page(self, request: Request, cursor: str | None = None) -> Request:
        """The request for the JSON answer, or one of its pages."""
        asked = [*self.parameters, *([] if cursor is None else [("cursor", cursor)])]
        headers = [one for one in request.scope["headers"] if one[0] != b"if-none-match"]
        state = {"rows_alone": cursor is not None}
        more = {"query_string": urlencode(asked).encode(), "headers": headers, "state": state}
        return Request({**request.scope, **more}, request.receive)

    def without_form(self, request: Request) -> Request:
        """The request as the route itself takes it."""
        return Request({**request.scope, "query_string": urlencode(self.parameters).encode()}, request.receive)


def asked_form(request: Request, tables: Mapping[str, object]) -> AskedForm:
    """``tables``: those of the answer, the main one first. Raises :class:`ApiRefused`."""
    given = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    said = {name: value for name, value in given if name in (FORMAT, TABLE)}
    if sum(name in said for name, _ in given) > len(said):
        raise ApiRefused("query", "a parameter more than once")
    if FORMAT in said and said[FORMAT] not in FORMATS:
        raise ApiRefused(FORMAT, f"enum (expected {', '.join(FORMATS)})")
    form = FileForm(said[FORMAT]) if FORMAT in said else preferred(request.headers.get("accept", ""))
    if TABLE in said and form is FileForm.JSON:
        raise ApiRefused(TABLE, f"only with {FORMAT} of a file: JSON has all tables")
    if TABLE in said and said[TABLE] not in tables:
        raise ApiRefused(TABLE, f"enum (expected {', '.join(tables)})")
    own = tuple((name, value) for name, value in given if name not in said)
    return AskedForm(form, said.get(TABLE) or next(iter(tables)), own)
