"""``--rejected FILE``: every rejection as a line of a CSV file, or the workbook again with its wrong cells marked."""

import csv
from pathlib import Path
from typing import TextIO

from infra.cli.terminal import say
from infra.errors import OperatorError
from schemas.inert import inert
from streams.intake import marked_copy, reject_advice
from streams.intake.rows import Rejection

WORKBOOK = ".xlsx"


class RejectedFile:
    """Of an import of ``file``; without a ``path`` nothing is written. Raises :class:`OperatorError` where it cannot
    be."""

    def __init__(self, path: Path | None, file: Path) -> None:
        self._path, self._file = path, file
        self._kept: list[Rejection] = []
        self._more = 0
        self._list: TextIO | None = None
        if path is None:
            return
        if path.resolve() == file.resolve():
            raise OperatorError(f"--rejected {path} is the file itself: name another one")
        try:
            if path.suffix.lower() == WORKBOOK:
                path.touch()  # that it cannot be written is told before anything is sent
                return
            self._list = path.open("w", newline="", encoding="utf-8")
        except OSError as exc:
            raise OperatorError(f"cannot write {path}: {exc.strerror}") from exc
        csv.writer(self._list).writerow((*Rejection._fields, "what_to_do"))

    def note(self, one: Rejection) -> None:
        if self._list is not None:
            csv.writer(self._list).writerow(map(inert, (*one, reject_advice.of(one))))
        elif self._path is not None and len(self._kept) < marked_copy.MOST_MARKED:
            self._kept.append(one)
        else:
            self._more += 1

    def close(self) -> None:
        """Writes the workbook. An import that broke off has one too."""
        if self._list is not None:
            self._list.close()
        elif self._path is not None and not self._kept:
            self._path.unlink(missing_ok=True)
        elif self._path is not None:
            try:
                marked = marked_copy.write(self._file, self._kept, self._more, self._path)
            except OSError as exc:
                raise OperatorError(f"cannot write {self._path}: {exc.strerror}") from exc
            if not marked:
                say(
                    f"{self._path} has the list of what is wrong, without marks: the file is no workbook, or too large."
                )
