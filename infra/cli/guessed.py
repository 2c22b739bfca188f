"""``ioc import FILE --guess``: a mapping to start from, and what it would take."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.cli.terminal import answer, say
from infra.errors import OperatorError
from schemas.json_text import decode
from schemas.topics import CASES_HISTORY
from streams.intake.arrival import Arrival
from streams.intake.errors import IntakeError
from streams.intake.guess import guess
from streams.intake.identity_hashing import Hasher
from streams.intake.importing import LogReading
from streams.intake.mapping import parse
from streams.intake.rows import Rejection

SHOWN = 6  # events


class Heard:
    """A viewer that keeps what was rejected."""

    def __init__(self) -> None:
        self.rejections: dict[tuple[str, str], int] = {}

    def read(self, position: int, size: int) -> None: ...

    def sent(self, sent: int, acknowledged: int) -> None: ...

    def taken(self, so_far: Arrival) -> None: ...

    def rejected(self, rejection: Rejection) -> None:
        name = (rejection.column or rejection.field, rejection.rule)
        self.rejections[name] = self.rejections.get(name, 0) + 1


def propose(file: Path, mapping: str | None) -> None:
    """The mapping on standard output, so that it can be kept; all else on standard error."""
    if mapping is not None:
        raise OperatorError("--guess proposes a mapping, so leave --mapping out")
    heard = Heard()
    try:
        found = guess(file)
        reading = LogReading(
            file, parse(found.mapping, "that is proposed"), CASES_HISTORY, Hasher("dry", secrets.token_bytes(32)), heard
        )
        first = [event.value for number, event in enumerate(reading.events()) if number < SHOWN]
    except IntakeError as exc:
        raise OperatorError(str(exc)) from exc
    answer(found.mapping.rstrip())
    report = reading.report
    say(f"\nThe header is in line {found.line}. Of {report.rows:,} rows this would take, at {datetime.now(UTC):%F}:")
    for kind, count in report.events.most_common():
        say(f"  {kind}: {count:,}")
    for event in map(decode, first):
        say(f"    {_told(event)}")
    for (name, rule), count in heard.rejections.items():
        say(f"  not taken: {name}: {rule}: {count:,}")
    if report.below:
        say(f"  below the table, not read: {len(report.below)} rows from line {report.below[0]}")
    say(f"Keep it:  ioc import {file} --guess > my.toml    then:  ioc import {file} --mapping my.toml --dry-run")


def _told(event: dict[str, Any]) -> str:
    data = "; ".join(f"{name} {value}" for name, value in event["data"].items())
    return f"{event['type']} {event['subject']} {event['time']}: {data}"
