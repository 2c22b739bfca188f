"""The fold of holding orders (``ioc.actions``)."""

from collections.abc import Sequence

from schemas.province import moment
from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally


def hold(facts: Sequence[Told]) -> SubjectState:
    """The first order counts, the first early end of it, and of each answer the first. What is over stays over: an
    answer that comes later is kept in the history. Its unit is in the detail, not in the column: an account's name is
    not its unit's to read. What is said of an order that nobody gave counts for nobody, until it is given."""
    moves = [fact for fact in facts if fact.kind == "ordered" or (fact.kind == "lifted" and fact.data.after == 1)]
    given = next((fact for fact in moves if fact.kind == "ordered"), None)
    if given is None:
        return SubjectState()
    lifted = next((fact for fact in moves if fact.kind == "lifted"), None)
    answer = next((fact for fact in facts if fact.kind in ("accepted", "refused")), None)
    over = _over(facts, answer)
    standing = over.kind if over else "ended_early" if lifted else "held" if answer else "ordered"
    order, counted = given.data, [fact for fact in (given, lifted) if fact is not None]
    tally = Tally()
    for told in (*counted, answer, over if standing == "unanswered" else None):
        if told is not None:
            tally.add(told.kind, told.time)
    return SubjectState(
        part=str(order.scope),
        standing=standing,
        title=order.sentence,
        opened_at=given.time,
        due_at=moment(order.ends_at),
        ended_at=None if over is None else over.time,
        detail={
            "revision": len(counted),
            "order": given.id,
            "scope": str(order.scope),
            "key": order.key,
            "of_unit": order.unit,
            "measure": str(order.measure),
            "finding": order.finding,
            "by": order.by,
            "by_name": order.by_name,
            "lifted_at": None if lifted is None else lifted.time,
            "lifted_by": None if lifted is None else lifted.data.by_name,
            "answered_at": None if answer is None else answer.time,
            "reason": str(answer.data.reason) if answer is not None and answer.kind == "refused" else None,
            "reached": over.data.reached if over is not None and over.kind == "unanswered" else None,
            "moved_at": counted[-1].time,
            "moved_by": counted[-1].data.by_name,
            "overtaken": [fact.id for fact in moves if all(fact is not one for one in counted)],
        },
        rows=tally.rows("", str(order.scope)),
    )


def _over(facts: Sequence[Told], answer: Told | None) -> Told | None:
    """What ended it: the receiver's word goes before our giving up."""
    for kind in ("ended", "unanswered"):
        if kind == "unanswered" and answer is not None and answer.kind == "refused":
            return answer
        if (found := next((fact for fact in facts if fact.kind == kind), None)) is not None:
            return found
    return None
