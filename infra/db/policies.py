"""Applies ``policies.sql``: what each login may do."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError

POLICIES = Path(__file__).with_name("policies.sql")


def apply_policies(connection: psycopg.Connection[Any], urls: DatabaseUrls) -> None:
    """Takes away and grants in one transaction, so that nobody ever meets a moment without rights."""
    logins = {name: _login(url) for name, url in _readers_and_writers(urls).items()}
    with connection.transaction():
        connection.execute(sql.SQL(POLICIES.read_text()).format(**logins))


def _readers_and_writers(urls: DatabaseUrls) -> dict[str, str]:
    return {
        "streams": urls.streams,
        "screens": urls.screens,
        "api": urls.api,
        "access": urls.access,
        "units": urls.units,
    }


def _login(url: str) -> sql.Identifier:
    user = urlsplit(url).username
    if not user:
        raise OperatorError("each IOC_DATABASE… URL must name its user: postgresql://USER:PASSWORD@HOST/DATABASE")
    return sql.Identifier(unquote(user))
