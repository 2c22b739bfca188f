"""What a case adds to the numerators of Quyết định 766, slowly and as it is written (domain.md 1.3)."""

from collections.abc import Sequence
from typing import Any

from tests.reference.facts import Fact

Json = dict[str, Any]
SCORED = (
    "portal_known",
    "results_electronic",
    "digitised_whole",
    "papers_reused",
    "population_used",
    "fee_cases",
    "paid_online",
    "dissatisfied",
    "accepted_online",
)


def scored(facts: Sequence[Fact], state: Json, *, fee: bool) -> list[str]:
    """Their names, in order. ``facts`` that stand, in order; ``state`` of the accepted case; ``fee``: its procedure has
    one by the catalogue."""

    def data(kind: str) -> list[Json]:
        return [fact.data for fact in facts if fact.kind == kind]

    free = [paid for paid in data("paid") if paid.get("amount_vnd") == 0]
    fees = [paid for paid in data("paid") if paid.get("amount_vnd") is None or paid["amount_vnd"] > 0]
    ratings = [rated["score"] for rated in data("rated")]
    result = any(one.get("result", False) for one in data("digitised"))
    holds = {
        "portal_known": state["portal_status"] is not None or state["synced_at"] is not None,
        "results_electronic": result,
        "digitised_whole": result and sum(one.get("papers", 0) for one in data("digitised")) > 0,
        "papers_reused": sum(one.get("reused", 0) for one in data("digitised")) > 0,
        "population_used": any(use["database"].strip(" ") == "CSDLQGDC" and use["ok"] for use in data("data_used")),
        "fee_cases": len(fees) > 0 or (fee and len(free) == 0),
        "paid_online": any(paid["online"] for paid in fees),
        "dissatisfied": len(ratings) > 0 and ratings[-1] in (1, 2),
        "accepted_online": state["channel"] == "online",
    }
    return [name for name in SCORED if holds[name]]
