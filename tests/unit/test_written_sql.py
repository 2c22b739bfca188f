"""The SQL that `make sql` writes stands in the repository as it is written."""

from infra.db.written_sql import HEAD, ROOT, texts


def test_every_written_query_is_as_its_lists_say() -> None:
    stale = [str(path.relative_to(ROOT)) for path, text in texts() if path.read_text("utf-8") != text]
    assert stale == [], "run `make sql`"


def test_no_file_says_that_it_is_written_and_is_not() -> None:
    written = {path for path, _ in texts()}
    assert {path for path in ROOT.glob("*/sql/**/*.sql") if path.read_text("utf-8").startswith(HEAD)} == written
