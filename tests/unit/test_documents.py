"""What the documents name is there: files, verbs and their options, settings, code; each block says what it is."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from dashboards.api.app import build as build_api
from dashboards.api.app import document
from dashboards.readers.database import Database
from dashboards.screens import nav
from infra.cli.__main__ import build
from infra.db.written_sql import HEAD
from schemas.counters import FLOW_COUNTERS
from tests.askers import for_askers
from tests.documents import COMMANDS, FILES, NO_LANGUAGE, OTHERS, PAGES, Block, blocks, spans, typed
from tests.settings import REPOSITORY

DOCS = REPOSITORY / "docs"
README = REPOSITORY / "README.md"
AN_ANSWER = {("api.md", "json"), ("orders.md", "json")}  # a block of files that is none
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@each_page
def test_every_block_says_what_it_is_and_a_file_has_its_name_above_it(page: Path) -> None:
    found = blocks(page)
    known = {COMMANDS} | FILES | OTHERS
    assert len([block for block in found if not block.language]) == NO_LANGUAGE.get(page.name, 0)
    assert {block.language for block in found if block.language} <= known
    assert [block.line for block in found if block.language in FILES and not named(page, block)] == []
    assert re.findall(r"^(?: {4}|\t)(?:ioc|curl|make) .*", page.read_text("utf-8"), re.MULTILINE) == []


def named(page: Path, block: Block) -> bool:
    return block.name is not None or (page.name, block.language) in AN_ANSWER


@each_page
def test_every_verb_and_option_of_the_page_is_one_of_ioc(page: Path) -> None:
    lines = [command.text for command in typed(page)]
    said = [*spans(page), *(found for line in lines for found in re.findall(r"(?:^|\$\()(ioc [^)\n]*)", line))]
    assert [wrong for command in said if (wrong := unknown(command))] == []


def unknown(command: str) -> str | None:
    """What ``ioc`` does not know of it."""
    verb = typer.main.get_command(build())
    for word in shlex.split(command, comments=True)[1:]:
        options = {name for option in verb.params for name in option.opts}
        if word.startswith("-"):
            if word not in {*options, "--help"}:
                return f"{command}: {word}"
        elif isinstance(verb, TyperGroup):
            if not set(word.split("|")) <= set(verb.commands):
                return f"{command}: {word}"
            verb = verb.commands[word.split("|")[0]]
    return None


@each_page
def test_every_link_of_the_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@each_page
def test_every_setting_of_the_page_is_read_somewhere(page: Path) -> None:
    read = "\n".join(
        path.read_text("utf-8")
        for folder in ("infra", "streams", "dashboards", "tests")
        for path in (REPOSITORY / folder).rglob("*.py")
        if path.name in ("settings.py", "__main__.py") or path.stem.endswith("_settings")
    )
    names = re.findall(r"\bIOC_(?:TEST_)?([A-Z][A-Z0-9_]*[A-Z0-9])\b", page.read_text("utf-8"))
    fields = set(re.findall(r"^    (\w+): |\bIOC_(\w+)", read, re.MULTILINE))
    known = {name.lower() for pair in fields for name in pair}
    assert [name for name in names if name.lower() not in known] == []


def test_the_parts_of_code_that_a_page_shows_are_the_code() -> None:
    """Without their remarks; ``…`` stands for what is left out."""
    page = DOCS / "adding-a-topic.md"
    text = page.read_text("utf-8")
    shown = [block for block in blocks(page) if block.language == "python"]
    assert len(shown) == 2
    for block in shown:
        before = "\n".join(text.splitlines()[: block.line])
        (file,) = re.findall(r"^## .*`(.*)`$", before, re.MULTILINE)[-1:]
        code = bare((REPOSITORY / file).read_text("utf-8"))
        assert [part for part in re.split("…|\n\n\n", block.text) if bare(part) not in code] == []


def bare(code: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"#.*", "", code)).strip()


def test_the_front_page_names_every_verb_every_wall_and_every_address_of_the_api() -> None:
    told = "\n".join(re.findall(r"^\| (.*?) \|", README.read_text("utf-8"), re.MULTILINE))
    ioc = typer.main.get_command(build())
    assert isinstance(ioc, TyperGroup)
    paths = document(build_api(for_askers(Database("postgresql://nobody@127.0.0.1:1/none", name="test"))))["paths"]
    addresses = {path.split("/")[3] for path in paths if path.startswith("/api/v1/")}
    assert len(addresses) >= 10
    assert [verb for verb in ioc.commands if not re.search(rf"^`ioc .*\b{verb}\b", told, re.MULTILINE)] == []
    assert [wall for wall in nav.WALLS if not re.search(rf"[`/]{wall}`", told)] == []
    assert [name for name in addresses if not re.search(rf"[`/]{re.escape(name)}[`/]", told)] == []


def test_the_example_of_importing_files_is_read_as_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "home"))
    page = DOCS / "import.md"
    for block in blocks(page):
        if block.name:
            Path(block.name).write_text(block.text, "utf-8")
    rehearsal = typed(page)[0].text

    words = shlex.split(rehearsal, comments=True)
    result = CliRunner().invoke(build(), words[1:], catch_exceptions=False)

    assert words[-1] == "--dry-run"
    assert result.exit_code == 0, result.stdout
    assert re.search(r"rows rejected +0", result.stdout), result.stdout
    for kind in ("accepted", "supplement_requested", "returned", "submitted"):
        assert re.search(rf"{kind} +1", result.stdout), result.stdout


def test_the_page_for_developers_names_every_place_of_a_counter() -> None:
    """Held against the last counter that was added: where its name stands is where the next one's has to."""
    newest = FLOW_COUNTERS[-1]
    told = (DOCS / "developing.md").read_text("utf-8")
    places = [
        path.relative_to(REPOSITORY).as_posix()
        for folder in ("dashboards", "schemas", "streams", "infra/simulate")
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in (".py", ".sql")
        and not (text := path.read_text("utf-8")).startswith(HEAD)  # which `make sql` writes
        and re.search(rf"\b{newest}\b", text)
    ]
    assert len(places) <= 3, "its line, what a case adds, and of a breach its article"
    assert [place for place in places if not re.search(pattern(place), told)] == []


def pattern(place: str) -> str:
    """The file, or its family: ``dashboards/sql/flows_*.sql``."""
    folder, _, name = place.rpartition("/")
    family = name.split("_")[0] + "_*" + Path(name).suffix
    return rf"{re.escape(place)}|{re.escape(f'{folder}/{family}')}"
