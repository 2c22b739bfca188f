"""What an OpenMetrics or Prometheus endpoint says, and the figures in it. Pure."""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from prometheus_client import parser as prometheus
from prometheus_client.openmetrics import parser as openmetrics

from schemas.platform import Unreadable as Why
from streams.intake.platform.systems import Capacity, Series

OPENMETRICS = "application/openmetrics-text"
ACCEPT = f"{OPENMETRICS};version=1.0.0,text/plain;version=0.0.4;q=0.5"

Labels = tuple[tuple[str, str], ...]


class Sample(NamedTuple):
    name: str
    labels: Labels  # sorted
    value: float


class UnreadableSample(Exception):
    """It is neither format. ``why``: in the contract's words; ``line``: where, from 1."""

    def __init__(self, why: Why, line: int) -> None:
        super().__init__(f"{why}, line {line}")
        self.why, self.line = why, line


def parse(text: str, content_type: str) -> list[Sample]:
    """Every sample that is a number; a byte order mark before the first is no part of it. Raises
    :class:`UnreadableSample`, which never quotes the text."""
    read = openmetrics if content_type.startswith(OPENMETRICS) else prometheus
    taken = 0

    def lines() -> Iterator[str]:
        nonlocal taken
        for line in io.StringIO(text.removeprefix("\ufeff")):
            taken += 1
            yield line

    file: Any = lines()  # the parsers ask no more of a file than its lines
    try:
        return [
            Sample(sample.name, tuple(sorted(sample.labels.items())), float(sample.value))
            for family in read.text_fd_to_metric_families(file)
            for sample in family.samples
            if math.isfinite(sample.value)
        ]
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as exc:
        # The parsers have no error of their own; what they say begins so in the one place that says it.
        said = str(exc)
        why: Why = "line"
        if said.startswith("Missing # EOF"):
            why = "unfinished"
        elif said.startswith("Clashing name"):
            why = "repeated"
        raise UnreadableSample(why, taken) from None


def chosen(samples: Iterable[Sample], series: Series) -> Iterator[Sample]:
    """Those of a series. A counter may be named with and without its ``_total``."""
    names = {series.name, f"{series.name}_total"}
    wanted = {name: re.compile(pattern) for name, pattern in series.labels.items()}
    for sample in samples:
        if sample.name in names:
            labels = dict(sample.labels)
            if all(pattern.fullmatch(labels.get(name, "")) for name, pattern in wanted.items()):
                yield sample


def permille(samples: list[Sample], capacity: Iterable[Capacity]) -> int | None:
    """The fullest resource, in ‰ of it; ``None`` where nothing says so."""
    shares = [share for one in capacity for share in _shares(samples, one)]
    return max((min(1000, max(0, round(share * 1000))) for share in shares), default=None)


def _shares(samples: list[Sample], capacity: Capacity) -> Iterator[float]:
    if capacity.share is not None:
        yield from (sample.value for sample in chosen(samples, capacity.share))
    elif capacity.total is not None:
        totals: Mapping[Labels, float] = {sample.labels: sample.value for sample in chosen(samples, capacity.total)}
        part = capacity.used or capacity.free
        for sample in chosen(samples, part) if part is not None else ():
            total = totals.get(sample.labels, 0.0)
            if total > 0:
                share = sample.value / total
                yield share if capacity.used is not None else 1 - share
