"""Tells from the share of rejected records whether a source, or this release, has gone wrong. Pure: no clock, no I/O.

One source that begins to send what we cannot read is its owner's matter: an alarm, and the others go on. Everything of
several sources failing since the process began is ours, a bad release: then nothing may be taken away as dead letters.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

_NAME = re.compile(r"[a-z][a-z0-9+.-]{0,19}:[!-~]{1,99}")
IDENTITY_DIGITS = 9
SHARE = 0.05  # of a source's records in a window, above which it is an alarm
LEAST = 20  # rejected records in a window, below which it is not
WINDOW = 1000  # records of a source
HOPELESS_SOURCES = 2
HOPELESS_RECORDS = 100


def nameable(said: str) -> bool:
    """Whether a name that no accepted event bears may be kept and shown: one with a scheme, in the contract's letters,
    and with fewer digits than the shortest identity number has."""
    return _NAME.fullmatch(said) is not None and sum(letter.isdigit() for letter in said) < IDENTITY_DIGITS


@dataclass(slots=True)
class _Source:
    accepted: int = 0
    rejected: int = 0
    alarmed: bool = False


@dataclass(slots=True)
class Alarm:
    """A source's share of rejects has risen, or is in order again."""

    source: str
    rejected: int
    records: int
    over: bool


@dataclass(slots=True)
class RejectWatch:
    """What one process has seen of its sources since it began."""

    accepted: int = 0
    rejected: int = 0
    _failing: set[str] = field(default_factory=set)
    _sources: dict[str, _Source] = field(default_factory=dict)

    def hopeless(self, accepted: int, rejected: Iterable[str | None], known: set[str]) -> bool:
        """Whether, with this span, everything has failed since the process began, from several sources that are known
        to send well. Ask before the span is written."""
        if accepted or self.accepted:
            return False
        sources = list(rejected)
        failing = self._failing | {source for source in sources if source in known}
        return len(failing) >= HOPELESS_SOURCES and self.rejected + len(sources) >= HOPELESS_RECORDS

    def seen(self, accepted: Iterable[str], rejected: Iterable[str | None], known: set[str]) -> list[Alarm]:
        """Counts a span that is in the tables, and says which sources changed for worse or better."""
        touched = set()
        for source, amount in Counter(accepted).items():
            self.accepted += amount
            self._sources.setdefault(source, _Source()).accepted += amount
            touched.add(source)
        for said, amount in Counter(rejected).items():
            self.rejected += amount
            if said is None or (said not in known and said not in self._sources):
                continue
            self._failing.add(said)
            self._sources.setdefault(said, _Source()).rejected += amount
            touched.add(said)
        return [alarm for source in sorted(touched) if (alarm := self._judge(source)) is not None]

    def _judge(self, name: str) -> Alarm | None:
        source = self._sources[name]
        records = source.accepted + source.rejected
        bad = source.rejected >= LEAST and source.rejected > SHARE * records
        alarm = None
        if bad and not source.alarmed:
            source.alarmed, alarm = True, Alarm(name, source.rejected, records, over=False)
        if records >= WINDOW:
            if source.alarmed and not bad:
                source.alarmed, alarm = False, Alarm(name, source.rejected, records, over=True)
            source.accepted = source.rejected = 0
        return alarm
