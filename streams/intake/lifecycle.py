"""One piece of work that a log tells by several transitions (``lifecycle:transition`` of XES): start, complete, …

Whether a row is a step is decided here; a step stands at its completion, as everywhere else in the contract.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from typing import Literal

TRANSITION, INSTANCE = "lifecycle:transition", "concept:instance"
Take = Literal["pair", "complete", "start", "each"]
START, COMPLETE = "start", "complete"


def taken(take: Take, work: Sequence[tuple[Hashable, str]]) -> list[tuple[int, int | None]]:
    """The places of those rows of one case that are steps, in order, each with the place of the row that began it, if
    there is one. ``work``: what each is about, and its transition.

    ``each``: all. ``start``, ``complete``: those with this transition, or without any. ``pair``: all but a start that
    has its completion behind it, which stands for both; where nothing is ever completed, all.
    """
    if take == "each":
        return [(place, None) for place in range(len(work))]
    if take != "pair":
        return [(place, None) for place, (_, transition) in enumerate(work) if transition.casefold() in ("", take)]
    begun: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    beginning: dict[int, int] = {}
    for place, (about, transition) in enumerate(work):
        if transition.casefold() == START:
            begun[about].append(place)
        elif transition.casefold() == COMPLETE and begun[about]:
            beginning[place] = begun[about].popleft()
    paired = set(beginning.values())
    return [(place, beginning.get(place)) for place in range(len(work)) if place not in paired]
