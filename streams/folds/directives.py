"""The fold of directives (``ioc.actions``)."""

from collections.abc import Sequence

from schemas.province import moment
from schemas.rules.directive_moves import MOVES, chain, overtaken
from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally


def directive(facts: Sequence[Told]) -> SubjectState:
    """The order and the moves that count give its standing and deadline; what was made on a standing that another had
    changed is kept by its id. What is said of a directive that nobody gave counts for nobody, until it is given."""
    made = chain(facts)
    if not made:
        return SubjectState()
    order = made[0].data
    due_at = moment(order.due_at)
    standing = "issued"
    done: tuple[int, bool] | None = None  # when, and whether in time
    tally = Tally()
    tally.add("issued", made[0].time)
    for move in made[1:]:
        standing = MOVES[move.kind].to
        match move.kind:
            case "extended":
                due_at = moment(move.data.due_at)
                tally.add("extensions", move.time)
            case "done":
                done = move.time, move.time <= due_at
            case "reopened":
                done = None
                if move.data.due_at is not None:
                    due_at = moment(move.data.due_at)
    if done is not None:
        tally.add("done", done[0])
        tally.add("done_on_time" if done[1] else "done_late", done[0])
    last = made[-1]
    if standing == "verified":
        tally.add("verified", last.time)
    reports = [fact for fact in facts if fact.kind == "progressed" and fact.data.percent is not None]
    percent = reports[-1].data.percent if reports else 0
    asked = moment(last.data.due_at) if standing == "asking" else None
    unit, part = order.unit, order.aim or ""
    return SubjectState(
        unit=unit,
        part=part,
        standing=standing,
        title=order.sentence,
        opened_at=made[0].time,
        due_at=due_at,
        ended_at=last.time if standing in ("verified", "closed") else None,
        detail={
            "revision": len(made),
            "by": order.by,
            "by_name": order.by_name,
            "post": order.post,
            "aim_procedure": order.aim_procedure,
            "aim_value": order.aim_value,
            "aim_whole": order.aim_whole,
            "origin": None if order.origin is None else str(order.origin),
            "origin_key": order.origin_key,
            "group": order.group,
            "percent": 100 if standing in ("done", "verified") else percent,
            "asked_until": asked,
            "moved_at": last.time,
            "moved_by": last.data.by_name,
            "overtaken": [fact.id for fact in overtaken(facts, made)],
        },
        rows=tally.rows(unit, part),
    )
