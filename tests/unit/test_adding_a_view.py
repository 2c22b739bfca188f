"""The smallest view: one folder and one line, written into a copy of the product, are all that there is to it."""

import subprocess
import sys
from pathlib import Path

from tests.smallest_view import write_copy

# What the loops make of it, asked in a process of the copy.
ASKED = """
from dashboards.api.app import build, document
from dashboards.allowed_addresses import PAGES
from dashboards.indicators import all_indicators
from dashboards.readers.database import Database
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.snapshot import Selection
from dashboards.screens import nav
from dashboards.screens.catalogue import figure_of
from dashboards.screens.registry import SCREENS
from dashboards.selections import chosen
from infra.cli import figures_views

assert nav.WALLS[-1 - len(nav.TOPICS)] == "cho-ky" and nav.title("cho-ky") == "Chờ ký"
assert ("Chờ ký", "/man-hinh/may-tinh-bang/cho-ky") in nav.tabs()
assert PAGES.fullmatch("/man-hinh/cho-ky") and PAGES.fullmatch("/man-hinh/may-tinh-bang/cho-ky")
assert chosen("cho-ky", {}).screen == "cho-ky"
assert SCREENS["cho-ky"].layout(Selection("cho-ky"), {}).className == "screen"
(one,) = [one for one in all_indicators() if one.domain == "smallest"]
assert (one.figure, figure_of(one)) == ("/smallest", "/man-hinh/may-tinh-bang/cho-ky?ky=thang")
database = Database("postgresql://nobody@127.0.0.1:1/none", name="test")
assert "/api/v1/smallest" in document(build(AskedDatabase(database, None)))["paths"]
assert "smallest" in {view.name for view in figures_views.VIEWS}
print("asked")
"""


def test_the_smallest_view_is_a_folder_and_a_line(tmp_path: Path) -> None:
    write_copy(tmp_path)

    ran = subprocess.run([sys.executable, "-c", ASKED], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.stdout == "asked\n", ran.stderr
