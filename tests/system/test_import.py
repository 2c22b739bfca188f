"""``ioc import`` from file to tables, with workers as processes."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.db.reference import load as load_reference
from schemas.reference.reading import read as read_reference
from streams.broker import Broker
from streams.decode import CASE
from streams.intake.arrival import Arrival, ArrivalCounts, Tables
from streams.intake.errors import IntakeError
from streams.intake.importing import LogReading
from streams.intake.importing import bring as bring_in
from streams.intake.log import Log
from streams.intake.mapping import Mapping, load, parse
from streams.intake.reading import ImportReport
from streams.intake.rows import LogRow, Rejection
from tests.settings import REPOSITORY
from tests.system.harness import Ground, Slot, wait_for
from tests.system.test_wabo import with_100_more_ends
from tests.unit.intake import HASHER

SEMICOLONS = """
[file]
format = "csv"
delimiter = ";"
dates = ["dd/MM/yyyy", "dd/MM/yyyy HH:mm"]
[columns]
case = "Mã hồ sơ"
step = "Bước"
time = "Thời điểm"
step_unit = "Đơn vị"
start = "Tiếp nhận"
due = "Hẹn trả"
end = "Kết thúc"
[constants]
source = "urn:test:mot-cua"
"""


class Watched:
    """A viewer that remembers, and may act once when the tables have taken so much."""

    def __init__(self, act: Callable[[], object] = lambda: None, when: int = 1 << 60) -> None:
        self.rejections: list[Rejection] = []
        self.most = 0
        self.waited: set[str] = set()
        self._act = act
        self._when = when

    def read(self, position: int, size: int) -> None:
        assert 0 <= position <= size

    def sent(self, sent: int, acknowledged: int) -> None:
        assert acknowledged <= sent

    def taken(self, so_far: Arrival) -> None:
        self.most = max(self.most, so_far.taken)
        if so_far.waiting:
            self.waited.add(so_far.waiting)
        if so_far.taken >= self._when:
            self._when = 1 << 60
            self._act()

    def rejected(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)


@pytest.fixture
def worker(make_slot: Callable[..., Slot], ground: Ground) -> Slot:
    slot = make_slot()
    with ground.superuser() as db:
        wait_for(lambda: len(ground.next_offsets(db, ground.history)) == 4 or None, 40, slot.said)
        wait_for(lambda: db.execute("SELECT 1 FROM heartbeat").fetchone(), 20, slot.said)
    return slot


def bring(ground: Ground, path: Path, mapping: Mapping, viewer: Watched | None = None) -> ImportReport:
    viewer = viewer or Watched()
    reading = LogReading(path, mapping, ground.history, HASHER, viewer)
    work = bring_in(reading, ground.kafka, ground.database.streams, viewer)
    return asyncio.run(asyncio.wait_for(work, 240))


def totals(ground: Ground) -> dict[str, int]:
    """Of all flow counters, and of those still open; from the states."""
    with ground.superuser() as db:
        found: dict[str, int] = dict(
            db.execute("SELECT counter, sum(amount)::int FROM case_flow GROUP BY counter").fetchall()
        )
        rollup = db.execute(
            "SELECT coalesce(sum(accepted), 0)::int, coalesce(sum(steps), 0)::int, coalesce(sum(finished), 0)::int"
            " FROM case_by_unit_day"
        ).fetchone()
        assert rollup == tuple(found.get(counter, 0) for counter in ("accepted", "steps", "finished"))
        (still_open,) = db.execute("SELECT count(*)::int FROM case_open").fetchone() or (0,)
    return found | {"open": still_open}


def channels(ground: Ground) -> dict[str, int]:
    with ground.superuser() as db:
        return dict(
            db.execute(
                "SELECT channel, count(*)::int FROM case_state WHERE accepted_at IS NOT NULL GROUP BY channel"
            ).fetchall()
        )


WABO = {"accepted": 1434, "steps": 8577, "finished": 1329, "open": 105, "on_time": 952, "late": 377}
# Without supplements both readings of the deadline are the log's own, and nobody waited for anybody but the office.
WABO |= {"on_time_61": 952, "late_61": 377, "on_time_766": 952, "late_766": 377, "late_real": 377}
WABO |= {"accepted_online": 1250}


def test_the_wabo_log_comes_to_its_known_totals_once_twice_and_later(
    ground: Ground, worker: Slot, shared_data: Path, tmp_path: Path
) -> None:
    path, mapping = shared_data / "wabo_receipt.csv", load("wabo")

    first = bring(ground, path, mapping)

    assert first.clean, worker.said()
    assert (first.rows, first.events.total()) == (8577, 8577 + 1434 + 1329)
    assert first.outcome == ArrivalCounts(first.events.total(), 0, 0)
    assert totals(ground) == WABO
    assert channels(ground) == {"online": 1250, "direct": 109, "post": 53, "other": 22}

    second = bring(ground, path, mapping)

    assert second.outcome == ArrivalCounts(0, first.events.total(), 0)
    assert totals(ground) == WABO

    later = bring(ground, with_100_more_ends(path, tmp_path / "later.csv"), mapping)

    assert later.outcome == ArrivalCounts(100, first.events.total(), 0)
    after = totals(ground)
    assert (after["steps"], after["accepted"]) == (WABO["steps"], WABO["accepted"])
    assert (after["finished"], after["open"]) == (WABO["finished"] + 100, WABO["open"] - 100)


def test_one_department_and_one_procedure_under_several_names_are_counted_once(ground: Ground, worker: Slot) -> None:
    names = REPOSITORY / "tests/recorded/names"
    load_reference(ground.database.migrate, read_reference(), datetime.now(UTC))

    report = bring(ground, names / "u1-log.csv", load(str(names / "u1-map.toml")))

    assert report.clean, worker.said()
    with ground.superuser() as db:
        of_units = "SELECT unit, sum(accepted)::int FROM case_by_unit_day WHERE accepted > 0 GROUP BY 1 ORDER BY 1"
        of_procedures = "SELECT procedure, sum(accepted)::int FROM case_by_procedure_day WHERE accepted > 0 GROUP BY 1"
        units, procedures = db.execute(of_units).fetchall(), db.execute(of_procedures).fetchall()
    assert units == [("so-noi-vu", 2), ("so-tai-nguyen-va-moi-truong", 2)]
    assert procedures == [("1.001612", 4)]


def log_of(cases: int) -> Iterator[str]:
    """A log as a Vietnamese Excel writes it: every case accepted, three steps, every second one finished."""
    yield "\ufeffMã hồ sơ;Bước;Thời điểm;Đơn vị;Tiếp nhận;Hẹn trả;Kết thúc\r\n"
    for number in range(cases):
        at = datetime(2024, 1, 2, 8, tzinfo=UTC) + timedelta(minutes=number)
        code = f"H19.19-{at:%y%m%d}-{number:06d}"
        ended = f"{at + timedelta(days=number % 9):%d/%m/%Y}" if number % 2 else ""
        of_case = f"{at:%d/%m/%Y};{at + timedelta(days=5):%d/%m/%Y};{ended}"
        for step in ("Kiểm tra", "Thẩm định", "Ký duyệt"):
            at += timedelta(minutes=7)
            yield f"{code};{step};{at:%d/%m/%Y %H:%M};Phường Trấn Biên;{of_case}\r\n"


@pytest.fixture
def excel(tmp_path: Path) -> Callable[[int], Path]:
    def write(cases: int) -> Path:
        path = tmp_path / f"excel-{cases}.csv"
        path.write_text("".join(log_of(cases)), "utf-8", newline="")
        return path

    return write


def test_an_excel_csv_goes_in_its_broken_rows_are_told_and_a_corrected_one_counts(
    ground: Ground, worker: Slot, excel: Callable[[int], Path], tmp_path: Path
) -> None:
    path, viewer = excel(200), Watched()
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write("H19.19-1;Ký;32/01/2024;U;;;\r\nH19.19-2;Ký\r\nH19.19-3;Ký;31/01/2024;U;31/01/2024;;\r\n")

    chosen = parse(SEMICOLONS.replace('step_unit = "Đơn vị"', 'unit = "Đơn vị"'), "test")
    report = bring(ground, path, chosen, viewer)

    assert viewer.rejections == [Rejection(602, "time", "date_format"), Rejection(603, "time", "missing")]
    assert (report.rows, report.rejected_rows, report.clean) == (603, 2, False)
    assert report.outcome == ArrivalCounts(200 * 4 + 100 + 2, 0, 0), worker.said()
    assert totals(ground) == {
        "accepted": 201,
        "steps": 601,
        "finished": 100,
        "on_time": 67,
        "late": 33,
        "on_time_61": 67,
        "late_61": 33,
        "on_time_766": 67,
        "late_766": 33,
        "late_real": 33,
        "open": 101,
    }

    # The deadline of case 7, which was late by two days, was a slip of the pen.
    wrong, right = ";02/01/2024;07/01/2024;09/01/2024", ";02/01/2024;31/01/2024;09/01/2024"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    text = "".join(line.replace(wrong, right) if line.startswith("H19.19-240102-000007;") else line for line in lines)
    (tmp_path / "corrected.csv").write_text(text, "utf-8", newline="")
    for one, corrected, known in ((tmp_path / "corrected.csv", 1, 0), (tmp_path / "corrected.csv", 0, 1), (path, 0, 0)):
        report = bring(ground, one, chosen)
        assert report.outcome == ArrivalCounts(corrected, 902 - corrected - known, 0)
        assert (report.corrected, report.known, report.conflicts) == (corrected, known, 0)
        assert {"accepted": 201, "on_time": 68, "late": 32}.items() <= totals(ground).items()
    asyncio.run(what_came_since(ground))


async def what_came_since(ground: Ground) -> None:
    with ground.superuser() as db:
        sql = "SELECT source, id, subject, (extract(epoch FROM time) * 1000000)::bigint, digest FROM case_event"
        held = db.execute(f"{sql} WHERE kind IN ('accepted', 'corrected')").fetchall()
        ends = ground.next_offsets(db, ground.history)
    name = ground.history.name
    async with Tables(ground.database.streams, Broker(ground.kafka).identity([name]), name) as tables:
        assert len(await tables.came_since(CASE, held, {})) == 202
        assert await tables.came_since(CASE, held, ends) == []


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence_that_says_how_far_it_came(
    ground: Ground, worker: Slot, excel: Callable[[int], Path], tmp_path: Path
) -> None:
    path = tmp_path / "utf-16.csv"
    path.write_text("Mã hồ sơ;Bước\r\n", "utf-16")
    with pytest.raises(IntakeError, match=r"the file is in UTF-16(.|\n)*Nothing was sent\."):
        bring(ground, path, parse(SEMICOLONS, "test"))

    reading = Stumbling(excel(40), parse(SEMICOLONS, "test"), ground.history, HASHER, Watched())
    work = bring_in(reading, ground.kafka, ground.database.streams, Watched())
    with pytest.raises(IntakeError, match=r"behind row 30\.?\nUntil then 30 rows .* 45 events sent\. Import again"):
        asyncio.run(asyncio.wait_for(work, 60))

    assert bring(ground, excel(40), parse(SEMICOLONS, "test")).outcome is not None
    assert totals(ground)["steps"] == 120


class Stumbling(LogReading):
    """A disk that gives up in the middle of the file."""

    def _rows(self, log: Log) -> Iterator[LogRow | Rejection]:
        for row in super()._rows(log):
            yield row
            if self.report.rows == 30:
                raise IntakeError("the disk fails behind row 30")


def test_an_import_survives_a_killed_worker(ground: Ground, worker: Slot, excel: Callable[[int], Path]) -> None:
    path, viewer = excel(5_000), Watched(worker.kill, when=1)

    report = bring(ground, path, parse(SEMICOLONS, "test"), viewer)

    assert worker.restarts == 1
    assert report.outcome == ArrivalCounts(5_000 * 4 + 2_500, 0, 0), worker.said()
    assert totals(ground)["steps"] == 15_000


def test_an_import_waits_while_a_worker_stands_still(
    ground: Ground, worker: Slot, excel: Callable[[int], Path]
) -> None:
    """It ends only once the tables hold the last record."""
    path = excel(1_000)
    worker.signal(signal.SIGSTOP)
    waking = threading.Timer(4.0, worker.signal, [signal.SIGCONT])
    waking.start()

    report = bring(ground, path, parse(SEMICOLONS, "test"))

    assert not waking.is_alive()
    assert report.outcome == ArrivalCounts(4_500, 0, 0), worker.said()


def test_an_import_survives_lost_connections_to_the_database(
    ground: Ground, worker: Slot, excel: Callable[[int], Path]
) -> None:
    def cut() -> None:
        with ground.superuser() as db:
            db.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [ground.name],
            )

    report = bring(ground, excel(5_000), parse(SEMICOLONS, "test"), Watched(cut, when=1))

    assert report.outcome == ArrivalCounts(5_000 * 4 + 2_500, 0, 0), worker.said()
