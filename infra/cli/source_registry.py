"""Sources and their tokens together, each deed in one transaction: what a source is belongs to the gateway, its
tokens are keys like those of programs. Blocking; writes as role ``migrate``."""

from datetime import datetime, timedelta

import psycopg

from dashboards.access.fit_access import KEY_USUAL
from dashboards.access.registry import ListedKey
from dashboards.access.source_tokens import end_tokens, give_token, rotate_token, source_tokens
from streams.intake.gateway import registry
from streams.intake.gateway.registry import Registered


def add_source(
    url: str,
    name: str,
    urn: str,
    types: tuple[str, ...],
    units: tuple[str, ...],
    now: datetime,
    *,
    by: str,
    lives: timedelta = KEY_USUAL,
) -> str:
    """The token, which nobody can be told again. Raises :class:`registry.Unfit` and
    :class:`dashboards.access.fit_access.UnfitAccess`."""
    registry.check(name, urn, types, units)
    with psycopg.connect(url) as connection:
        registry.add(connection, name, urn, types, units, now)
        return give_token(connection, name, lives, now, by=by)


def rotate_source(
    url: str, name: str, now: datetime, *, by: str, lives: timedelta = KEY_USUAL, at_once: bool = False
) -> str:
    """Another token; ``at_once``: the ones before end now, and not after the overlap. Raises :class:`LookupError` and
    :class:`dashboards.access.fit_access.UnfitAccess`."""
    with psycopg.connect(url) as connection:
        registry.hold(connection, name)
        return rotate_token(connection, name, lives, now, by=by, at_once=at_once)


def remove_source(url: str, name: str, now: datetime, *, by: str) -> None:
    """Its tokens end. Raises :class:`LookupError`."""
    with psycopg.connect(url) as connection:
        registry.remove(connection, name)
        end_tokens(connection, name, now, by=by)


def listed_sources(url: str, now: datetime) -> list[tuple[Registered, list[ListedKey]]]:
    """Each with its tokens that have not ended, the oldest first."""
    with psycopg.connect(url) as connection:
        tokens = source_tokens(connection, now)
        return [(one, [key for key in tokens if key.name == one.name]) for one in registry.listed(connection)]
