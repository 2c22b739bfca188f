"""What one case adds to the numerators of Quyết định 766 (``schemas.rules.decision_766``): one bit each. Pure.

Each counts on the day of acceptance, so that numerator and denominator are the same cases (domain.md 1.3).
"""

from collections.abc import Sequence
from itertools import product

from schemas.history import Entry

# In the order of their bits, which are stored: append only.
FLAGS = (
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
BIT = {name: 1 << place for place, name in enumerate(FLAGS)}
_BITS = tuple(BIT.values())
NAMES: tuple[tuple[str, ...], ...] = tuple(
    tuple(name for name in FLAGS if value & BIT[name]) for value in range(1 << len(FLAGS))
)
"""The flags that are set, by value."""

_VALUES = {
    said: sum(bit for bit, holds in zip(_BITS, said, strict=True) if holds)
    for said in product((False, True), repeat=len(_BITS))
}
TOLD = frozenset(("digitised", "paid", "rated", "data_used"))
POPULATION = "CSDLQGDC"  # the population database's key (MaCSDL); chưa kiểm chứng
DISLIKE = 2  # a rating (1-5) of at most this counts as a dislike; the portal knows only likes and dislikes
ONLINE = "online"


def flags(told: Sequence[Entry], channel: str, *, known: bool, fee: bool | None = None) -> int:
    """Of an accepted case. ``told``: its facts of :data:`TOLD` that stand, in order; others are passed over. ``known``:
    the national portal has the case. ``fee``: whether the catalogue gives its procedure a fee; ``None``: it does not
    say. A case must pay that has paid more than nothing, or whose procedure has a fee, unless every payment of it that
    was told is of nothing (domain.md 1.3, 3.6); so what is paid online is a part of what must pay."""
    papers = result = reused = population = paid = nothing = online = disliked = False
    for entry in told:
        data = entry.data
        match entry.kind:
            case "digitised":
                papers = papers or bool(data.papers)
                reused = reused or bool(data.reused)
                result = result or bool(data.result)
            case "paid" if data.amount_vnd == 0:
                nothing = True
            case "paid":
                paid = True
                online = online or bool(data.online)
            case "rated":
                disliked = data.score is not None and data.score <= DISLIKE
            case "data_used":
                population = population or (bool(data.ok) and data.database == POPULATION)
    must = paid or (bool(fee) and not nothing)
    said = (known, result, papers and result, reused, population, must, online, disliked, channel == ONLINE)
    return _VALUES[said]
