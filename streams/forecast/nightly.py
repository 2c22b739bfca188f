"""One night's run: learn from the cases' histories, say what is expected of every open case, score what was said.

Reads and writes as role ``streams``, a transaction for each, so that a run that is killed has either made its
forecasts or not, and is made again. Blocking; seconds for a few thousand cases, minutes for a province.
"""

import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import psycopg

from schemas import history
from schemas.province import as_date, as_datetime, day_of, day_start, moment
from schemas.rules.in_force import Rules
from streams import rulebook
from streams.folds.belonging import apart
from streams.folds.case_claims import CASES
from streams.forecast.choose import Fitted, Trial
from streams.forecast.readings import ByReading, Mornings, learn_by
from streams.forecast.score import ForecastScore
from streams.forecast.scoring import score_days
from streams.forecast.seen import DueBy, Seen, examples_by, known, seen_at
from streams.queries import QUERIES

log = logging.getLogger(__name__)
LEARNED_FROM = timedelta(days=365)
MOST_CASES = 20_000  # that are learned from
AT_ONCE = 2_000
KEPT_DAYS = 120
WORTH_DAYS = 30  # of scores that may hide a forecast again
WORTH_FEWEST = 200  # forecasts scored: fewer say nothing yet
NO_HOURS, TOO_FEW, UNTRIED, NOT_BETTER = "no_hours", "too_few", "untried", "not_better"

Connection = psycopg.Connection[Any]


class Forecast(NamedTuple):
    """Of one open case; moments and working times in microseconds."""

    subject: str
    seen: Seen
    chance: float
    expected: int
    took: int
    simple: int
    simple_chance: float
    chance_61: float | None
    chance_766: float | None


class Ran(NamedTuple):
    cases: int
    forecasts: int
    at_risk: int
    reason: str  # empty: shown
    scored: int  # days


class Gates(NamedTuple):
    """Whether chances and days are shown, each for itself: it has to beat the baseline on the mornings on which it was
    tried, and in what came of those that were told. ``reason``: why neither is; empty where one is."""

    chances: bool
    days: bool
    reason: str

    @classmethod
    def shut(cls, reason: str) -> "Gates":
        return cls(False, False, reason)


def run(url: str, now: datetime) -> Ran:
    """The run of the day; made again, it replaces what it said. Raises ``psycopg.Error`` while the database is away."""
    with psycopg.connect(url, autocommit=True) as connection:
        # Learning takes longer than any span may.
        connection.execute("SET transaction_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        rules = rulebook.present(connection)
        scored = score_days(connection, now, rules.work)
        known_hours = rules.work.has_hours  # without them nothing takes any working time
        by = learn_by(list(learned_from(connection, now, rules)), moment(now), rules.work) if known_hours else None
        fitted = None if by is None else by.fitted
        forecasts = [] if by is None else list(_forecasts(connection, by, now, rules))
        gates = _gates(connection, fitted, now) if known_hours else Gates.shut(NO_HOURS)
        _write(connection, fitted, forecasts, gates, now)
    named = sum(_named(fitted, one) for one in forecasts) if gates.chances else 0
    return Ran(0 if fitted is None else fitted.cases, len(forecasts), named, gates.reason, scored)


def learned_from(connection: Connection, now: datetime, rules: Rules) -> Iterator[tuple[str, Mornings]]:
    """Every morning of the cases of the last year, or of a part of them that is drawn by their codes."""
    asked: dict[str, Any] = {"since": now - LEARNED_FROM}
    row = connection.execute(QUERIES["forecast/counted"], asked).fetchone()
    one_in = -(-int(row[0] if row is not None else 0) // MOST_CASES) or 1
    for subject, entries in _histories(connection, "forecast/learned_from", {**asked, "one_in": one_in}, now, rules):
        for mornings in examples_by(subject, entries, rules, moment(now)):
            yield subject, mornings


def _histories(
    connection: Connection, name: str, asked: dict[str, Any], now: datetime, rules: Rules
) -> Iterator[tuple[str, list[history.Entry]]]:
    until = moment(now)
    with connection.transaction(), connection.cursor(name) as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(QUERIES[name], asked)
        for subject, events in cursor:
            within = apart(subject, history.decode(events), CASES, rules.names).within
            yield subject, [entry for entry in within if entry.time <= until]


def _forecasts(connection: Connection, by: ByReading, now: datetime, rules: Rules) -> Iterator[Forecast]:
    at, model, simple = moment(now), by.fitted.model, by.fitted.baseline
    for subject, entries in _histories(connection, "forecast/open", {"now": now}, now, rules):
        case = known(subject, entries, rules)
        if case is None or (seen := seen_at(case, at, rules.work)) is None:
            continue
        took = round(model.expected(seen))
        expected = rules.work.add_time(at, took)
        yield Forecast(
            subject,
            seen,
            model.chance(seen),
            expected,
            took,
            round(simple.expected(seen)),
            simple.chance(seen),
            by.chance(DueBy.DECREE_61, seen_at(case, at, rules.work, DueBy.DECREE_61)),
            by.chance(DueBy.DECISION_766, seen_at(case, at, rules.work, DueBy.DECISION_766)),
        )


def _named(fitted: Fitted | None, one: Forecast) -> bool:
    return fitted is not None and fitted.at_risk is not None and one.chance >= fitted.at_risk


def _gates(connection: Connection, fitted: Fitted | None, now: datetime) -> Gates:
    if fitted is None:
        return Gates.shut(TOO_FEW)
    if fitted.tried is None:
        return Gates.shut(UNTRIED)
    chances, days = fitted.tried.chances_beat, fitted.tried.days_beat
    since = as_date(day_of(moment(now))) - timedelta(days=WORTH_DAYS)
    row = connection.execute(QUERIES["forecast/worth"], {"since": since}).fetchone()
    if row is not None:
        ended, error, simple_error, judged, brier, simple_brier = row
        chances = chances and not (judged >= WORTH_FEWEST and brier >= simple_brier)
        days = days and not (ended >= WORTH_FEWEST and error >= simple_error)
    return Gates(chances, days, "" if chances or days else NOT_BETTER)


def _write(
    connection: Connection, fitted: Fitted | None, forecasts: list[Forecast], gates: Gates, now: datetime
) -> None:
    day = as_date(day_of(moment(now)))
    run_of_day = {
        "day": day,
        "made_at": now,
        "cases": 0 if fitted is None else fitted.cases,
        "mornings": 0 if fitted is None else fitted.mornings,
        "shape": None if fitted is None else fitted.model.shape.nesting,
        "at_risk": None if fitted is None else fitted.at_risk,
        "precision": None if fitted is None else fitted.precision,
        "shown": not gates.reason,
        "reason": gates.reason,
        "chances_shown": gates.chances,
        "days_shown": gates.days,
        "base": None if fitted is None else fitted.trial.ahead.base,
        "tried": None if fitted is None or fitted.tried is None else _tried(fitted.trial, fitted.tried),
    }
    with connection.transaction():
        connection.execute(QUERIES["forecast/begin"], run_of_day)
        for first in range(0, len(forecasts), AT_ONCE):
            part = forecasts[first : first + AT_ONCE]
            connection.execute(
                QUERIES["forecast/insert"],
                {
                    "day": day,
                    "subjects": [one.subject for one in part],
                    "dues": [one.seen.due for one in part],
                    "steps": [one.seen.step for one in part],
                    "chances": [one.chance for one in part],
                    "expected": [one.expected for one in part],
                    "at_risk": [_named(fitted, one) for one in part],
                    "took": [one.took for one in part],
                    "simple": [one.simple for one in part],
                    "simple_chances": [one.simple_chance for one in part],
                    "chances_61": [one.chance_61 for one in part],
                    "chances_766": [one.chance_766 for one in part],
                },
            )
        connection.execute(QUERIES["forecast/forget"], {"before": day - timedelta(days=KEPT_DAYS)})


def _tried(trial: Trial, tried: ForecastScore) -> str:
    return msgspec.json.encode({**asdict(tried), "ahead": trial.ahead._asdict()}).decode()


def next_run(now: datetime, hour_us: int) -> datetime:
    """The next moment at which that hour of the province's day begins."""
    day = day_of(moment(now))
    at = day_start(day) + hour_us
    return as_datetime(at if at > moment(now) else day_start(day + 1) + hour_us)
