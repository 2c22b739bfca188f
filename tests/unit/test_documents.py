"""What the documents tell somebody to type, typed."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from schemas.counters import FLOW_COUNTERS

DOCS = Path(__file__).parents[2] / "docs"


def block(page: str, language: str, holding: str = "") -> str:
    """The page's first block in this language that holds these words."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    found = [text for text in blocks if holding in text]
    assert found, f"{page} has no {language} {holding}"
    return str(found[0])


def test_the_example_of_importing_files_goes_in_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "home"))
    Path("mot_cua.toml").write_text(block("import.md", "toml", 'format = "csv"'), "utf-8")
    Path("so_ho_so.csv").write_text(block("import.md", "csv"), "utf-8")
    (rehearsal, real) = block("import.md", "sh").splitlines()

    words = shlex.split(rehearsal, comments=True)
    result = CliRunner().invoke(build(), words[1:], catch_exceptions=False)

    assert words[-1] == "--dry-run"
    assert words[:-1] == shlex.split(real, comments=True)
    assert result.exit_code == 0, result.stdout
    assert re.search(r"rows rejected +0", result.stdout), result.stdout
    for kind in ("accepted", "supplement_requested", "returned", "submitted"):
        assert re.search(rf"{kind} +1", result.stdout), result.stdout


def test_the_page_for_developers_names_every_place_of_a_counter() -> None:
    """Held against the last counter that was added: where its name stands is where the next one's has to."""
    root = DOCS.parent
    newest = FLOW_COUNTERS[-1]
    told = (DOCS / "developing.md").read_text("utf-8")
    places = [
        path.relative_to(root).as_posix()
        for folder in ("dashboards", "schemas", "streams", "infra/simulate")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".py", ".sql") and re.search(rf"\b{newest}\b", path.read_text("utf-8"))
    ]
    assert len(places) >= 10
    assert [place for place in places if not re.search(pattern(place), told)] == []


def pattern(place: str) -> str:
    """The file, or its family: ``streams/sql/add_*.sql``."""
    folder, _, name = place.rpartition("/")
    family = name.split("_")[0] + "_*" + Path(name).suffix
    return rf"{re.escape(place)}|{re.escape(f'{folder}/{family}')}"
