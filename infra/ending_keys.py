"""Keys of programs and tokens of the gateway's sources that end soon: said by ``ioc status``."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

SOON = timedelta(days=14)
# Of a name with two the later one counts: the other has been followed already. A key that has ended may have been meant
# to; a registered source without a token can send nothing.
ASKED = """
SELECT role, name, ends_at FROM (
    SELECT role, name, max(expires_at) AS ends_at FROM access_credential
    WHERE kind = 'key' AND ended_at IS NULL AND expires_at > %(now)s GROUP BY role, name
    UNION ALL
    SELECT 'source', s.name, NULL FROM gateway_source s WHERE NOT EXISTS (
        SELECT FROM access_credential c
        WHERE c.kind = 'key' AND c.role = 'source' AND c.name = s.name AND c.ended_at IS NULL AND c.expires_at > %(now)s
    )
) k WHERE ends_at IS NULL OR ends_at <= %(until)s ORDER BY ends_at NULLS FIRST, role, name
"""


@dataclass(frozen=True, slots=True)
class EndingKey:
    """``role``: program or source. Without ``ends_at`` there is none left."""

    role: str
    name: str
    ends_at: datetime | None

    def said(self) -> str:
        ends = "has ended" if self.ends_at is None else f"ends on {self.ends_at:%F}"
        if self.role == "source":
            return f"The token of source {self.name} {ends}: ioc sources rotate {self.name}"
        return f"The key {self.name} {ends}: ioc keys add {self.name}"


def ending_keys(url: str, now: datetime) -> tuple[EndingKey, ...]:
    """Asks as role access. Raises :class:`psycopg.Error`."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        rows = connection.execute(ASKED, {"now": now, "until": now + SOON}).fetchall()
    return tuple(EndingKey(role, name, ends_at) for role, name, ends_at in rows)
