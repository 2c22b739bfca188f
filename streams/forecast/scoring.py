"""What became of the forecasts, day by day: as the tables hold both."""

from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from schemas.province import as_date, as_datetime, day_number, day_of, day_start, moment
from schemas.rules.worktime import WorkTime
from streams.forecast.seen import days_before
from streams.queries import QUERIES

AHEAD_DAYS = 2  # working days before its deadline by which a case should have been named
MOST_DAYS = 60


def score_days(connection: psycopg.Connection[Any], now: datetime, work: WorkTime) -> int:
    """Scores every day up to yesterday that has not been; how many. A day is scored once, with what is known then: what
    is told later does not change it."""
    row = connection.execute(QUERIES["forecast_scored"]).fetchone()
    last, first = row if row is not None else (None, None)
    if first is None:
        return 0
    yesterday = as_date(day_of(moment(now))) - timedelta(days=1)
    day = max(first if last is None else last + timedelta(days=1), yesterday - timedelta(days=MOST_DAYS - 1))
    scored = 0
    while day <= yesterday:
        with connection.transaction():
            connection.execute(QUERIES["forecast_score"], _score(connection, day, now, work))
        scored += 1
        day += timedelta(days=1)
    return scored


def _score(connection: psycopg.Connection[Any], day: date, now: datetime, work: WorkTime) -> dict[str, Any]:
    number = day_number(day)
    after, until = day_start(number), day_start(number + 1)
    ended = connection.execute(QUERIES["forecast_of_ended"], {"day": day}).fetchall()
    wrong = simply = 0.0
    for made_at, ended_at, expected, simple in ended:
        took = work.time_between(moment(made_at), moment(ended_at))
        wrong += abs(expected - took)
        simply += abs(simple - took)
    limits = {"after": as_datetime(after), "until": as_datetime(until), "now": now}
    due = [row for row in connection.execute(QUERIES["forecast_of_due"], limits).fetchall() if row[2] is not None]
    before = as_date(days_before(until, AHEAD_DAYS, work))
    cases = connection.execute(QUERIES["forecast_of_late"], {**limits, "before": before}).fetchall()
    late = [named for missed, named in cases if missed]
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
    }
