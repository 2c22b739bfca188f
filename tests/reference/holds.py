"""What a holding order has come to, from the facts that stand. See ``domain_rules``."""

from datetime import datetime

from tests.reference.domain_rules import Outcome, key, of
from tests.reference.facts import Fact, microseconds


def hold(facts: list[Fact]) -> Outcome:
    out, orders = Outcome(), of(facts, "ordered")
    if not orders:
        return out
    order = orders[0].data
    lifts = [f for f in of(facts, "lifted") if f.data["after"] == 1]
    answers, ends, given_up = of(facts, "accepted", "refused"), of(facts, "ended"), of(facts, "unanswered")
    out.part, out.title = order["scope"], order["sentence"].strip(" ")
    out.opened, out.due = orders[0].time, datetime.fromisoformat(order["ends_at"])
    accepted = bool(answers) and answers[0].kind == "accepted"
    refused = bool(answers) and not accepted
    if ends:
        out.standing, out.ended = "ended", ends[0].time
    elif refused:
        out.standing, out.ended = "refused", answers[0].time
    elif given_up:
        out.standing, out.ended = "unanswered", given_up[0].time
    elif lifts:
        out.standing = "ended_early"
    else:
        out.standing = "held" if accepted else "ordered"
    out.count("ordered", out.opened)
    for counted in (lifts[:1], answers[:1], given_up[:1] if out.standing == "unanswered" else []):
        for fact in counted:
            out.count(fact.kind, fact.time)
    last = lifts[0] if lifts else orders[0]
    out.detail = {
        "revision": 2 if lifts else 1,
        "order": orders[0].id,
        "scope": order["scope"],
        "key": key(order, "key"),
        "of_unit": key(order, "unit") or None,
        "measure": order["measure"],
        "finding": key(order, "finding") or None,
        "by": key(order, "by"),
        "by_name": key(order, "by_name"),
        "lifted_at": microseconds(lifts[0].time) if lifts else None,
        "lifted_by": key(lifts[0].data, "by_name") if lifts else None,
        "answered_at": microseconds(answers[0].time) if answers else None,
        "reason": answers[0].data["reason"] if refused else None,
        "reached": given_up[0].data["reached"] if out.standing == "unanswered" else None,
        "moved_at": microseconds(last.time),
        "moved_by": key(last.data, "by_name"),
        "overtaken": [f.id for f in facts if f in orders[1:] or f in lifts[1:]],
    }
    return out
