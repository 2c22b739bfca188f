"""The smallest view: one folder and one line, written into a copy of the product, are all that there is to it."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.settings import REPOSITORY

SMALLEST = {
    "__init__.py": """
from dashboards.periods import PeriodName
from dashboards.views.view import DAYS, IndicatorGroup, Shown, View

SLUG = "cho-ky"
VIEW = View(
    name="smallest",
    slug=SLUG,
    title="Chờ ký",
    place=9,
    periods=(PeriodName.TODAY,),
    pages=(SLUG,),
    tab="Chờ ký",
    groups=(
        IndicatorGroup("smallest", "Chờ ký", "/smallest", SLUG, (Shown("signed", "Đã ký", "hồ sơ", DAYS, "Đã ký."),)),
    ),
)
""",
    "reader.py": """
from dashboards.readers.queries import query


async def signed(conn):
    row = await (await conn.execute(query("smallest/signed"))).fetchone()
    return row[0]
""",
    "sql/signed.sql": "SELECT count(*) FROM case_state WHERE end_kind = 'finished';\n",
    "screen.py": """
from dashboards.figures.headline import Rule, Sentence, Words
from dashboards.readers import snapshot
from dashboards.screens.screen import Screen
from dashboards.screens.wall import ranked, three
from dashboards.views.smallest import SLUG


def layout(view, parts):
    return three.layout(view, parts, "ranked")


def render(live, settings, before=None):
    said = Sentence(Rule.USUAL, (Words("Đã ký.", bold=True),))
    panel = ranked.empty("không hồ sơ nào")
    return three.render(live, settings, SLUG, said, (panel, panel, panel))


SCREEN = Screen(render, layout)
""",
    "pages.py": """
from dash import html

from dashboards.readers.snapshot import Selection
from dashboards.screens.tablet import shell
from dashboards.screens.view_pages import ViewPages
from dashboards.views.smallest import VIEW, reader


class Pages(ViewPages):
    async def page(self, path, query):
        async with self._database.snapshot() as snapshot:
            count = await reader.signed(snapshot.conn)
        return shell.page(VIEW.title, [html.P(str(count))], view=Selection("khung"), parts=self._frame(), tabs=VIEW.tab)
""",
    "api.py": """
from pydantic import BaseModel

from dashboards.views.smallest import reader


class Signed(BaseModel):
    signed: int


GOOD = {"/api/v1/smallest": Signed(signed=3)}


def add(app, database, settings):
    @app.get("/api/v1/smallest", operation_id="smallest", summary="Signed.", response_model=Signed)
    async def read():
        async with database.snapshot() as (conn, _):
            return Signed(signed=await reader.signed(conn))
""",
    "command_line.py": """
from dashboards.views.smallest import reader


async def read(conn, as_of, period):
    return {"smallest": await reader.signed(conn)}
""",
}
# What the loops make of it, asked in a process of the copy.
ASKED = """
from dashboards.api.app import build, document
from dashboards.allowed_addresses import PAGES
from dashboards.indicators import all_indicators
from dashboards.readers.database import Database
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
assert "/api/v1/smallest" in document(build(database))["paths"]
assert "smallest" in {view.name for view in figures_views.VIEWS}
print("asked")
"""


def test_the_smallest_view_is_a_folder_and_a_line(tmp_path: Path) -> None:
    for package in ("dashboards", "schemas", "infra", "streams"):
        shutil.copytree(REPOSITORY / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    folder = tmp_path / "dashboards/views/smallest"
    for name, text in SMALLEST.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.lstrip(), "utf-8")
    listed = tmp_path / "dashboards/views/__init__.py"
    text = listed.read_text("utf-8")
    more = text.replace("VIEWS: tuple[View, ...] = (", "VIEWS: tuple[View, ...] = (SMALLEST, ", 1)
    after = "from dashboards.views.view import"
    more = more.replace(after, f"from dashboards.views.smallest import VIEW as SMALLEST\n{after}", 1)
    assert more.count("SMALLEST") == 2
    listed.write_text(more, "utf-8")

    ran = subprocess.run([sys.executable, "-c", ASKED], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.stdout == "asked\n", ran.stderr
