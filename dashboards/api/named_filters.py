"""Filters by what the reference knows: resolved to the key that is counted under, before anything is counted."""

from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from dashboards import periods
from dashboards.api.problems import ApiRefused
from dashboards.api.rights import check_own
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.named_keys import AGENCY, PART, SERVICE, Asked, key_of, part_of
from schemas.reference.names import PROCEDURE, SECTOR, UNIT

Asking = TypeVar("Asking", bound=BaseModel)
FILTERS = {"unit": UNIT, "procedure": PROCEDURE, "agency": AGENCY, "service": SERVICE}
RULES = {
    UNIT: "not a unit that the reference or the figures know, by its key or one of its names",
    AGENCY: "not an agency that the reference or the figures know, by its key or one of its names",
    PROCEDURE: "not a procedure that the reference or the figures know, by its code or one of its names",
    SECTOR: "not a sector that the reference or the figures know, by its key or one of its names",
    PART: "not a part that the reference or the figures know",
    SERVICE: "not a number of the list of essential services",
}

ROWS_AT_ONCE: ContextVar[int | None] = ContextVar("rows_at_once", default=None)  # of our own walks over pages


def named(database: AskedDatabase, of: type[Asking]) -> Any:
    """What a route takes in place of ``Query()`` of these parameters. :class:`ApiRefused` for what nobody knows."""

    async def resolved(request: Request, query: Any) -> Any:
        asked = asked_by(query, str(request.path_params.get("domain", "")))
        at_once = ROWS_AT_ONCE.get()
        keys: dict[str, Any] = {} if at_once is None or "limit" not in of.model_fields else {"limit": at_once}
        if not asked:
            return query.model_copy(update=keys)
        async with database.snapshot() as (conn, as_of):
            for field, one in asked.items():
                key = await key_of(conn, periods.today(as_of), one)
                if key is None:
                    raise ApiRefused(field, RULES[one.kind])
                if field == "unit":
                    check_own(key)
                keys[field] = int(key) if one.kind == SERVICE else key
        return query.model_copy(update=keys)

    resolver: Callable[..., Coroutine[Any, Any, Any]] = resolved
    resolver.__annotations__["query"] = Annotated[of, Query()]
    return Depends(resolver)


def asked_by(query: BaseModel, domain: str) -> dict[str, Asked]:
    """What a query asks for by name, by its fields. An empty one is "none named", and no name."""
    found = {
        field: Asked(kind, str(value)) for field, kind in FILTERS.items() if (value := getattr(query, field, None))
    }
    part = getattr(query, "part", None)
    if isinstance(part, str) and part and (of_domain := part_of(domain, part)) is not None:
        found["part"] = of_domain
    return found
