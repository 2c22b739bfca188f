"""Cases of essential services, written straight into the tables: two below 3 %, most of them in between."""

from datetime import datetime
from pathlib import Path

import psycopg

from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import read
from tests.integration.essential_sample import write_reference
from tests.integration.filled import write_rollups

# Code, and how many of a hundred of its cases come online.
SERVICES = {
    "9.000002": 1, "1.001978": 2, "9.000004": 9, "1.006714": 14, "1.000894": 22, "2.000488": 38, "1.001456": 47,
    "1.004194": 55, "1.004222": 56, "2.001178": 57, "1.000656": 66, "1.001193": 74, "9.000003": 88, "1.003677": 93,
    "2.001159": 100,
}  # fmt: skip
TARGETS = "0,,40,80,2026-12-31,KH 10/KH-UBND,2026-01-01,,second_hand\n18,,0.68,50,2026-12-31,QĐ 1,2026-11-01,,sourced\n"
SPREAD = """
UPDATE case_state s SET
    procedure = (%(codes)s::text[])[1 + n %% %(services)s],
    channel = CASE WHEN (n / %(services)s) * 37 %% 100 < (%(online)s::int[])[1 + n %% %(services)s] THEN 'online'
        ELSE 'direct' END,
    supplement_requests = CASE WHEN n %% 7 = 0 THEN 1 ELSE 0 END,
    synced_at = CASE WHEN n %% 11 > 0 THEN accepted_at END
FROM (SELECT subject, row_number() OVER (ORDER BY accepted_at, subject)::int AS n FROM case_state) AS numbered
WHERE numbered.subject = s.subject
"""


def fill(db: psycopg.Connection, database: DatabaseUrls, folder: Path, now: datetime, targets: str = TARGETS) -> None:
    """Spreads the cases that are there over the services, and loads the reference that knows these."""
    write_reference(folder, targets)
    load(database.migrate, read(folder), now)
    online = list(SERVICES.values())
    db.execute(SPREAD, {"codes": list(SERVICES), "online": online, "services": len(online)})
    write_rollups(db)
