"""Dead letters are kept a while and in a number: a source that sends what nobody can read fills no disk.

What is purged is no longer counted nor listed (both come from the same rows); what each source has had rejected in all
stays in ``stream_source``.
"""

from datetime import datetime

import psycopg

from streams.queries import QUERIES

A_SLICE = 5_000  # rows a transaction


def purge(url: str, before: datetime, most: int) -> int:
    """Forgets the dead letters received before this moment and those beyond the newest ``most``; how many."""
    found = 0
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            gone = connection.execute(
                QUERIES["shared/purge_dead_letters"], {"before": before, "most": most, "slice": A_SLICE}
            ).rowcount
            found += gone
            if gone < A_SLICE:
                return found
