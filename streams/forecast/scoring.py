"""What became of the forecasts, day by day: as the tables hold both."""

from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from schemas.province import as_date, as_datetime, day_number, day_of, day_start, moment
from schemas.rules.worktime import WorkTime
from streams.forecast.score import missed_by
from streams.forecast.seen import AHEAD_DAYS, days_before
from streams.queries import QUERIES

MOST_DAYS = 60
OPEN_DAYS = 30  # of forecasts, of which those of cases that are open still are judged by what these have lain longer


def score_days(connection: psycopg.Connection[Any], now: datetime, work: WorkTime) -> int:
    """Scores every day up to yesterday that has not been; how many. A day is scored once, with what is known then: what
    is told later does not change it."""
    row = connection.execute(QUERIES["forecast/scored"]).fetchone()
    last, first = row if row is not None else (None, None)
    if first is None:
        return 0
    yesterday = as_date(day_of(moment(now))) - timedelta(days=1)
    day = max(first if last is None else last + timedelta(days=1), yesterday - timedelta(days=MOST_DAYS - 1))
    scored = 0
    while day <= yesterday:
        with connection.transaction():
            connection.execute(QUERIES["forecast/score"], _score(connection, day, now, work))
        scored += 1
        day += timedelta(days=1)
    return scored


def _score(connection: psycopg.Connection[Any], day: date, now: datetime, work: WorkTime) -> dict[str, Any]:
    number = day_number(day)
    after, until = day_start(number), day_start(number + 1)
    ended = connection.execute(QUERIES["forecast/of_ended"], {"day": day}).fetchall()
    wrong = simply = 0.0
    for made_at, ended_at, expected, simple in ended:
        took = work.time_between(moment(made_at), moment(ended_at))
        wrong += missed_by(expected, took, ended=True)
        simply += missed_by(simple, took, ended=True)
    limits = {"after": as_datetime(after), "until": as_datetime(until), "now": now}
    due = [row for row in connection.execute(QUERIES["forecast/of_due"], limits).fetchall() if row[2] is not None]
    before = as_date(days_before(until, AHEAD_DAYS, work))
    cases = connection.execute(QUERIES["forecast/of_late"], {**limits, "before": before}).fetchall()
    late = [named for missed, named in cases if missed]
    open_wrong, open_simply = _of_open(connection, day, until, work)
    return {
        "day": day,
        "ended": len(ended),
        "error_us": wrong,
        "simple_error_us": simply,
        "judged": len(due),
        "late": sum(missed for _, _, missed in due),
        "chance": sum(chance for chance, _, _ in due),
        "brier": sum((chance - missed) ** 2 for chance, _, missed in due),
        "simple_brier": sum((simple - missed) ** 2 for _, simple, missed in due),
        "late_cases": len(late),
        "open_before": sum(named is not None for named in late),
        "named_late": sum(bool(named) for named in late),
        "named": sum(bool(named) for _, named in cases),
        "ahead": sum(named is not None for _, named in cases),
        "open_error_us": open_wrong,
        "simple_open_error_us": open_simply,
    }


def _of_open(connection: psycopg.Connection[Any], day: date, until: int, work: WorkTime) -> tuple[float, float]:
    """By how much longer than was expected, and than the baseline expected, the cases have lain that are open at the
    end of the day: what is known of their forecasts by then."""
    span = {"since": day - timedelta(days=OPEN_DAYS), "until": day}
    made = connection.execute(QUERIES["forecast/made"], span).fetchall()
    took = [work.time_between(moment(made_at), until) for _, made_at in made]
    asked = {"days": [of for of, _ in made], "took": took, "at": as_datetime(until)}
    row = connection.execute(QUERIES["forecast/of_open"], asked).fetchone()
    return row if row is not None else (0.0, 0.0)
