"""A mapping that is nested deeper than Python reads is refused as any other that is broken."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.errors import OperatorError
from streams import toml_text

DEEP = "a=" + "[" * 5_000


def test_what_is_nested_too_deeply_is_broken() -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match="nested too deeply"):
        toml_text.loads(DEEP)


@pytest.mark.parametrize("verb", [["import", "x.csv", "--dry-run", "--mapping"], ["check"]])
def test_a_verb_says_so_in_a_sentence(verb: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "home"))
    (tmp_path / "x.csv").write_text("a\n1\n", "utf-8")
    (tmp_path / "deep.toml").write_text(DEEP, "utf-8")
    result = CliRunner().invoke(build(), [*verb, "deep.toml"])
    assert isinstance(result.exception, OperatorError)  # which the command prints as its one sentence
    assert "nested too deeply" in str(result.exception)
