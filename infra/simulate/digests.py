"""What the source has in its own books: the ids of each day and unit, as ``source.digest.v1`` tells them.

A day's books are closed two days later, when also what was dated wrongly has been put right.
"""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from infra.simulate.chance import chance
from schemas.digests import IDS_A_PART, hash_of, part_of
from schemas.province import as_date

_encode = msgspec.json.Encoder().encode


class Books:
    """Ids by day of their event's time, and by unit as the event names it."""

    def __init__(self, topic: str, seed: int) -> None:
        self._topic = topic
        self._seed = seed
        self._ids: dict[int, dict[str | None, list[str]]] = defaultdict(dict)

    def note(self, unit: str | None, day: int, id: str) -> None:
        of_day = self._ids[day]
        ids = of_day.get(unit)
        if ids is None:
            of_day[unit] = [id]
        else:
            ids.append(id)

    def close(self, day: int, at: int) -> Iterator[tuple[int, str, str]]:
        """(moment, id, data) of the digests of every day up to this one that has not been told of."""
        for closed in sorted(known for known in self._ids if known <= day):
            random = chance(self._seed, "digest", self._topic, closed)
            units = self._ids.pop(closed)
            for unit in sorted(units, key=lambda name: name or ""):
                ids = units[unit]
                parts = -(-len(ids) // IDS_A_PART)
                for part in range(parts):
                    of_part = ids if parts == 1 else [id for id in ids if part_of(id, parts) == part]
                    if not of_part:
                        continue
                    name = f"{self._seed:x}.d{self._topic[:2]}{closed:x}.{unit or '-'}.{part}"
                    yield at + random.randrange(600), name, _digest(closed, unit, part, parts, of_part)


def _digest(day: int, unit: str | None, part: int, parts: int, ids: list[str]) -> str:
    said: dict[str, object] = {"day": as_date(day).isoformat()}
    if unit is not None:
        said["unit"] = unit
    said |= {"part": part, "parts": parts, "count": len(ids), "hash": hash_of(ids), "ids": ids}
    return _encode(said).decode()
