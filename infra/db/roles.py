"""Prepares a private PostgreSQL server: its login roles and its databases."""

import time
from pathlib import Path

import psycopg
from psycopg import sql

from infra.endpoints import DATABASE, LOGINS, own_url
from infra.home import Home

ROLES = Path(__file__).with_name("roles.sql")


def prepare_server(home: Home) -> None:
    """Logins with the home's passwords, and the database ``ioc``. Idempotent; the server must be running."""
    url = own_url(home, "postgres", "postgres")
    passwords = {login: sql.Literal(home.secret(login)) for login in LOGINS}
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL(ROLES.read_text()).format(**passwords))
    create_database(home, DATABASE)


def create_database(home: Home, name: str, template: str | None = None) -> bool:
    """A database that ``migrate`` owns, with TimescaleDB, or as a copy of another; whether it was missing."""
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as connection:
        # Session-wide, as CREATE DATABASE cannot stand in a transaction.
        connection.execute("SELECT pg_advisory_lock(71064003)")
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            made = sql.SQL("CREATE DATABASE {} OWNER migrate TEMPLATE {}")
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(template or "template0")))
        grants = "REVOKE ALL ON DATABASE {0} FROM PUBLIC; "
        grants += "GRANT CONNECT ON DATABASE {0} TO streams, screens, api, access, units;"
        grants += "GRANT TEMPORARY ON DATABASE {0} TO streams;"  # spans are copied into a temporary table first
        connection.execute(sql.SQL(grants).format(sql.Identifier(name)))
    if template is None:
        _provide_timescale(own_url(home, "postgres", name))
    return known is None


def drop_database(home: Home, name: str) -> None:
    """Ends its sessions and drops it; nothing if it is not there."""
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def freeze_database(home: Home, name: str) -> None:
    """Makes it a template: nobody can connect any more, TimescaleDB's own workers included, so it can be copied at any
    moment (a copy is refused while a session is in the original)."""
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
        inside = "FROM pg_stat_activity WHERE datname = %s"
        connection.execute(sql.SQL("SELECT pg_terminate_backend(pid) " + inside), [name])
        while connection.execute(sql.SQL("SELECT 1 " + inside), [name]).fetchone():
            time.sleep(0.02)


def is_frozen(home: Home, name: str) -> bool:
    """Whether it exists and was frozen."""
    with psycopg.connect(own_url(home, "postgres", "postgres"), autocommit=True) as connection:
        row = connection.execute("SELECT datallowconn FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row == (False,)


def _provide_timescale(url: str) -> None:
    """The extension, of the version that the server's library has: a newer library refuses an older extension."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS timescaledb")
    with psycopg.connect(url, autocommit=True) as connection:
        # Must be the first command of its session.
        connection.execute("ALTER EXTENSION timescaledb UPDATE")
