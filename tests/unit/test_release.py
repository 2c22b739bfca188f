"""Two releases are told apart by what they show, and by nothing else."""

import os
from pathlib import Path
from shutil import copytree

from dashboards.release import release_of


def test_a_release_is_another_when_a_file_is_and_the_same_elsewhere_and_later(tmp_path: Path) -> None:
    first = tmp_path / "first"
    (first / "assets").mkdir(parents=True)
    (first / "assets" / "live.js").write_text("1")
    (first / "app.py").write_text("1")
    second = Path(copytree(first, tmp_path / "second"))
    os.utime(second / "app.py", (0, 0))
    (second / "notes.pyc").write_text("1")
    assert release_of(first) == release_of(second)
    (second / "assets" / "live.js").write_text("2")
    assert release_of(first) != release_of(second)
    (second / "assets" / "live.js").rename(second / "live.js")
    (second / "live.js").write_text("1")
    assert release_of(first) != release_of(second)
