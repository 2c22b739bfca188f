"""Migrations and policies, on a real TimescaleDB."""

from pathlib import Path

import psycopg
import pytest

from infra.db.migrate import migrate
from infra.db.policies import POLICIES
from infra.db.revisions import migrations, pending
from infra.endpoints import DatabaseUrls
from infra.errors import OperatorError

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')"


def test_migrating_twice_does_nothing_the_second_time(empty_database: DatabaseUrls) -> None:
    newest = migrations()[-1].number

    first = migrate(empty_database)
    second = migrate(empty_database)

    assert (first.before, first.after) == (None, newest)
    assert (second.before, second.after) == (newest, newest)


def test_an_unmigrated_database_is_pending_and_a_migrated_one_is_not(
    empty_database: DatabaseUrls, database: DatabaseUrls
) -> None:
    assert pending(empty_database.screens)
    assert not pending(database.screens)
    assert not pending(database.streams)


def test_a_migration_that_fails_leaves_the_database_where_it_was(empty_database: DatabaseUrls, tmp_path: Path) -> None:
    (tmp_path / "0001_good.sql").write_text("CREATE TABLE good (n integer); INSERT INTO good VALUES (100 % 7);")
    (tmp_path / "0002_bad.sql").write_text("CREATE TABLE half (n integer); SELECT 1 / 0;")

    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_database, tmp_path)

    with psycopg.connect(empty_database.migrate) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert connection.execute("SELECT n FROM good").fetchall() == [(2,)]
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)


def test_a_database_of_a_newer_version_is_refused(database: DatabaseUrls) -> None:
    with psycopg.connect(database.migrate) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(OperatorError, match="revision 9999, which this version does not know"):
        migrate(database)


def test_migrations_are_numbered_without_a_gap(tmp_path: Path) -> None:
    (tmp_path / "0001_one.sql").touch()
    (tmp_path / "0003_three.sql").touch()

    with pytest.raises(OperatorError, match="expected number 0002"):
        migrations(tmp_path)


def test_every_table_has_a_policy(database: DatabaseUrls) -> None:
    policies = POLICIES.read_text()
    with psycopg.connect(database.migrate) as connection:
        tables = {name for (name,) in connection.execute(TABLES)}

    assert {name for name in tables if name not in policies} == set()


def test_the_truth_is_insert_only_for_the_stream(database: DatabaseUrls) -> None:
    with psycopg.connect(database.streams, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO case_event VALUES ('s', 'i', 'c', '2026-01-05T00:00Z', '\\x00', 'k', '{}', 't', 0, 0, now())"
        )
        (chunk,) = connection.execute("SELECT tableoid::regclass::text FROM case_event").fetchone() or ("",)
        assert chunk != "case_event"  # it went to a chunk, which has rights of its own
        for table in ("case_event", chunk):
            for statement in ("UPDATE {} SET kind = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement.format(table))


SECRET = (  # hashes of tokens and passwords, and who did what
    *("gateway_source", "gateway_token"),
    *("access_account", "access_credential", "access_attempt", "access_record", "access_record_check"),
    *("access_pairing", "access_oidc_begun", "lookup_account_secret"),
)


@pytest.mark.parametrize("login", ["screens", "api"])
def test_readers_write_nothing_but_openings(database: DatabaseUrls, login: str) -> None:
    with psycopg.connect(getattr(database, login), autocommit=True) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        for table in tables:
            readable = connection.execute("SELECT has_table_privilege(%s, 'SELECT')", [table]).fetchone()
            assert readable == (table not in SECRET,), f"{login}: SELECT on {table}"
            for action in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                row = connection.execute("SELECT has_table_privilege(%s, %s)", [table, action]).fetchone()
                allowed = table in ("opening", "opening_item") and action in ("INSERT", "DELETE")
                assert row == (allowed,), f"{login}: {action} on {table}"


def test_a_worker_that_stands_still_in_a_transaction_is_cut_off(database: DatabaseUrls) -> None:
    with psycopg.connect(database.streams) as connection:
        shown = {
            name: (connection.execute(f"SHOW {name}").fetchone() or ("",))[0]
            for name in ("idle_in_transaction_session_timeout", "transaction_timeout", "lock_timeout", "timezone")
        }

    assert shown == {
        "idle_in_transaction_session_timeout": "10s",
        "transaction_timeout": "30s",
        "lock_timeout": "5s",
        "timezone": "UTC",
    }
