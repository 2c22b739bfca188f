"""The true gap to the national portal: every case that makes the difference, by month, with what it was that made it.

Told from when a case came in and ended and from the portal's words alone. Why a case differs was decided with the
word; only where it counts is worked out here.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from infra.simulate.calendar import day_at
from infra.simulate.case_figures import month_of
from infra.simulate.truth import TruthRow
from schemas.province import as_date

FIGURE = "portal_gap"


class Word(NamedTuple):
    """What the portal has of a case from ``at`` on: since when as ended (``None``: open, or ended badly), and whether
    under another code. ``cause``: why the two sides differ, where they do."""

    at: int
    ended: int | None
    cause: str
    other_code: bool = False


class TruthLife(NamedTuple):
    """Of a case that was accepted, when the span ends. ``finished``: it ended well."""

    code: str
    unit: str
    accepted: int
    finished: int | None
    due: int | None


def rows(life: TruthLife, words: Sequence[Word], until: int) -> Iterator[TruthRow]:
    """The case's rows: indicator and cause, unit, code, month."""
    word = next((word for word in reversed(words) if word.at < until), None)
    own, there = _months(life, life.finished), _months(life, word.ended if word is not None else None)
    if word is None:
        del there["received"]
    for indicator in {**own, **there}:
        here, other = own.get(indicator), there.get(indicator)
        if here != other:
            cause = word.cause if word is not None else "not_sent"
        elif word is not None and word.other_code:
            cause = "other_code"
        else:
            continue
        for month in {here, other}:
            if month is not None:
                yield TruthRow(FIGURE, f"{indicator}/{cause}", life.unit, life.code, as_date(month).isoformat(), 1)


def _months(life: TruthLife, finished: int | None) -> dict[str, int]:
    """By indicator: the month in which it counts the case that ended then."""
    counted = {"received": month_of(day_at(life.accepted))}
    if finished is not None:
        counted["finished"] = month_of(day_at(finished))
        if life.due is not None:
            counted["on_time" if finished <= life.due else "late"] = counted["finished"]
    return counted
