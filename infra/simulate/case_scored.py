"""What is true of a simulated case for the numerators of Quyết định 766: read from what is told, not folded."""

from collections.abc import Iterator, Sequence
from functools import cache

from infra.simulate.calendar import reference
from infra.simulate.case_stories import StoryFact
from schemas.cases import Channel


@cache
def with_fee() -> frozenset[str]:
    """The codes to which the catalogue that comes with the project gives a fee."""
    return frozenset(placed.row.code for placed in reference().procedures if placed.row.fee)


def scored(facts: Sequence[StoryFact], channel: str, *, fee: bool) -> Iterator[str]:
    """The counters that an accepted case adds to. ``facts`` are those told by then; ``fee``: by the catalogue its
    procedure has one."""
    said = {kind: [fact.data for fact in facts if fact.kind == kind] for kind in {fact.kind for fact in facts}}
    digitised, uses, fees = said.get("digitised", []), said.get("data_used", []), said.get("paid", [])
    taken = [data for data in said.get("synced", []) if '"answer":"refused"' not in data]
    if taken or "portal_status" in said:
        yield "portal_known"
    result = any('"result":true' in data for data in digitised)
    if result:
        yield "results_electronic"
        if any('"papers":0' not in data for data in digitised):
            yield "digitised_whole"
    if any('"reused":0' not in data for data in digitised):
        yield "papers_reused"
    if any('"database":"CSDLQGDC"' in data and '"ok":true' in data for data in uses):
        yield "population_used"
    if fees or fee:  # every amount is more than nothing
        yield "fee_cases"
    if any('"online":true' in data for data in fees):
        yield "paid_online"
    for data in said.get("rated", [])[-1:]:
        if '"score":1' in data or '"score":2' in data:
            yield "dissatisfied"
    if channel == Channel.ONLINE:
        yield "accepted_online"
