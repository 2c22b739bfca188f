"""The rows of ``event_outside``: events that their sources had no right to say, of subjects that were folded again.

Most spans have none: what has no limit is not looked at, and nothing is sent for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from streams.books.book import Connection
from streams.column_arrays import array
from streams.queries import QUERIES

CASE = "case"
# domain, subject, source, id, time, digest, kind, and whose the subject is
OutsideRow = tuple[str, str, str, str, int, bytes, str, str]


@dataclass(slots=True)
class Outside:
    """``keys``: subjects of which anything has a limit, as (domain, subject)."""

    keys: list[tuple[str, str]] = field(default_factory=list)
    rows: list[OutsideRow] = field(default_factory=list)

    def take(self, domain: str, subject: str, rows: Sequence[OutsideRow]) -> None:
        self.keys.append((domain, subject))
        self.rows += rows

    async def write(self, connection: Connection) -> None:
        """Sends without waiting for an answer. All keys are of cases, or none is."""
        if not self.keys:
            return
        columns: dict[str, Any] = {
            "outside_domain": array([row[0] for row in self.rows]),
            "outside_subject": array([row[1] for row in self.rows]),
            "source": array([row[2] for row in self.rows]),
            "id": array([row[3] for row in self.rows]),
            "time": array([row[4] for row in self.rows]),
            "digest": [row[5] for row in self.rows],
            "kind": array([row[6] for row in self.rows]),
            "unit": array([row[7] for row in self.rows]),
            "domains": array([domain for domain, _ in self.keys]),
            "subjects": array([subject for _, subject in self.keys]),
        }
        of_cases = self.keys[0][0] == CASE
        await connection.execute(QUERIES["cases/write_outside" if of_cases else "subjects/write_outside"], columns)
