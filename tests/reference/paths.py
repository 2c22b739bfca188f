"""The way of a case through its steps and agencies, asked of its facts: every answer looks at the whole history."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.reference.beside import place
from tests.reference.facts import Fact, Json
from tests.reference.law import Law
from tests.reference.rules import Judged

NO_PATH: Json = {
    "path": None,
    "path_office_s": [],
    "path_waited_s": [],
    "path_since": None,
    "loops": 0,
    "loop_reason": None,
    "chain_stays": None,
}


def path_columns(judged: Judged) -> Json:
    accepted, ended = judged.state["accepted_at"], judged.state["ended_at"]
    if accepted is None:
        return {**NO_PATH, "chain_stays": stays(judged.facts, ended, judged.law)}
    facts = [fact for fact in judged.facts if ended is None or fact.time <= ended]
    steps = [fact for fact in facts if fact.kind == "step"]
    moments = [accepted, *(max(fact.time, accepted) for fact in steps)]
    moments += [max(accepted, ended)] if ended is not None else []
    spans, holder, since = judged.holders()
    if holder is not None and since is not None:
        spans = [*spans, (holder, since, max(moments[-1], since))]
    office, waited = [], []
    for number, start in enumerate(moments[:-1]):
        end, away = moments[number + 1], timedelta()
        for who, begun, over in spans:
            if who != "office" and max(start, begun) < min(end, over):
                away += judged.law.worked(max(start, begun), min(end, over))
        whole = judged.law.worked(start, end) if start < end else timedelta()
        office.append((whole - away) // timedelta(seconds=1))
        waited.append(away // timedelta(seconds=1))
    reasons = loops(facts)
    return {
        "path": [fact.data["name"].strip(" ") for fact in steps],
        "path_office_s": office if ended is not None else [],
        "path_waited_s": waited if ended is not None else [],
        "path_since": moments[-1] if ended is None else None,
        "loops": len(reasons),
        "loop_reason": reasons[0] if reasons else None,
        "chain_stays": stays(judged.facts, ended, judged.law),
    }


def loops(facts: Sequence[Fact]) -> list[str]:
    """Why the case turned back, each time. A step that is done again is told by what came between."""
    found = list[tuple[int, str]]()
    for number, fact in enumerate(facts):
        asks = fact.kind == "suspended" and fact.data.get("status") == 5
        if fact.kind == "supplement_requested" or asks:
            found.append((number, "supplement"))
        elif fact.kind == "chain_step" and fact.data["state"] in ("returned", "failed"):
            found.append((number, "chain"))
        elif fact.kind == "step":
            name = fact.data["name"].strip(" ")
            before = [n for n in range(number) if facts[n].kind == "step" and facts[n].data["name"].strip(" ") == name]
            if before and not any(at > before[-1] for at, _ in found):
                found.append((number, "repeated"))
    return [reason for _, reason in found]


def stays(facts: Sequence[Fact], ended: datetime | None, law: Law) -> list[list[object]] | None:
    """Each run of hand-overs of one step that leave it at one agency, until it is somewhere else."""
    found = []
    steps = [fact for fact in facts if fact.kind == "chain_step"]
    for step in {fact.data["step"].strip(" ") for fact in steps}:
        handed = [fact for fact in steps if fact.data["step"].strip(" ") == step]
        places = [place(fact) for fact in handed]
        for number, there in enumerate(places):
            if there is None or (number and places[number - 1] == there):
                continue
            run = number
            while run < len(places) and places[run] == there:
                run += 1
            since, over = handed[number].time, handed[run].time if run < len(handed) else None
            if over is None and ended is not None:
                continue
            worked = None if over is None else _worked(law, since, over) // timedelta(seconds=1)
            received = any(fact.data["state"] != "sent" for fact in handed[number:run])
            found.append([step, there, _us(since), over and _us(over), worked, received])
    return sorted(found, key=lambda stay: (stay[2], stay[0])) or None


def _worked(law: Law, start: datetime, end: datetime) -> timedelta:
    return law.worked(start, end) if start < end else timedelta()


def _us(moment: datetime) -> int:
    return int(moment.timestamp() // 1) * 1_000_000 + moment.microsecond
