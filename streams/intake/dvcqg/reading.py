"""Files of recorded messages: one message a line (``.jsonl``, ``.ndjson``), or one JSON value that is a message or a
list of them (``.json``); either also ``.gz``. Public implementations send JSON only, so nothing else is read."""

import io
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from schemas.domain import Breach
from schemas.json_text import NotJson, decode
from schemas.source_name import RULE, fits
from schemas.topics import CASES_HISTORY, Topic
from streams.intake import gunzip
from streams.intake.dvcqg.convert import Converted, convert, convert_said
from streams.intake.errors import IntakeError
from streams.intake.file_signature import GZIP
from streams.intake.gateway.events import canonical, check_times
from streams.intake.gunzip import BrokenGzip, Gunzip
from streams.intake.identity_hashing import Hasher
from streams.intake.outgoing import Outgoing
from streams.intake.reading import ImportAccount, ImportReport, Viewer
from streams.intake.rows import Rejection

LINES = frozenset((".jsonl", ".ndjson"))
WHOLE = ".json"
MOST_BYTES = 16 * 1024 * 1024  # of one message
MOST_WHOLE_BYTES = 256 * 1024 * 1024  # of a file that has to be read at once
BOM = b"\xef\xbb\xbf"


class Messages:
    """One file; a message is a row of its report. ``message`` is the portal's name of all in it that do not say it."""

    topic: Topic = CASES_HISTORY

    def __init__(
        self, path: Path, source: str, hasher: Hasher, viewer: Viewer, now: datetime, *, message: str = ""
    ) -> None:
        """Raises :class:`IntakeError` for a file that is neither, or a ``source`` that no source may be called."""
        if not fits(source):
            raise IntakeError(f"--source {RULE}")
        suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"][-1:]
        if not suffixes or suffixes[0] not in (*LINES, WHOLE):
            raise IntakeError(f"{path}: a file of messages ends in .json, .jsonl or .ndjson, or one of them and .gz")
        self.report = ImportReport()
        self.source = source
        self._path = path
        self._lines = suffixes[0] in LINES
        self._hasher = hasher
        self._viewer = viewer
        self._now = now
        self._message = message
        self._gunzip: Gunzip | None = None

    def events(self) -> Generator[Outgoing, None, None]:
        """Raises :class:`IntakeError` where the file cannot be read."""
        account = ImportAccount(self.report, self._viewer)
        try:
            with self._path.open("rb") as file:
                size = self._path.stat().st_size
                packed = file.peek(2).startswith(GZIP)
                self._gunzip = gunzip.opened(file) if packed else None
                raw: Any = file if self._gunzip is None else io.BufferedReader(self._gunzip)
                for converted in self._converted(raw):
                    self.report.rows += 1
                    self._viewer.read(file.tell(), size)
                    yield from account.passing(self._checked(converted))
                self._viewer.read(size, size)
        except OSError as exc:
            raise IntakeError(f"cannot read {self._path}: {exc.strerror or type(exc).__name__}") from exc

    def _converted(self, raw: IO[bytes]) -> Iterator[Converted]:
        number, broken = 0, False
        try:
            if not self._lines:
                yield from self._whole(raw)
            for number, line in _lines(raw) if self._lines else ():
                if len(line) > MOST_BYTES:
                    yield _only(Rejection(number, "body", "too_large"))
                else:
                    yield convert(self._message, line, self.source, self._hasher, line=number)
        except BrokenGzip:
            broken = True
        if broken or (self._gunzip is not None and self._gunzip.trailing):
            yield _only(Rejection(number + 1, "file", "gzip_broken"))

    def _whole(self, raw: IO[bytes]) -> Iterator[Converted]:
        body = raw.read(MOST_WHOLE_BYTES + 1)
        if len(body) > MOST_WHOLE_BYTES:
            raise IntakeError(f"{self._path} is too large to be read at once; write one message a line (.jsonl)")
        try:
            said = decode(body.removeprefix(BOM))
        except NotJson:
            yield _only(Rejection(1, "body", "json_invalid"))
            return
        several = isinstance(said, list) and bool(said) and all(isinstance(one, dict) and "data" in one for one in said)
        for number, one in enumerate(said if several else [said], start=1):
            yield convert_said(self._message, one, self.source, self._hasher, line=number)

    def _checked(self, converted: Converted) -> Iterator[Outgoing | Rejection]:
        """What the workers would reject is rejected here, where it can be named by its message."""
        yield from converted.rejections
        for event in converted.events:
            try:
                check_times(event, self.topic, self._now)
            except Breach as breach:
                yield Rejection(converted.line, event.type, breach.rule)
                continue
            value = canonical(event).encode()
            yield Outgoing(event.type.split(".")[1], event.subject.encode(), value)


def _lines(raw: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty, by number; of one that is too long, its beginning."""
    number = 0
    while line := raw.readline(MOST_BYTES + 1):
        number += 1
        whole = line
        while not whole.endswith(b"\n") and (whole := raw.readline(MOST_BYTES + 1)):
            line = line[: MOST_BYTES + 1] if len(line) > MOST_BYTES else line + whole
        if number == 1:
            line = line.removeprefix(BOM)
        if line.strip():
            yield number, line


def _only(rejection: Rejection) -> Converted:
    return Converted((), (rejection,), rejection.line)
