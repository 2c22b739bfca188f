"""A small file that unpacks to a huge one costs neither memory nor minutes."""

import gzip
import io
import random
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from streams.intake.density import FREE, MOST_TIMES, refuse_dense
from streams.intake.errors import IntakeError
from streams.intake.gunzip import Gunzip
from streams.intake.xlsx import Workbook


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
