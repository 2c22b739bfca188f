"""The database's moments are those of the stream's microseconds, to the microsecond."""

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from infra.endpoints import DatabaseUrls

MOST = 8_583_000_000_000_000  # in 2241


def test_a_number_of_microseconds_is_its_moment_exactly(database: DatabaseUrls) -> None:
    @given(st.lists(st.integers(0, MOST), min_size=1, max_size=200))
    def exact(numbers: list[int]) -> None:
        asked = "SELECT (extract(epoch FROM moment_at(n)) * 1000000)::bigint FROM unnest(%s::bigint[]) AS u (n)"
        assert [row[0] for row in connection.execute(asked, [numbers])] == numbers

    with psycopg.connect(database.screens, autocommit=True) as connection:
        exact()
        plan = connection.execute(
            "EXPLAIN VERBOSE SELECT moment_at(n) FROM unnest('{1}'::bigint[]) AS u (n)"
        ).fetchall()
        assert not any("moment_at" in line for (line,) in plan), "the planner does not put it into the statement"
