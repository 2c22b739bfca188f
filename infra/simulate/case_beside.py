"""What is said of a case beside its own life: its way to the national portal, its chain, the databases it used."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from random import Random

from infra.simulate.calendar import DAY_S, Office
from infra.simulate.case_stories import Story, StoryFact
from infra.simulate.procedures import SimulatedProcedure
from infra.simulate.province import SimulatedUnit

# What a fact of these kinds makes the national status (domain.md 4.1), and how often the sync says so at all.
SENT = {"accepted": 2, "supplement_requested": 5, "stopped": 8, "withdrawn": 7, "finished": 9}
SYNCED = 0.45
REWRITTEN = frozenset((5, 6, 8))
# Hazards of a bad sync (domain.md 4.3) and how often each is seen; each counts for sync_ and its name.
HAZARDS = (
    ("status_missing", 0.005),
    ("dummy_identity", 0.003),
    ("attachment_repeated", 0.004),
    ("code_invented", 0.002),
)
COUNTER_OF = {"status_rewritten": "sync_rewritten"}
REFUSED = 0.015
BEHIND, DAYS_BEHIND = 0.05, 9  # of the messages: sent days later
# Of each group (domain.md 3): the steps in order, each with the agency that does it; the first is the commune's own.
CHAINS = {
    "birth": (("khai-sinh", None), ("thuong-tru", "cong-an-tinh"), ("the-bhyt", "bao-hiem-xa-hoi")),
    "death": (("khai-tu", None), ("xoa-thuong-tru", "cong-an-tinh"), ("mai-tang-phi", "so-lao-dong-tbxh")),
}
SPREAD = (0.1, 0.15, 0.3, 0.45, 0.5, 0.65, 0.9)  # where in the work on a case its hand-overs lie


def beside(
    random: Random,
    office: Office,
    story: Story,
    procedure: SimulatedProcedure,
    rewrites: Callable[[int], bool],
    *,
    whole: bool = False,
) -> Story:
    """The story with these facts in their places. ``rewrites``: whether the sync rewrites statuses at that moment.
    ``whole``: the portal is told of everything, so that its share of a few online cases is the unit's own."""
    accepted = next((fact for fact in story.facts if fact.kind == "accepted"), None)
    if accepted is None or story.never:
        return story
    draw, unit = random.random, accepted.unit
    facts = list(story.facts)
    if draw() < procedure.looked_up:
        well = "true" if draw() < 0.97 else "false"
        data = f'{{"unit":"{unit.code}","database":"CSDLQGDC","fields":{3 + int(draw() * 6)},"ok":{well}}}'
        facts.append(StoryFact(accepted.at + 30 + int(draw() * 900), "data_used", data, unit))
    for fact in story.facts:
        status = SENT.get(fact.kind)
        if status is not None and (draw() < SYNCED or status in REWRITTEN or whole):
            after = 60 + int(draw() * 3_600) + (int(draw() * DAYS_BEHIND * DAY_S) if draw() < BEHIND else 0)
            facts.append(_sync(random, fact.at + after, status, unit, rewrites))
    if draw() < 0.03:
        at = accepted.at + 3_600 + int(draw() * 86_400)
        facts.append(StoryFact(at, "portal_status", f'{{"unit":"{unit.code}","portal_status":4}}', unit))
    if procedure.chain is not None:
        facts += _chain(office, story, procedure.chain, accepted)
    facts.sort(key=attrgetter("at"))
    return story._replace(facts=facts)


def synced(
    at: int,
    status: int,
    unit: SimulatedUnit,
    hazards: Sequence[str] = (),
    *,
    taken: bool = True,
    code: str | None = None,
) -> StoryFact:
    """A message to the portal and what came of it. ``code``: the case's there."""
    message = "DongBoHoSoMC" if status == 2 else "CapNhatTienDoHoSoMC"
    answer = '"answer":"taken"' if taken else '"answer":"refused","error":"MHS_404"'
    named = f',"portal_code":"{code}"' if code is not None else ""
    seen = ",".join(f'"{hazard}"' for hazard in hazards)
    data = f'{{"unit":"{unit.code}","message":"{message}","sent_status":{status}{named},{answer},"hazards":[{seen}]}}'
    also = [COUNTER_OF.get(hazard, f"sync_{hazard}") for hazard in hazards]
    return StoryFact(at, "synced", data, unit, also=(*also, *(() if taken else ("sync_refused",))))


def usual_hazards(random: Random) -> list[str]:
    return [hazard for hazard, often in HAZARDS if random.random() < often]


def _sync(random: Random, at: int, status: int, unit: SimulatedUnit, rewrites: Callable[[int], bool]) -> StoryFact:
    draw = random.random
    hazards = []
    if status in REWRITTEN and rewrites(at):
        status = 9
        hazards.append("status_rewritten")
    hazards += usual_hazards(random)
    return synced(at, status, unit, hazards, taken=draw() >= REFUSED)


def _chain(office: Office, story: Story, chain: str, accepted: StoryFact) -> list[StoryFact]:
    """Hand-overs between the acceptance and the end of the work, in order."""
    begin, end = office.clock(accepted.at), office.clock(story.facts[-1].at)
    unit, told, at = accepted.unit, list[StoryFact](), accepted.at
    (own, _), *others = CHAINS[chain]
    states: list[tuple[str, str, str, str | None]] = [(own, unit.code, "done", None)]
    for step, agency in others:
        states += [(step, unit.code, "sent", agency), (step, agency, "received", None), (step, agency, "done", None)]
    for place, (step, holder, state, to) in zip(SPREAD, states, strict=True):
        at = max(office.moment(begin + int((end - begin) * place)), at + 1)
        goes = f',"to":"{to}"' if to is not None else ""
        said = f'"chain":"{chain}","step":"{step}","agency":"{holder}","state":"{state}"{goes}'
        told.append(StoryFact(at, "chain_step", f'{{"unit":"{unit.code}",{said}}}', unit))
    return told
