"""A unit whose key is another's now, in a row of an answer."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field

from dashboards.readers import reference
from dashboards.readers.database import Connection
from dashboards.unit_keys import parted

NONE: Mapping[str, str] = {}
KEY = "of a former unit, whose key became another's in the period, KEY/LAST-DAY"


class FormerUnit(BaseModel):
    """Fields of a row by unit."""

    until: Annotated[date | None, Field(description="Of a former unit its last day; else null.")] = None
    name: Annotated[str | None, Field(description="Of a former unit, how it was called.")] = None


def fields(key: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    """``names``: of former units, by their keys with the day."""
    name = names.get(key or "")
    return {"until": None if name is None else parted(key or "")[1], "name": name}


async def names(conn: Connection, keys: Iterable[str | None]) -> dict[str, str]:
    """Of those among the keys that are former units."""
    found = await reference.former_names(conn, [key for key in keys if key])
    return {key: one.name for key, one in found.items() if one.known}
