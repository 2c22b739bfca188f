"""Brings a database to the newest schema: the numbered SQL files, each once, in order."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from infra.db.policies import apply_policies
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError

FOLDER = Path(__file__).with_name("migrations")
NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
LOCK = 71064001
# What Alembic is told about one file. The SQL goes to psycopg as it stands: through SQLAlchemy it would be prepared,
# and a prepared statement is only one, with % as a placeholder.
REVISION = """\
from pathlib import Path
from alembic import op
revision = {revision!r}
down_revision = {down_revision!r}
branch_labels = None
depends_on = None
def upgrade():
    op.get_bind().connection.driver_connection.execute(Path({file!r}).read_text(encoding="utf-8"))
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of ``migrations/``."""

    number: str
    file: Path


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a run did: revisions before and after; equal when there was nothing to do."""

    before: str | None
    after: str | None


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


def migrate(urls: DatabaseUrls, folder: Path = FOLDER) -> Migrated:
    """Runs what has not run, then grants what the policies say. Of two at once, one waits. Forward only: a database
    that a newer version has migrated is refused and left as it is."""
    files = migrations(folder)
    with _connected(urls.migrate) as connection:
        session = _session(connection)
        with _locked(session):
            before = _revision(session)
            known = {migration.number for migration in files}
            if before is not None and before not in known:
                raise OperatorError(
                    f"the database is at revision {before}, which this version does not know: update it"
                )
            with tempfile.TemporaryDirectory() as scratch:
                _write_chain(files, Path(scratch))
                _upgrade(connection, Path(scratch))
            if files:
                apply_policies(session, urls)
            return Migrated(before, _revision(session))


def pending(url: str, folder: Path = FOLDER) -> bool:
    """Whether a migration has not run yet. Any login may ask."""
    newest = max((migration.number for migration in migrations(folder)), default=None)
    with psycopg.connect(url, connect_timeout=5) as connection:
        return _revision(connection) != newest


def _upgrade(connection: sqlalchemy.Connection, scratch: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(scratch))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    ScriptDirectory.from_config(config)
    command.upgrade(config, "head")


def _write_chain(files: list[Migration], scratch: Path) -> None:
    before: str | None = None
    for migration in files:
        text = REVISION.format(revision=migration.number, down_revision=before, file=str(migration.file))
        (scratch / f"{migration.file.stem}.py").write_text(text)
        before = migration.number


@contextmanager
def _connected(url: str) -> Iterator[sqlalchemy.Connection]:
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url, connect_timeout=10), poolclass=sqlalchemy.NullPool
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _session(connection: sqlalchemy.Connection) -> psycopg.Connection[Any]:
    session: Any = connection.connection.driver_connection
    assert isinstance(session, psycopg.Connection)  # noqa: S101 (tells the type checker)
    return session


@contextmanager
def _locked(session: psycopg.Connection[Any]) -> Iterator[None]:
    """An advisory lock of the session: a transaction's would end with the first migration."""
    session.execute("SET lock_timeout = '300s'")
    session.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    session.execute("RESET lock_timeout")
    session.commit()
    try:
        yield
    finally:
        session.rollback()
        session.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        session.commit()


def _revision(session: psycopg.Connection[Any]) -> str | None:
    if session.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,):
        return None
    row = session.execute("SELECT version_num FROM public.alembic_version").fetchone()
    session.commit()
    return str(row[0]) if row else None
