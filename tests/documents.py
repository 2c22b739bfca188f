"""The documents as somebody follows them: their blocks in order, the files that they give, the commands to type."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

from tests.settings import REPOSITORY

PAGES = (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
COMMANDS = "sh"
FILES = frozenset({"csv", "json", "toml", "py"})  # a block of these is the file that the line above it names
OTHERS = frozenset({"python", "powerquery", "r"})  # parts of the code, and of programs that no machine of ours has
NO_LANGUAGE = {"README.md": 1}  # the tree of folders
_FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`(ioc [^`\n]*)`")


class Block(NamedTuple):
    """``line`` is that of its first line in the page; ``name``: the file that it is, if the page says so."""

    line: int
    language: str
    text: str
    name: str | None


class Command(NamedTuple):
    line: int
    text: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 2, found[1], found[2], _name(text[: found.start()], found[1]))
        for found in _FENCE.finditer(text)
    ]


def commands(block: Block) -> list[Command]:
    """What is typed at once: a line, or several where a quote is open or the line goes on."""
    whole: list[Command] = []
    begun, first = "", block.line
    for number, line in enumerate(block.text.splitlines(), block.line):
        begun, first = (f"{begun}\n{line}", first) if begun else (line, number)
        if not _open(begun):
            if shlex.split(begun, comments=True):
                whole.append(Command(first, begun))
            begun = ""
    assert not begun, f"line {first}: a quote is never closed"
    return whole


def typed(page: Path) -> list[Command]:
    """Every command of the page's blocks."""
    return [command for block in blocks(page) if block.language == COMMANDS for command in commands(block)]


def spans(page: Path) -> list[str]:
    """Every ``ioc …`` that stands in the page's sentences."""
    return [span.replace("\\|", "|") for span in _SPAN.findall(_FENCE.sub("", page.read_text("utf-8")))]


def _name(before: str, language: str) -> str | None:
    """The last file of this kind that the sentence above the block names."""
    if language not in FILES:
        return None
    sentence = before.rstrip().rpartition("\n\n")[2]
    return next(reversed(re.findall(rf"`([\w.-]+\.{language})`", sentence)), None)


def _open(text: str) -> bool:
    try:
        shlex.split(text, comments=True)
    except ValueError:
        return True
    return text.endswith("\\")
