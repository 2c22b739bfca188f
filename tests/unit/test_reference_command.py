"""``ioc reference check`` as it is typed; it needs no database."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.errors import OperatorError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IOC_HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(build(), ["reference", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout


def test_the_packaged_files_have_no_problems_and_their_limits_are_remarked() -> None:
    code, said = run("check")

    assert code == 0
    assert "remark: unit_mapping_2025.csv:223: share: divided: not usable as a mapping" in said
    assert said.splitlines()[-1].startswith("0 problems in ")


@pytest.mark.parametrize("by_option", [True, False])
def test_an_operators_file_is_checked_in_place_of_ours(home: Path, by_option: bool) -> None:
    own = home / ("own" if by_option else "reference")
    own.mkdir()
    (own / "plans.csv").write_text("plan,number,part,name,amount,valid_from,confidence\nKH1,1,a,Mật,x,,memory\n")
    folder = ["--folder", str(own)] if by_option else []

    code, said = run("check", *folder)
    refused, also_said = run("load", *folder)

    assert (code, refused) == (2, 2)
    assert "plans.csv:2: amount: int_parsing\nplans.csv:2: valid_from: empty\n" in said
    assert "nothing was loaded" in also_said
    assert "Mật" not in said + also_said


def test_a_folder_that_is_not_there_is_told(home: Path) -> None:
    with pytest.raises(OperatorError, match="is not a folder"):
        run("check", "--folder", str(home / "nowhere"))


def test_without_a_home_nothing_is_loaded_and_none_is_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOC_HOME", str(home / "nowhere"))

    (home / "ioc-demo").mkdir()
    (home / "ioc-demo" / "installation").write_text("1")
    monkeypatch.setattr("infra.cli.terminal.demo_home", lambda: home / "ioc-demo")
    with pytest.raises(OperatorError, match=r"nothing has ever run here.*IOC_HOME=.*/ioc-demo ioc status"):
        run("load")
    with pytest.raises(OperatorError, match="nothing has ever run here"):
        run("unknown")
    assert not (home / "nowhere").exists()
