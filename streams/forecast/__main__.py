"""``python -m streams.forecast``: runs every night; at its start too, where the day has no forecast yet."""

import logging
import time
from datetime import date, datetime, timedelta

import psycopg

from schemas.province import as_date, day_of, moment
from schemas.province_clock import ProvinceClock
from schemas.rules.worktime import HOUR_US
from schemas.sqlstates import passes
from streams.forecast.nightly import NO_HOURS, TOO_FEW, next_run, run
from streams.forecast.settings import ForecastSettings
from streams.queries import QUERIES
from streams.repeated_warnings import quieten

log = logging.getLogger("streams.forecast")
AWAY_S = 15.0  # pause while the database is away


def main() -> None:
    settings = ForecastSettings()  # type: ignore[call-arg]
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    quieten()
    clock = ProvinceClock(settings.clock_offset_s)
    while True:
        now = clock()
        try:
            wait = _due_in(settings, now)
            if wait <= timedelta():
                ran = run(settings.database_streams, now)
                log.info("forecast: %s", " ".join(f"{name}={value}" for name, value in ran._asdict().items()))
                continue
        except psycopg.Error as exc:
            if not passes(exc):
                raise
            log.warning("no forecast: reason=%s", type(exc).__name__)
            wait = timedelta(seconds=AWAY_S)
        time.sleep(wait.total_seconds())


def _due_in(settings: ForecastSettings, now: datetime) -> timedelta:
    """How long until the next run; nothing where it is due."""
    with psycopg.connect(settings.database_streams, autocommit=True) as connection:
        row = connection.execute(QUERIES["forecast/last"]).fetchone()
    if row is None:
        return timedelta()
    day: date = row[0]
    reason: str = row[1]
    made_at: datetime = row[2]
    if reason in (NO_HOURS, TOO_FEW):
        return made_at + timedelta(seconds=settings.forecast_retry_s) - now
    at = next_run(now, settings.forecast_hour * HOUR_US)
    hour_has_passed = day_of(moment(at)) > day_of(moment(now))
    if day < as_date(day_of(moment(now))) and hour_has_passed:
        return timedelta()
    return at - now


if __name__ == "__main__":
    main()
