"""Brings a database to the newest schema: the numbered SQL files, each once, in order."""

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
from infra.db.revisions import FOLDER, Migration, migrations, revision_of
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError

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
class Migrated:
    """What a run did: revisions before and after; equal when there was nothing to do."""

    before: str | None
    after: str | None


def migrate(urls: DatabaseUrls, folder: Path = FOLDER) -> Migrated:
    """Runs what has not run, then grants what the policies say. Of two at once, one waits. Forward only: a database
    that a newer version has migrated is refused and left as it is."""
    files = migrations(folder)
    with _connected(urls.migrate) as connection:
        session = _session(connection)
        with _locked(session):
            before = revision_of(session)
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
            return Migrated(before, revision_of(session))


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
