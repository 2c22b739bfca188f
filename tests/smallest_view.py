"""The smallest view there can be: a number on a wall, a tablet's page, in the data API and on the command line."""

from pathlib import Path

from tests.product_copy import copy_product, put_before

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

from dashboards.access.asker import Right
from dashboards.api.rights import needs
from dashboards.views.smallest import reader


class Signed(BaseModel):
    signed: int


GOOD = {"/api/v1/smallest": Signed(signed=3)}


def add(app, database, settings):
    @app.get(
        "/api/v1/smallest",
        operation_id="smallest",
        summary="Signed.",
        response_model=Signed,
        dependencies=[needs(Right.FIGURES)],
    )
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


def write_copy(folder: Path) -> None:
    """The product with that view: one folder and one line more."""
    copy_product(folder)
    room = folder / "dashboards/views/smallest"
    for name, text in SMALLEST.items():
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        (room / name).write_text(text.lstrip(), "utf-8")
    listed = folder / "dashboards/views/__init__.py"
    put_before(listed, "GAP, SCORE, ", "SMALLEST, ")
    put_before(listed, "from dashboards.views.view import", "from dashboards.views.smallest import VIEW as SMALLEST\n")
