"""Drills as records: events of the contract, in order, the same for the same seed, and found by the guard."""

import pytest

from infra.simulate.drills import DRILLS, records
from schemas.province import day_start
from schemas.rules.worktime import WorkTime
from schemas.topics import LOOKUPS
from streams.decode import Decoder
from streams.guard.account_rules import GuardGround
from streams.guard.accounts import SeenLook
from streams.guard.announced import Campaigns
from streams.guard.guard import LookupGuard
from streams.guard.thresholds import GuardThresholds
from streams.guard.usual import Usual
from tests.integration.test_store import Rec
from tests.unit.test_lookup_guard import TUESDAY

BEGINS = day_start(TUESDAY) // 1_000_000 + 9 * 3_600
NIGHT = day_start(TUESDAY) // 1_000_000 + 2 * 3_600
USUAL = Usual(WorkTime())


@pytest.mark.parametrize("name", DRILLS)
def test_a_drill_is_found_within_two_minutes_even_on_a_system_s_first_day(name: str) -> None:
    begins = NIGHT if name == "leaked-account" else BEGINS
    who, found = records(name, 6, begins, 4)
    assert records(name, 6, begins, 4) == (who, found)
    assert found == sorted(found, key=lambda record: record[0])
    batch = Decoder(LOOKUPS).batch([Rec(n, value, at * 1000) for n, (at, _, value) in enumerate(found)])
    assert batch.rejected == []
    guard = LookupGuard(GuardGround(USUAL, {}, Campaigns(), GuardThresholds(), among=900))
    seen = []
    for one in batch.accepted:
        data = one.entry.data
        look = SeenLook(
            one.entry.time, one.entry.source, one.entry.id, who.account, data.unit, data.application, data.case,
            data.person, data.result, data.channel == "screen", data.client,
        )  # fmt: skip
        seen += guard.observe([look])
    assert seen
    assert min(told.finding.seen for told in seen) / 1e6 - begins <= 120
