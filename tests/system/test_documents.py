"""Every command of the documents, typed in its order on one fresh home, beside the files that the pages give."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

import openpyxl
import psycopg
import pytest

from infra.endpoints import own_url
from infra.home import open_home
from tests.conftest import remove_home, temporary_home
from tests.documents import COMMANDS, PAGES, blocks, commands, spans
from tests.settings import REPOSITORY
from tests.system.ioc_command import Ioc, wait_for
from tests.unit.tables import filled
from tests.unit.test_intake_ledger import workbook

FIRST = ("sources.md", "import.md")  # others ask for what these have sent
NOT_TYPED = {
    "make run": "installs packages, takes port 8050 and stays; test_ioc_up.py starts the demo",
    "make test": "runs this test",
    "ioc simulate --seed 7 --span 90d --check": "wants a home without events; test_simulated_week.py",
}
NOT_SAID = {  # commands in sentences: whole ones are typed as well, after the pages
    "ioc up": "it is up; test_ioc_up.py",
    "ioc down": "ends the home; test_ioc_up.py",
    "ioc reset": "asks, and empties the home; test_ioc_stack.py",
    "ioc simulate": "plays 90 days of the whole province; simulate.md plays a small one",
    "ioc simulate --check": "wants a home without events; test_simulated_week.py",
    "ioc simulate --seed 1 --span 7d --check": "wants a home without events; test_simulated_week.py",
    "ioc import": "wants a file; import.md",
    "ioc stack": "has verbs of its own; test_ioc_stack.py",
    "ioc setup": "downloads the servers' software; `make setup`",
    "ioc templates": "writes into the current folder; import.md names one",
    "ioc probe": "wants systems to look at; test_probes.py",
    "ioc probe --send": "wants systems to look at; test_probes.py",
    "ioc drill surge": "lasts minutes, and wants a home that is simulated alone; tests/unit/test_drills.py",
    "ioc logs probes": "there are none without systems to look at; test_probes.py",
}
PATIENCE_S = 200  # of one page; its last command is then shown as any other that fails
PLACEHOLDER = re.compile(r"…|\||\b[A-Z]{2,}")
SMALL = """
set -euo pipefail
curl() { command curl --fail-with-body --silent --show-error "$@"; }
ioc() {
    if [ "$1" != simulate ]; then command ioc "$@"
    elif [[ "$*" == *--span* ]]; then command ioc "$@" --scale 0.001 --speed max --span 7d
    else command ioc "$@" --scale 0.001 --speed max; fi
}
"""


class Ended(NamedTuple):
    code: int
    said: dict[str, str]  # by where it stands: page:line

    @property
    def last(self) -> str:
        where, said = list(self.said.items())[-1]
        return f"{where}\n{said}"


class Reader:
    """Somebody who types what the pages say, each in a folder and a shell of its own."""

    def __init__(self, ioc: Ioc, folder: Path) -> None:
        self._ioc = ioc
        self._folder = folder
        self._urls = {process["name"]: process["url"] for process in ioc.status()["processes"]}

    def follow(self, page: Path) -> Ended:
        folder = self._folder / page.stem
        folder.mkdir()
        brought(folder)
        steps: list[tuple[str, str]] = []
        files = [block for block in blocks(page) if block.name]
        for number, block in enumerate(files):
            (folder / f".given-{number}").write_text(block.text, "utf-8")
            assert block.name
            copyfile(folder / f".given-{number}", folder / block.name)
        for block in blocks(page):
            if block.name:  # what an earlier command has written in its place is corrected by hand
                steps.append((f"{page.name}:{block.line}", f"cp .given-{files.index(block)} {block.name}"))
            elif block.language == COMMANDS:
                steps += [
                    (f"{page.name}:{line}", text) for line, text in commands(block) if bare(text) not in NOT_TYPED
                ]
        return self.typed(steps, folder)

    def typed(self, steps: list[tuple[str, str]], folder: Path) -> Ended:
        """In one shell, until one fails."""
        lines = [f"echo '@@ {where}'\n{self._here(text)}\necho" for where, text in steps]
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "IOC_HOME": str(self._ioc.home),
            "HOME": str(folder),
        }
        ended = subprocess.run(
            ["timeout", str(PATIENCE_S), "bash", "-c", "\n".join([SMALL, *lines])],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        parts = re.split(r"^@@ (.*)$", ended.stdout, flags=re.MULTILINE)
        return Ended(ended.returncode, dict(zip(parts[1::2], parts[2::2], strict=True)))

    def _here(self, text: str) -> str:
        """With the ports of this home in place of those that the pages name."""
        for name, port in (("api", 8051), ("gateway", 8052)):
            text = text.replace(f"http://127.0.0.1:{port}", self._urls[name].rstrip("/"))
        return text


def bare(command: str) -> str:
    """Without the remark behind it."""
    return re.sub(r"\s+#.*", "", command)


def brought(folder: Path) -> None:
    """What no page can give: workbooks, and exports of others."""
    workbook(folder)  # so.xlsx
    row: list[object] = ["", "31/01/2024", "Hộ tịch", "12.500", 11800, 11200, 11000, 10900, 10500, "Có"]
    filled("du-lieu", folder, {"Tiến độ dữ liệu": [row]}).rename(folder / "bao-cao-du-lieu.xlsx")
    export = REPOSITORY / "tests/recorded/portal/components.csv"
    copyfile(export, folder / "xuat_766.csv")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in export.read_text("utf-8").splitlines():
        unit, _, *figures, _ = line.split(";")  # says neither its period nor its day
        sheet.append([unit, *figures])
    book.save(folder / "xuat_766.xlsx")


@pytest.fixture
def ioc() -> Iterator[Ioc]:
    command = Ioc(temporary_home())
    try:
        command.must("up", "--detach")
        yield command
        command.run("down")
    finally:
        command.close()
        remove_home(command.home)


@pytest.mark.timeout(400)
def test_every_command_of_the_documents_does_what_its_page_says(ioc: Ioc, tmp_path: Path) -> None:
    reader = Reader(ioc, tmp_path)
    for page in sorted(PAGES, key=lambda page: (page.name not in FIRST, page.name != FIRST[0], page.name)):
        ended = reader.follow(page)
        assert ended.code == 0, f"ended with {ended.code} at {ended.last}"
        if page.name == FIRST[0]:
            everything_sent_is_held(ioc, ended)

    whole = sorted({span for page in PAGES for span in spans(page) if not PLACEHOLDER.search(span)} - set(NOT_SAID))
    ended = reader.typed([(span, span) for span in whole], tmp_path)
    assert ended.code == 0, f"ended with {ended.code} at {ended.last}"
    assert len(ended.said) == len(whole) >= 10


def everything_sent_is_held(ioc: Ioc, ended: Ended) -> None:
    """Every event that the gateway has taken from the page's examples is in a table of events."""
    named: set[str] = set()
    for where, said in ended.said.items():
        for line in said.splitlines():
            if line.startswith('{"accepted"'):
                answer = json.loads(line)
                assert not answer.get("rejected"), f"{where}: {line}"
                named |= {event["id"] for event in answer["events"]}
    assert len(named) >= 10
    with psycopg.connect(own_url(open_home(ioc.home), "screens"), autocommit=True) as db:
        wait_for(lambda: True if named <= held(db) else None, 60, lambda: f"not held: {named - held(db)}")
        assert db.execute("SELECT count(*) FROM dead_letter").fetchone() == (0,)


def held(db: psycopg.Connection[tuple[str]]) -> set[str]:
    """The ids of all events in all event tables."""
    tables = db.execute(
        "SELECT table_name::text FROM information_schema.columns WHERE column_name = 'id' AND table_schema = 'public'"
        " AND (table_name LIKE '%\\_event' OR table_name = 'source_digest')"
    ).fetchall()
    assert len(tables) >= 2
    return {id for (table,) in tables for (id,) in db.execute(f"SELECT id FROM {table}").fetchall()}  # noqa: S608


def test_what_is_not_typed_still_stands_in_a_page() -> None:
    typed = {
        bare(command.text)
        for page in PAGES
        for block in blocks(page)
        if block.language == COMMANDS
        for command in commands(block)
    }
    said = {span for page in PAGES for span in spans(page)}
    assert set(NOT_TYPED) <= typed
    assert set(NOT_SAID) <= said
