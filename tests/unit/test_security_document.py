"""docs/security.md names tests that are there, and every test that is named by a number of ASVS stands in it."""

import ast
import re
from functools import cache

from tests.settings import REPOSITORY

DOCUMENT = (REPOSITORY / "docs/security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+) \| `(tests/[\w/]+\.py)::(test_\w+)` \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ASKED_FOR = {"8.3.2", "1.2.10", "13.3.4", "16.3.2"}


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


def test_every_test_that_the_document_names_is_there() -> None:
    named = NAMED.findall(DOCUMENT)
    assert named
    assert [f"{path}::{test}" for path, test in named if test not in functions_of(path)] == []


def test_a_requirement_stands_once_in_order_and_forty_are_of_level_two_or_below() -> None:
    rows = ROW.findall(DOCUMENT)
    numbers = [number for number, *_ in rows]
    assert len(rows) == len(
        re.findall(r"^\| \d+\.\d+\.\d+ \| [123] \| .*`tests/.*::test_\w+` \|$", DOCUMENT, re.MULTILINE)
    )
    assert numbers == sorted(set(numbers), key=lambda number: [int(part) for part in number.split(".")])
    assert len([level for _, level, *_ in rows if level != "3"]) >= 40
    assert set(numbers) >= ASKED_FOR


def test_a_test_that_is_named_by_a_number_shows_that_number() -> None:
    by_test = {(path, test): number for number, _, _, path, test in ROW.findall(DOCUMENT)}
    named = set(NAMED.findall(DOCUMENT))
    for file in (REPOSITORY / "tests/integration/asvs").glob("test_*.py"):
        path = file.relative_to(REPOSITORY).as_posix()
        for test in functions_of(path):
            assert (path, test) in named, test
            number = ".".join(test.split("_")[1:4])
            assert by_test.get((path, test), number) == number, test
