"""What the simulated home's receiver holds back now: a drill obeys it, as the case system itself would."""

import http.client
from contextlib import closing

from schemas.holds import HoldScope, Measure
from schemas.json_text import decode

PASSES = 10  # of a slowed one's look-ups every tenth
WAITS_S = 1.0


def held_now(port: int, account: str, unit: str, application: str) -> Measure | None:
    """How the account is held, by itself, by its unit or its application; stopped goes before slowed. ``None`` where
    nobody holds it, or the receiver is away: then a real system would let it through, too."""
    names = {(HoldScope.ACCOUNT, account), (HoldScope.UNIT, unit), (HoldScope.APPLICATION, application)}
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=WAITS_S)) as connection:
            connection.request("GET", "/held")
            rows = decode(connection.getresponse().read())["held"]
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        return None
    found = {row["measure"] for row in rows if (row["scope"], row["key"]) in names}
    return Measure.STOP if Measure.STOP in found else Measure.SLOW if Measure.SLOW in found else None


def let_through(measure: Measure | None, number: int) -> bool:
    """Whether the look-up of this number is made."""
    return measure is None or (measure is Measure.SLOW and number % PASSES == 0)
