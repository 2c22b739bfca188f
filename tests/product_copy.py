"""The product as it is, in a folder of its own, for tests that add something to it."""

import shutil
from pathlib import Path

from tests.settings import REPOSITORY


def copy_product(folder: Path) -> None:
    for package in ("dashboards", "schemas", "infra", "streams"):
        shutil.copytree(REPOSITORY / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))


def put_before(path: Path, before: str, more: str) -> None:
    """Adds text before another, which stands in the file once."""
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, more + before), "utf-8")
