"""Whole workers while an operator loads a calendar: nobody restarts them, and no total drifts."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg

from infra.db.reference import load
from schemas.province import ZONE
from schemas.reference.reading import PACKAGED, read
from schemas.state import RULES_VERSION
from streams.audit.cases import audit
from tests.system.flow import Sender, generate
from tests.system.harness import Ground, Slot, wait_for
from tests.system.totals import Sampler, check, drained

LATER = datetime(2027, 1, 4, tzinfo=UTC)
EDITION = "SELECT (SELECT max(load_id) FROM rules_change) = (SELECT edition FROM rules_swept)"

LEFT = (
    "SELECT count(*) FROM case_state"
    " WHERE rules_version <> %s OR (%s BETWEEN judged_from AND judged_to AND rules_edition <> %s)"
)


def judged_days(db: psycopg.Connection) -> list[date]:
    """The days on which most cases were under way, as far as the packaged calendar says nothing of them."""
    days = db.execute(
        "SELECT d::date FROM case_state, generate_series(judged_from, least(judged_to, judged_from + 30), '1 day') d"
        " WHERE extract(isodow FROM d) < 6 GROUP BY 1 ORDER BY count(*) DESC"
    ).fetchall()
    known = {placed.row.day for placed in read().calendar}
    return [day for (day,) in days if day not in known and day.year in {known_day.year for known_day in known}]


def test_workers_take_a_new_calendar_while_events_flow_and_one_of_them_is_killed(
    rng: random.Random,
    ground: Ground,
    make_slot: Callable[..., Slot],
    send: Callable[..., Sender],
    sample: Callable[..., Sampler],
    tmp_path: Path,
) -> None:
    load(ground.database.migrate, read(), datetime.now(UTC).astimezone(ZONE))
    flow = generate(rng, 12_000)
    sender = send(flow, per_s=700)
    sampler = sample(sender)
    killed = {"IOC_CRASH_SWEEP_AT": "written:1"}  # whichever sweeps first, in its transaction
    workers = [make_slot(name, sweep_every_s=0.3, first=killed) for name in ("worker-1", "worker-2")]
    with psycopg.connect(ground.database.screens, autocommit=True) as db:

        def some(number: int) -> Callable[[], bool]:
            return lambda: db.execute("SELECT count(*) >= %s FROM case_state", [number]).fetchone() == (True,)

        wait_for(some(200), 40, workers[0].said)
        days = judged_days(db)
        for file in PACKAGED.glob("*.csv"):
            shutil.copy(file, tmp_path)
        calendar = tmp_path / f"calendar_{days[0].year}.csv"
        calendar.write_text(calendar.read_text("utf-8") + f"{days[0]},day_off,Nghỉ đột xuất,,sourced,\n", "utf-8")
        load(ground.database.migrate, read(tmp_path), LATER)
        during = audit(ground.database.streams)

        sender.finish()
        drained(ground, [sender], 60, workers[0].said)
        wait_for(lambda: db.execute(EDITION).fetchone() == (True,), 30, workers[1].said)
        sampler.close()
        newest = db.execute("SELECT max(load_id) FROM rules_change").fetchone()
        assert newest is not None
        assert db.execute(LEFT, [RULES_VERSION, days[0], newest[0]]).fetchone() == (0,)
    after = audit(ground.database.streams)

    assert during.ok, during.plain()
    assert (after.ok, after.old_rules) == (True, 0), after.plain()
    ended = [code for worker in workers for code in worker.codes]
    assert 1 <= len(ended) <= 2, "killed in a sweep, and no restart for a calendar"
    assert set(ended) == {-9}
    check(ground, flow)
