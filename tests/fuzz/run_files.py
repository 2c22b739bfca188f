"""Reads files through the adapters and watches: no crash, no value of a file in a rejection, an error or a log."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streams.intake.choosing import Chooser
from streams.intake.errors import IntakeError
from streams.intake.platform.counters import Counters
from streams.intake.platform.events import PlatformTeller
from streams.intake.platform.look import Finding
from streams.intake.platform.samples import UnreadableSample, parse
from streams.intake.platform.systems import PolledSystem, load
from streams.intake.portal.layout import load as load_layout
from streams.intake.portal.reading import PortalReading, PortalSaid
from streams.intake.reading import Events
from tests.fuzz.files import FileInput
from tests.fuzz.overheard import Overheard
from tests.fuzz.run import Leak
from tests.settings import REPOSITORY
from tests.unit.tables import HASHER, NOW, Unseen, reference

METRICS = "text/plain; version=0.0.4"


@dataclass
class SeenFiles:
    """What became of the files."""

    inputs: int = 0
    events: int = 0
    rejections: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # by kind of file; nothing of these was read
    taken: Counter[str] = field(default_factory=Counter)  # by kind of file; something of these became an event


class Files:
    """The adapters in this process, as the commands call them, up to where they would send."""

    def __init__(self, folder: Path) -> None:
        self.seen = SeenFiles()
        self._folder = folder
        self._chooser = Chooser(reference(), HASHER, NOW)
        self._layout = load_layout(None)
        self._systems: tuple[PolledSystem, ...] = tuple(load(REPOSITORY / "docs/examples/platform.toml").system)
        self._log = Overheard()

    def run(self, inputs: Iterable[FileInput], show_every: int = 0) -> SeenFiles:
        with self._log.listening():
            for one in inputs:
                self._one(one)
                if show_every and self.seen.inputs % show_every == 0:
                    print(f"{self.seen.inputs} files, {self.seen.events} events", flush=True)
        return self.seen

    def _one(self, one: FileInput) -> None:
        viewer = Unseen()
        read = self._metrics if one.mapping == "metrics" else self._file
        try:
            values, refused = read(one, viewer), ""
        except (IntakeError, UnreadableSample) as exc:
            values, refused = [], str(exc)
            self.seen.refused[one.suffix] += 1
        said = f"{refused}\n{viewer.rejections}\n{self._log.take()}"
        for mark in one.marks:
            if mark in said:
                raise Leak(f"file {self.seen.inputs}: a value of it came back: {one.body[:2000]!r} {said}")
        if one.number and any(one.number in text for value in values for text in texts(json.loads(value))):
            raise Leak(f"file {self.seen.inputs}: an identity number is in an event: {one.body[:2000]!r}")
        self.seen.inputs += 1
        self.seen.events += len(values)
        self.seen.rejections += len(viewer.rejections)
        self.seen.taken[one.suffix] += bool(values)

    def _file(self, one: FileInput, viewer: Unseen) -> list[bytes]:
        path = self._folder / f"input{one.suffix}"
        path.write_bytes(one.body)
        reading = self._reading(one, path, viewer)
        return [event.value for event in reading.events()]

    def _reading(self, one: FileInput, path: Path, viewer: Unseen) -> Events:
        if one.mapping == "portal":
            return PortalReading(path, self._layout, reference(), HASHER, NOW, viewer, PortalSaid())
        mapping = one.mapping
        if mapping is not None and "\n" in mapping:
            written = self._folder / "mapping.toml"
            written.write_text(mapping, "utf-8")
            mapping = str(written)
        return self._chooser.reading(path, mapping, viewer)

    def _metrics(self, one: FileInput, viewer: Unseen) -> list[bytes]:
        samples = parse(one.body.decode("utf-8", "replace"), METRICS)
        found = Finding(reachable=True, latency_ms=5, samples=samples)
        teller, at = PlatformTeller("urn:test", Counters()), datetime(2024, 1, 31, tzinfo=UTC)
        twice = (system for _ in range(2) for system in self._systems)  # a counter says something the second time
        return [event.value for system in twice for event in teller.events(system, found, at)]


def texts(value: Any) -> Iterator[str]:
    """Every text of a JSON value; a number of nine digits may be a count."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
