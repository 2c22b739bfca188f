"""The whole province: every topic with its teller and its truth."""

from collections.abc import Iterable

from infra.simulate.calendar import seconds_of
from infra.simulate.case_figures import FIGURES, CaseFigures
from infra.simulate.cases import SimulatedCases
from infra.simulate.datasets import Datasets
from infra.simulate.gap_truth import FIGURE as PORTAL_GAP
from infra.simulate.lookups import FIGURE, Lookups
from infra.simulate.outreach import Outreach
from infra.simulate.platform import Platform
from infra.simulate.portal import SimulatedPortal
from infra.simulate.scenarios import Drills
from infra.simulate.tasks import Tasks
from infra.simulate.telling import Disturbances, SimulatedTeller, Window
from infra.simulate.topic import SimulatedTopic
from infra.simulate.truth import NoTruth, Truth

# By topic (the name of its contract): the figures that its truth speaks of.
TOPICS: dict[str, tuple[str, ...]] = {
    "cases": FIGURES,
    "lookups": (FIGURE, "connection", "limit"),
    "datasets": ("dataset", "campaign"),
    "tasks": ("task",),
    "platform": ("system", "certificate", "backup", "milestone"),
    "portal": ("portal", "petition"),
    "outreach": ("activity", "training", "staffing"),
}


def figures_of(topics: Iterable[str], drills: Drills) -> list[str]:
    """Every figure that the truth of such a play speaks of."""
    played = [figure for topic in topics for figure in TOPICS[topic]]
    return [*played, PORTAL_GAP] if "cases" in topics and drills.of("sync-faults") else played


def build(
    seed: int,
    scale: float,
    disturbances: Disturbances,
    drills: Drills,
    first: int,
    last: int | None,
    topics: Iterable[str] = TOPICS,
    *,
    digests: bool = True,
    look_s: Window | None = None,
) -> list[SimulatedTopic]:
    """``first`` and ``last`` are days, ``last`` not played any more; ``None``: without an end, and without a truth.
    ``look_s``: how many seconds pass between two looks at each system, of which there are all then."""
    until = None if last is None else seconds_of(last)
    made: list[SimulatedTopic] = []
    for name in topics:
        silences = drills.silences if name == "cases" else ()
        teller = SimulatedTeller(name, seed, disturbances, seconds_of(first), until, silences, digests)
        truth = NoTruth() if until is None else Truth(until)
        common = (seed, scale, teller, truth, first)
        match name:
            case "cases":
                made.append(SimulatedCases(seed, scale, teller, drills, None if until is None else CaseFigures(until)))
            case "lookups":
                made.append(Lookups(*common, drills))
            case "platform":
                made.append(Platform(*common, drills, look_s))
            case "datasets":
                made.append(Datasets(*common))
            case "tasks":
                made.append(Tasks(*common))
            case "portal":
                made.append(SimulatedPortal(*common))
            case "outreach":
                made.append(Outreach(*common))
            case _:
                raise KeyError(name)
    return made
