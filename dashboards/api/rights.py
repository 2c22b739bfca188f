"""What each route of the data API asks of whoever asks. A route that says nothing is refused when the API is built."""

from collections.abc import Iterator
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute

from dashboards.access.asker import Right, asking

NOT_YOURS = "a unit that is not the asker's own"


class NotGranted(Exception):
    """The asker may not ask that; the message names what is missing, never what was sent."""

    def __init__(self, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail, self.field = detail, field


class Needs:
    """A dependency of a route: the right that it asks for."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self) -> None:
        check(self.right)


def check(right: Right) -> None:
    """Of one that the route does not ask of every question. Raises :class:`NotGranted`."""
    if not asking().may(right):
        raise NotGranted(f"This needs the right `{right}`.")


def check_own(unit: str) -> None:
    """Of a unit that was named, by its key. Raises :class:`NotGranted`."""
    if (units := asking().units) and unit not in units:
        raise NotGranted("The request asks for what is another's.", "unit")


def needs(right: Right) -> Any:
    return Depends(Needs(right))


def right_of(route: APIRoute) -> Right | None:
    """What the route asks for; ``None`` where it says nothing."""
    found = [one.dependency.right for one in route.dependencies if isinstance(one.dependency, Needs)]
    return found[0] if len(found) == 1 else None


def routes(app: FastAPI) -> Iterator[APIRoute]:
    """Those that answer something of ours."""
    yield from (route for route in app.routes if isinstance(route, APIRoute) and route.path.startswith("/api/"))


def check_routes(app: FastAPI) -> None:
    """Raises :class:`RuntimeError` where a route is open by oversight."""
    silent = [route.path for route in routes(app) if right_of(route) is None]
    if silent:
        raise RuntimeError(f"routes that ask for no right: {', '.join(silent)}")
