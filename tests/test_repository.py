"""What people forget: import direction, reasons of dependencies, versions that agree, no hosts, short files."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from infra.stack.jars import POM, kafka_version
from infra.stack.timescale import BIN, MAJOR, PACKAGE
from tests.conftest import LONGEST_FIRST

ROOT = Path(__file__).resolve().parent.parent
OURS = {"schemas", "streams", "dashboards", "infra", "benchmarks", "tests"}
MAY_IMPORT = {
    "schemas": {"schemas"},
    "streams": {"schemas", "streams"},
    "dashboards": {"schemas", "dashboards"},
}
LONGEST = 300
# Longer ones, each with why it is not two.
LONGER = {
    "tests/integration/faust_seams.py": "the contract with one version of one library: all its seams in one place",
}
# In two parts each, or this file would hold what it forbids.
REGISTRIES = [
    "pypi" + ".org",
    "files.pythonhosted" + ".org",
    "repo.maven" + ".apache.org",
    "repo1.maven" + ".org",
    "deb.debian" + ".org",
    "security.debian" + ".org",
    "registry.npmjs" + ".org",
    "static.crates" + ".io",
    "proxy.golang" + ".org",
]


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git knows or would add."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            yield node.module or ""


def test_nothing_stands_beside_what_belongs_there() -> None:
    """A home that a test made in the checkout by mistake would be thousands of files, and secrets."""
    rooms = {"schemas", "streams", "dashboards", "infra", "tests", "benchmarks", "docs", "tools", ".ci"}
    files = {".gitignore", "LICENSE", "Makefile", "README.md", "pyproject.toml", "requirements.lock"}
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == rooms | files


def test_git_holds_no_link_and_nothing_that_it_is_told_to_leave_out() -> None:
    """A link ``.venv`` to another checkout's breaks the setup of every fresh clone, and of every other checkout."""
    git = ["git", "-C", str(ROOT)]
    listed = subprocess.run([*git, "ls-files", "-s"], capture_output=True, text=True, check=True).stdout
    assert [line for line in listed.splitlines() if line.startswith("120000")] == []
    told = [*git, "ls-files", "--cached", "--ignored", "--exclude-standard"]
    assert subprocess.run(told, capture_output=True, text=True, check=True).stdout == ""


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_go_one_way(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in python_files()
        if path.relative_to(ROOT).parts[0] == package
        for name in imports(path)
        if (top := name.split(".")[0]) in OURS and top not in MAY_IMPORT[package]
    ]

    assert wrong == []


def test_only_the_composition_root_knows_both_streams_and_dashboards() -> None:
    """infra/cli composes all; the rest of infra runs streams and dashboards as processes and imports neither, so that
    migrating or starting a stack never loads them."""
    allowed = ("infra/cli/", *(f"infra/simulate/{name}.py" for name in ("send", "run", "live", "loading", "__main__")))
    wrong = [
        f"{where} imports {name}"
        for path in python_files()
        if (where := str(path.relative_to(ROOT))).startswith("infra/") and not where.startswith(allowed)
        for name in imports(path)
        if name.split(".")[0] in {"streams", "dashboards"}
    ]

    assert wrong == []


def test_every_dependency_has_its_reason() -> None:
    pinned = re.findall(
        r'^ +"([A-Za-z0-9._\[\],-]+==[^"]+)",(.*)$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE
    )
    declared = project_pins()

    assert len(pinned) == len(declared), "a dependency a line"
    assert [pin for pin, rest in pinned if not re.fullmatch(r"\s*# \S.{10,}", rest)] == []


def project_pins() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


def test_the_lock_holds_the_versions_that_are_declared() -> None:
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    for pin in project_pins():
        name, _, version = pin.partition("==")
        assert locked.get(re.sub(r"\[.*", "", name).lower()) == version, pin


def test_the_build_uses_the_locked_setuptools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert set(project["build-system"]["requires"]) <= set(project["dependency-groups"]["dev"])


def test_the_stack_is_pinned_and_its_parts_agree() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", kafka_version())
    assert re.findall(r"<version>[^<]*[\[\](),$][^<]*</version>", POM.read_text()) == []
    assert f"postgresql-{MAJOR}-timescaledb" == PACKAGE
    assert f"/{MAJOR}/" in str(BIN)
    record = (ROOT / "docs/adr/0001-private-stack.md").read_text()
    assert f"Kafka {kafka_version()}" in record
    assert PACKAGE in record


def test_the_files_of_tests_that_are_begun_first_are_there() -> None:
    assert [name for name in LONGEST_FIRST if not (ROOT / name).is_file()] == []


def test_no_file_names_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)} names {host}"
        for path in tracked()
        if path.stat().st_size < 1_000_000
        for host in REGISTRIES
        if host.encode() in path.read_bytes()
    ]

    assert found == []


def test_the_environment_is_read_by_settings_only() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.name != "settings.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]

    assert wrong == []


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in python_files()}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST}

    assert {name: lines for name, lines in long.items() if name not in LONGER} == {}


def test_ci_runs_each_test_once() -> None:
    """What `make check` has beside its tests, and then all tests, of which `make check` has some."""
    verbs = re.findall(r"\bmake (lint|check|test)\b", "\n".join(ci_commands()))
    assert verbs == ["lint", "test"]
    assert not any("--ignore" in line or "--deselect" in line for line in ci_commands())
    assert re.search(r"^check: lint$", (ROOT / "Makefile").read_text(), re.MULTILINE)


def ci_commands() -> list[str]:
    return [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if not line.startswith("#")]


def test_every_decision_has_a_number_of_its_own_and_is_found_by_it() -> None:
    records = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]
    titled = [int(re.sub(r"\D*(\d+).*", r"\1", path.read_text("utf-8").partition("\n")[0])) for path in records]
    cited = re.compile(r"\b(?:ADR |adr/)(\d{1,4})(-[a-z0-9-]+\.md)?")
    names = {path.name for path in records}
    lost = [
        f"{path.relative_to(ROOT)} cites {found[0]}"
        for path in tracked()
        if path.suffix in (".py", ".md", ".sql", ".toml", ".csv") and path != Path(__file__)
        for found in cited.finditer(path.read_text("utf-8", errors="replace"))
        if int(found[1]) not in numbers or (found[2] and found[1] + found[2] not in names)
    ]

    assert sorted(set(numbers)) == numbers
    assert titled == numbers
    assert lost == []
