"""What was lost before Kafka, for the command line (see :mod:`schemas.losses`)."""

from datetime import date

import psycopg
from psycopg.rows import class_row

from schemas.losses import SourceLoss, asked
from streams.queries import QUERIES


def losses(connection: psycopg.Connection, first: date, last: date) -> list[SourceLoss]:
    """Of these days, both included. Raises ``psycopg.Error``."""
    with connection.cursor(row_factory=class_row(SourceLoss)) as cursor:
        return cursor.execute(QUERIES["shared/losses"], asked(first, last)).fetchall()
