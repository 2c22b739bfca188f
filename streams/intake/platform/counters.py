"""Counters that only grow become what was added since the look before."""

from collections.abc import Iterable
from pathlib import Path

from schemas.json_text import decode, encode
from streams.intake.platform.samples import Sample

MOST = 10**12


class Counters:
    """The last value of every series of every system. A series that is smaller than before was started again: what it
    has now was added since. One that is new beside others begins at 0; of a system's first look nothing is known."""

    def __init__(self) -> None:
        self._last: dict[str, dict[str, float]] = {}

    def added(self, system: str, use: str, samples: Iterable[Sample]) -> int | None:
        """Since the look before, over all series of one use (requests, errors); ``None`` the first time."""
        name = f"{system}/{use}"
        now: dict[str, float] = {}
        for sample in samples:
            key = encode([sample.name, sample.labels]).decode()
            now[key] = now.get(key, 0.0) + sample.value
        before = self._last.get(name)
        self._last[name] = now
        if before is None:
            return None
        added = 0.0
        for key, value in now.items():
            last = before.get(key, 0.0)
            added += value - last if value >= last else value
        return min(MOST, max(0, round(added)))

    def keep(self, path: Path) -> None:
        """For whoever looks next."""
        path.write_bytes(encode(self._last))

    @classmethod
    def kept(cls, path: Path) -> "Counters":
        """What was kept; it can be taken once, so that nothing is added twice after a crash."""
        made = cls()
        try:
            found = decode(path.read_bytes())
            path.unlink()
        except (OSError, ValueError):
            return made
        if isinstance(found, dict):
            for name, series in found.items():
                if isinstance(series, dict) and all(isinstance(v, int | float) for v in series.values()):
                    made._last[name] = {str(key): float(value) for key, value in series.items()}
        return made
