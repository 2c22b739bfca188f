"""What ``streams.column_arrays`` writes is what PostgreSQL reads."""

import psycopg
from hypothesis import example, given
from hypothesis import strategies as st

from infra.endpoints import DatabaseUrls
from streams.column_arrays import array

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)


def test_an_array_s_literal_is_read_as_it_was(database: DatabaseUrls) -> None:
    @given(st.lists(TEXTS | st.none(), max_size=20))
    @example(['a "b" \\ {c}, d', "NULL", "null", "", "\\n", '[["bước \\"1\\"", 2]]', None])
    def texts(values: list[str | None]) -> None:
        assert _read(values, "text") == values

    @given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.none(), max_size=20))
    def integers(values: list[int | None]) -> None:
        assert _read(values, "bigint") == values

    @given(st.lists(st.booleans() | st.none(), max_size=20))
    def booleans(values: list[bool | None]) -> None:
        assert _read(values, "boolean") == values

    def _read(values: list[str | None] | list[int | None] | list[bool | None], kind: str) -> object:
        row = connection.execute(f"SELECT %s::{kind}[]", [array(values)]).fetchone()
        assert row is not None
        return row[0]

    with psycopg.connect(database.screens, autocommit=True) as connection:
        texts()
        integers()
        booleans()
