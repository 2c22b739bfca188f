"""The forms in the OpenAPI document: what no route says itself."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from dashboards.api.examples import problems
from dashboards.api.forms.asked_form import FORMAT, TABLE
from dashboards.api.forms.route import is_table
from dashboards.api.forms.tables import tables_of
from dashboards.forms.form import FILES, MEDIA, FileForm

_FORMAT = (
    "The answer's form, before what `Accept` says. A file has all rows of a list, unless `limit` or `cursor` is given;"
    " its first lines (XLSX: a sheet, Parquet: its metadata) say source, moment, reach, filter and who asked."
)


def with_forms(app: FastAPI, document: dict[str, Any]) -> dict[str, Any]:
    """The document, with both parameters and the files of every route that has a table."""
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema and is_table(route):
            operation = document["paths"][route.path_format]["get"]
            operation.setdefault("parameters", []).extend(
                [
                    _parameter(FORMAT, _FORMAT, [*FileForm], FileForm.CSV),
                    _parameter(
                        TABLE,
                        "Of a file, which of the answer's tables; the first where none is named.",
                        list(tables_of(route.response_model)),
                        next(iter(tables_of(route.response_model))),
                    ),
                ]
            )
            refusal = problems(HTTPStatus.UNPROCESSABLE_ENTITY)[HTTPStatus.UNPROCESSABLE_ENTITY]
            operation["responses"].setdefault(str(int(HTTPStatus.UNPROCESSABLE_ENTITY)), refusal)
            content = operation["responses"]["200"]["content"]
            for form in FILES:
                content[MEDIA[form]] = {"schema": {"type": "string"}, "example": f"({form.upper()})"}
    return document


def _parameter(name: str, words: str, expected: list[str], example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": {"type": "string", "enum": [str(one) for one in expected], "examples": [str(example)]},
    }
