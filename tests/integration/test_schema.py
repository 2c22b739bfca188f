"""``infra/db/schema.sql`` is the sum of the migrations and policies, for people to read and for review."""

from pathlib import Path

from infra.db import dump
from infra.endpoints import DatabaseUrls
from infra.stack.software import prepare_software
from infra.stack.stack import Stack
from tests.settings import SuiteSettings

SCHEMA = Path(dump.__file__).with_name("schema.sql")
HEAD = "-- The sum of infra/db/migrations and policies.sql, written by `make schema`. Nothing runs this file.\n\n"


def test_the_migrations_add_up_to_the_schema(stack: Stack, suite: SuiteSettings, database: DatabaseUrls) -> None:
    software = prepare_software(stack.settings.software, stack.home.account, print)
    text = HEAD + dump.dump_schema(software.postgres.program("pg_dump"), database.migrate)
    if suite.write_schema:
        SCHEMA.write_text(text)

    assert SCHEMA.read_text() == text, "run `make schema` and look at the difference"
