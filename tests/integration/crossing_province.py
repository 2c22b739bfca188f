"""The samples of cases and topics told around the day on which 26041 became another unit: 1/7/2025."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from dashboards.periods import Period, PeriodName, between
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from schemas.reference.reading import PACKAGED, read
from tests.integration import sample_domains, sample_province
from tests.reference import unit_days as slow

KEY, FORMER = "26041", "26041/2025-06-30"
FIRST, LAST, CHANGE = date(2025, 1, 1), date(2026, 5, 31), date(2025, 7, 1)
YEARS, EVER = between(FIRST, LAST), Period(PeriodName.ALL)
SIDES = (between(FIRST, date(2025, 6, 30)), between(CHANGE, LAST))
AS_OF = datetime(2026, 5, 31, 8, 0, tzinfo=UTC)
DAYS = slow.changes(PACKAGED)
_MONTH = re.compile(r"/20\d\d-\d\d$")
_DAY = re.compile(r"20\d\d-\d\d-\d\d")


def moved(event: dict[str, Any], border: date) -> dict[str, Any]:
    """The event of a sample with the border on the day of the change, and its commune under the key."""
    by = date(2025, 6, 30) - border
    text = _DAY.sub(lambda day: str(date.fromisoformat(day[0]) + by), json.dumps(event, ensure_ascii=False))
    text = text.replace("Phường Trấn Biên", KEY).replace('"to": "Xã Đak Lua"', f'"to": "{KEY}"')
    found: dict[str, Any] = json.loads(text)
    found["subject"] = _MONTH.sub(f"/{found['time'][:7]}", found["subject"])
    return found


_told = (moved(json.loads(value), date(2024, 2, 28)) for value in sample_province.tell())
CASES = [event for event in _told if datetime.fromisoformat(event["time"]) <= AS_OF]
TOPICS = {
    contract: [moved(event, date(2024, 2, 15)) for event in events if "period" not in event["data"]]
    for contract, events in sample_domains.told().items()
}


async def fill(database: DatabaseUrls) -> None:
    load(database.migrate, read(), AS_OF)
    await sample_province.play(database.streams, [json.dumps(event).encode() for event in CASES], AS_OF)
    for contract, events in TOPICS.items():
        await sample_domains.take(database, contract, events, at=AS_OF)
