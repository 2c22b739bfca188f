"""Folds of ``ioc.portal``: the national portal's figures, and petitions."""

from collections.abc import Sequence
from typing import Any

from schemas.portal import first_day, kind_of
from schemas.province import day_number, end_of
from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally


def figure(facts: Sequence[Told]) -> SubjectState:
    """One component of one unit and period: the last statement counts, on the first day of the period. Its part is the
    kind of period and the component, so that a month never adds to a year."""
    if not facts:
        return SubjectState()
    last = facts[-1].data
    part = "/".join([kind_of(last.period), last.component, *([last.service] if last.service is not None else [])])
    levels = {"numerator": last.numerator, "denominator": last.denominator, "figures": 1}
    if last.score_milli is not None:
        levels["score_milli"] = last.score_milli
    return SubjectState(
        unit=last.unit,
        part=part,
        standing="published",
        opened_at=facts[0].time,
        detail={
            "period": last.period,
            "numerator": last.numerator,
            "denominator": last.denominator,
            "score_milli": last.score_milli,
            "published_on": last.published_on.isoformat() if last.published_on is not None else None,
        },
        rows=tuple(
            sorted((c, last.unit, part, day_number(first_day(last.period)), amount) for c, amount in levels.items())
        ),
    )


def petition(facts: Sequence[Told]) -> SubjectState:
    """Open from its receipt until the first answer. The last receipt says whose it is; the last deadline that was given
    and the last rating count. Of a petition that nobody has received nothing is counted."""
    received = [fact for fact in facts if fact.kind == "received"]
    answers = [fact for fact in facts if fact.kind == "answered"]
    ratings = [fact.data for fact in facts if fact.kind == "rated"]
    tally = Tally()
    last: Any = received[-1].data if received else None
    days = [fact.data.due_on for fact in received if fact.data.due_on is not None]
    due_at = end_of(days[-1]) if days else None
    disliked = bool(ratings) and ratings[-1].dislikes > ratings[-1].likes
    if received:
        tally.add("received", received[0].time)
    if answers:
        at = answers[0].time
        tally.add("answered", at)
        if due_at is not None:
            tally.add("answered_late" if at > due_at else "answered_on_time", at)
        if disliked:
            tally.add("disliked", at)
    unit, part = (last.unit, str(last.kind)) if last is not None else ("", "")
    return SubjectState(
        unit=unit,
        part=part,
        standing="answered" if answers else "open" if received else "",
        opened_at=received[0].time if received else None,
        due_at=due_at,
        ended_at=answers[0].time if answers else None,
        detail={"disliked": disliked} if ratings else {},
        rows=tally.rows(unit, part) if last is not None else (),
    )
