"""The numbered migrations, and how far a database is. Light: what only asks does not load Alembic."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from infra.errors import OperatorError

FOLDER = Path(__file__).with_name("migrations")
NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of ``migrations/``."""

    number: str
    file: Path


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """The files in order. They must be numbered 0001, 0002, … without a gap: a gap is a file somebody forgot."""
    found = []
    for file in sorted(folder.glob("*.sql")):
        name = NAME.fullmatch(file.name)
        if name is None:
            raise OperatorError(f"{file.name}: a migration is called NNNN_name.sql")
        found.append(Migration(name[1], file))
    for expected, migration in enumerate(found, start=1):
        if int(migration.number) != expected:
            raise OperatorError(f"{migration.file.name}: expected number {expected:04d}")
    return found


def pending(url: str, folder: Path = FOLDER) -> bool:
    """Whether a migration has not run yet. Any login may ask."""
    newest = max((migration.number for migration in migrations(folder)), default=None)
    with psycopg.connect(url, connect_timeout=5) as connection:
        return revision_of(connection) != newest


def revision_of(session: psycopg.Connection[Any]) -> str | None:
    """The revision a database is at; ``None`` before its first migration."""
    if session.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
        return None
    row = session.execute("SELECT version_num FROM public.alembic_version").fetchone()
    session.commit()
    return str(row[0]) if row else None
