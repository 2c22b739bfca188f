"""Every indicator of a simulated quarter, per unit and day: what the screens read is what a slow and plain second
implementation comes to, before and after a change of rules and a replaced calendar."""

import ast
import json
import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import tests.reference
from dashboards.periods import ALL, between
from dashboards.readers import figures
from dashboards.readers.database import Database
from dashboards.readers.figures import By
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from infra.simulate.run import Plan
from infra.simulate.scenarios import Drill
from schemas.case_counters import CASE_COUNTERS
from schemas.counters import FLOW_COUNTERS, NOW_COUNTERS
from schemas.province import as_date, day_number
from schemas.reference.reading import PACKAGED, read
from streams.audit.cases import audit
from streams.sweep.cases import sweep_alone
from tests.integration.recounted import views_agree
from tests.integration.simulated import fill, moment, told
from tests.reference.law import Law
from tests.reference.province import Province

FIRST, LAST = day_number(date(2024, 1, 2)), day_number(date(2024, 4, 1))
DRILLS = tuple(Drill(name, FIRST + 15) for name in ("stalled-chain", "commune-behind-before-tet", "rewritten-status"))
LIMIT = 2_000
SLOW_AND_PLAIN = (
    *("cases", "rules", "law", "beside", "facts", "scored", "paths", "process", "retold"),
    *("clocks", "province", "score", "unjudged"),
)
Figures = dict[tuple[str, str], dict[str, int]]  # (unit, day or "now") → counters that are not zero

# Rules that change within the quarter: what each says until the day before, and from that day on (None: nothing).
CHANGED = {
    "supplement_restarts_deadline": (date(2024, 2, 20), "no"),
    "waiting_is_subtracted": (date(2024, 3, 1), "no"),
    "supplement_requests_before_overdue": (date(2024, 2, 15), "2"),
    "online_acceptance_hours": (date(2024, 1, 20), "2"),
    "next_day_after": (date(2024, 2, 1), "10:00"),
    "apology_days_before": (date(2024, 2, 1), "3"),
    "refusal_needs_reason": (date(2024, 3, 10), None),
}
# Days that were announced otherwise: two more days off, a half one, and a Saturday worked for it.
REPLACED = (
    "2024-01-18,day_off,Nghỉ đột xuất,,sourced,,",
    "2024-02-15,day_off,Nghỉ bù Tết,2024-03-09,sourced,,",
    "2024-03-09,working,Làm bù,2024-02-15,sourced,,",
    "2024-03-20,day_off,Nghỉ buổi chiều,,sourced,,afternoon",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in PACKAGED.glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def change_rules(folder: Path) -> None:
    head, *rows = (folder / "rules.csv").read_text("utf-8").splitlines()
    changed = []
    for row in rows:
        name, _, rest = row.partition(",")
        value, valid_from, _, more = rest.split(",", 3)
        day, other = CHANGED.get(name, (None, None))
        if day is None:
            changed.append(row)
            continue
        changed.append(f"{name},{value},{valid_from},{day - timedelta(days=1)},{more}")
        if other is not None:
            changed.append(f"{name},{other},{day},,{more}")
    (folder / "rules.csv").write_text("\n".join([head, *changed]) + "\n", "utf-8")


def replace_calendar(folder: Path) -> None:
    file = folder / "calendar_2024.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    kept = [f"{row}," for row in rows if not row.startswith("2024-02-14")]
    file.write_text("\n".join([f"{head},session", *kept, *REPLACED]) + "\n", "utf-8")


async def shown(url: str) -> Figures:
    """What the screens' own reader says, day by day."""
    found: Figures = {}
    as_of = moment(LAST)
    async with Database(url, name="test", patience=30) as reader, reader.snapshot() as (conn, _):
        for day in map(as_date, range(FIRST - 3, LAST)):
            for row in await figures.read(conn, as_of, between(day, day), By.UNIT):
                found[row.key, day.isoformat()] = {name: row.counts[name] for name in FLOW_COUNTERS}
        for row in await figures.read(conn, as_of, ALL, By.UNIT):
            found[row.key, "now"] = {name: row.counts[name] for name in NOW_COUNTERS}
    return {key: kept for key, counts in found.items() if (kept := {n: count for n, count in counts.items() if count})}


def played(values: list[bytes], law: Law) -> Province:
    events = [event for value in values if (event := json.loads(value))["type"].startswith("case.")]
    return Province.after(events, LIMIT, law)


def must_be(province: Province) -> Figures:
    flows: Figures = {(unit, day.isoformat()): counts for (unit, day), counts in province.rollup("unit", "day").items()}
    return flows | {(unit, "now"): counts for unit, counts in province.now(moment(LAST)).items()}


def differing(have: Figures, want: Figures) -> list[str]:
    return [
        f"{key} {name}: shown {have.get(key, {}).get(name, 0)}, must be {want.get(key, {}).get(name, 0)}"
        for key in sorted(have.keys() | want.keys())
        for name in sorted(have.get(key, {}).keys() | want.get(key, {}).keys())
        if have.get(key, {}).get(name, 0) != want.get(key, {}).get(name, 0)
    ][:40]


@pytest.mark.timeout(600)
async def test_every_indicator_of_a_simulated_quarter_is_what_a_second_implementation_says(
    database: DatabaseUrls, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = Plan(21, FIRST, LAST, 0.012, topics=("cases",), drills=DRILLS)
    values = told(plan, tmp_path_factory.mktemp("truth") / "truth.jsonl")
    now = datetime(2024, 4, 2, tzinfo=UTC)
    load(database.migrate, read(), now)
    await fill(database.streams, values, LAST)
    days = [as_date(day) for day in range(FIRST, LAST)]
    before, province = await shown(database.screens), played(values, Law.of(PACKAGED))
    assert differing(before, must_be(province)) == []
    await views_agree(database.screens, province, days)

    counted = Counter(name for counts in before.values() for name in counts)
    assert {c.name for c in CASE_COUNTERS} - counted.keys() <= {"conflicts", "oversized"}

    for change in (change_rules, replace_calendar):
        change(folder)
        assert load(database.migrate, read(folder), now) != []
        assert await sweep_alone(database.streams) > 0
        assert audit(database.streams).ok
        after, province = await shown(database.screens), played(values, Law.of(folder))
        assert differing(after, must_be(province)) == []
        await views_agree(database.screens, province, days)
        assert len(differing(after, before)) > 5, "the change makes no difference"
        before = after


def test_the_second_implementation_knows_nothing_of_the_first() -> None:
    folder = Path(tests.reference.__path__[0])
    own = {f"tests.reference.{name}" for name in SLOW_AND_PLAIN}
    ours = {"schemas", "streams", "dashboards", "infra", "benchmarks", "tests"}
    named = {
        name
        for module in SLOW_AND_PLAIN
        for node in ast.walk(ast.parse((folder / f"{module}.py").read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {name for name in named if name.split(".")[0] in ours} <= own
