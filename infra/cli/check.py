"""``ioc check``: cases that were reckoned by hand, held against the rules of this installation."""

from pathlib import Path
from typing import Annotated

import typer

from infra.cli.terminal import answer
from infra.db.reference import of_home
from infra.errors import OperatorError
from infra.settings import Settings
from schemas.reference.check import check as find_problems
from schemas.reference.reading import PACKAGED, Reference
from schemas.reference.reading import read as read_reference
from schemas.rules.in_force import Rules
from streams.hand.file import Compared, compare, read
from streams.hand.lines import UnreadableLine

Files = Annotated[
    list[Path], typer.Argument(help="TOML files of cases reckoned by hand (docs/rules.md).", metavar="FILE…")
]
Folder = Annotated[
    Path | None, typer.Option(help="Other reference data, instead of that of IOC_HOME/reference.", metavar="DIR")
]
Brief = Annotated[bool, typer.Option("--brief", help="Print only what differs.")]


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(files: Files, folder: Folder = None, brief: Brief = False) -> None:
    """Hold cases that were reckoned by hand against this installation's calendar, hours and rules: a value a line.

    The answer is for officials, in Vietnamese: «đúng» (right) or «khác» (differs). Kafka and the database need not run.
    Exit code 0: all is right. 1: a value differs, or a file cannot be read.
    """
    rules = Rules.of(_reference(folder))
    cases = 0
    compared: list[Compared] = []
    for path in files:
        try:
            found = read(path.read_text(encoding="utf-8-sig"))
        except UnreadableLine as exc:
            raise OperatorError(f"{path}: {exc}") from exc
        except UnicodeDecodeError as exc:
            raise OperatorError(f"{path} is not in UTF-8") from exc
        except OSError as exc:
            raise OperatorError(f"cannot read {path}: {exc.strerror}") from exc
        cases += len(found)
        for case in found:
            compared += compare(case, rules)
    for one in compared:
        if one.right and not brief:
            answer(f"đúng  {one.case}: {one.value}: {one.expected}")
        elif not one.right:
            answer(f"khác  {one.case}: {one.value}: tệp ghi {one.expected}, trung tâm tính {one.found}")
    wrong = sum(not one.right for one in compared)
    answer(f"{cases} hồ sơ, {len(compared)} giá trị: {len(compared) - wrong} đúng, {wrong} khác.")
    if wrong:
        raise typer.Exit(1)


def _reference(folder: Path | None) -> Reference:
    try:
        if folder is not None and not folder.is_dir():
            raise OperatorError(f"{folder} is not a folder")
        reference = of_home(Settings().home) if folder is None else read_reference(PACKAGED, folder)
    except OSError as exc:
        raise OperatorError(f"cannot read {exc.filename}: {exc.strerror}") from exc
    problems = find_problems(reference)
    if problems:
        raise OperatorError(f"the reference data has faults, see `ioc reference check`: {problems[0]}")
    return reference
