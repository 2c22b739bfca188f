"""A small file that unpacks to a huge one costs neither memory nor minutes."""

import gzip
import io
import itertools
import random
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from streams.intake.density import FREE, MOST_TIMES, refuse_dense
from streams.intake.errors import IntakeError
from streams.intake.gunzip import Gunzip
from streams.intake.log import Log
from streams.intake.rows import Rejection
from streams.intake.xlsx import Workbook
from tests.unit.intake import mapping


def test_a_gzip_stream_of_one_letter_is_refused_before_its_end(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with gzip.open(packed, "wb") as file:
        for _ in range(200):
            file.write(b"a" * 1_000_000)
    packed.seek(0)
    stream = io.BufferedReader(Gunzip(packed))
    tracemalloc.start()
    with pytest.raises(IntakeError, match="times its size"):
        list(iter(lambda: len(stream.read(65_536)), 0))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


HEADER = "case,step,unit,time\n"


def row(number: int) -> str:
    """As regular as a real log may be: its columns are long, and few of them change."""
    day, minute = number // 9_000 % 28 + 1, number // 300 % 60
    office = "Trung tâm Phục vụ hành chính công tỉnh Đồng Nai chi nhánh số 1 quầy tiếp nhận hồ sơ và trả kết quả"
    step = "Tiếp nhận hồ sơ và hẹn ngày trả kết quả giải quyết thủ tục"
    return f"H19.26-{number},{step},{office},2024-01-{day:02}T08:{minute:02}\n"


def log_of(tmp_path: Path, rows: str) -> Log:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress((HEADER + rows).encode()))
    return Log(path, mapping())


@pytest.mark.parametrize("honest", [0, 40_000])
def test_a_bomb_is_refused_before_any_row_of_it_is_taken_be_it_behind_honest_rows(tmp_path: Path, honest: int) -> None:
    """What is sent before a refusal would stand in the tables."""
    rows = "".join(map(row, range(honest))) + "H19.26-1,Tiếp nhận,Phường Trấn Biên,2024-01-02T08:00\n" * 800_000
    began = time.perf_counter()
    with pytest.raises(IntakeError, match=f"log.csv.gz unpacks to more than {MOST_TIMES} times its size"):
        log_of(tmp_path, rows)
    took = time.perf_counter() - began
    assert (tmp_path / "log.csv.gz").stat().st_size < 900_000
    assert took < 5, "with the packing of it"


def test_a_log_that_shrinks_to_a_sixtieth_goes_in(tmp_path: Path) -> None:
    rows = "".join(map(row, range(200_000)))
    log = log_of(tmp_path, rows)
    assert len(rows.encode()) > 2 * FREE
    assert len(rows.encode()) > 60 * log.size
    with log:
        assert not any(isinstance(one, Rejection) for one in itertools.islice(log, 1_000))


def test_a_log_that_repeats_itself_as_logs_do_is_read_whole() -> None:
    chance = random.Random(1)
    rows = "".join(f"H19.26-{n};Tiếp nhận;H19.26;2024-01-{n % 28 + 1:02d};{chance.random()}\n" for n in range(20_000))
    packed = io.BytesIO(gzip.compress(rows.encode()))
    assert io.BufferedReader(Gunzip(packed)).read() == rows.encode()


def test_a_workbook_with_one_cell_of_hundreds_of_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/worksheets/s.xml", "w") as part:
        for _ in range(100):
            part.write(b"a" * 1_000_000)
    with path.open("rb") as file, pytest.raises(IntakeError, match="times its size"):
        Workbook(file)


def test_what_is_small_may_be_as_dense_as_it_likes() -> None:
    refuse_dense(FREE, 1)
    refuse_dense(10 * FREE, 10 * FREE // MOST_TIMES + 1)
    with pytest.raises(IntakeError):
        refuse_dense(FREE + 1, 1)
