"""Digests of what a source has sent, for the source's own side: ``source.digest.v1`` from days, units and ids.

A source gives ``(day, unit, id)`` of every event that it has sent on one topic for whole days (the day of the event's
own time, in the province), in any order and with repetitions. Any later digest of the same day and unit stands for the
earlier, so days may be told again as events come late.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from schemas.contracts import CONTRACTS
from schemas.digests import IDS_A_PART, hash_of, part_of

Sent = tuple[date, str | None, str]  # day, unit, id of an event


def digests(source: str, topic: str, sent: Iterable[Sent], now: datetime, *, with_ids: bool = True) -> Iterator[Any]:
    """The digests as events, in the order of days and units. ``topic`` is a contract's name (``cases``): it makes the
    digests' ids differ by topic, and is what the gateway's ``topic`` says.

    With ids, a day and unit of more than 500 comes in parts that hold about as many; without, as one. Whoever told a
    day in parts goes on to tell it in as many or more, so ``parts`` are a power of two that only grows with the day.
    """
    if topic not in CONTRACTS:
        raise ValueError(f"there is no topic {topic}")
    of: dict[tuple[date, str], set[str]] = defaultdict(set)
    for day, unit, id in sent:
        of[day, unit or ""].add(id)
    for (day, unit), ids in sorted(of.items()):
        if with_ids:
            parts = parts_for(len(ids))
            yield from told_in_parts(source, topic, day, unit, parts, sorted((part_of(i, parts), i) for i in ids), now)
        else:
            yield _event(source, topic, day, unit or None, 0, 1, sorted(ids), now, with_ids=False)


def told_in_parts(
    source: str, topic: str, day: date, unit: str, parts: int, members: Iterable[tuple[int, str]], now: datetime
) -> Iterator[Any]:
    """The digests of one day and unit with their ids. ``members``: part and id, in that order; of each part all at
    once are in memory, of the rest nothing."""
    by_part = groupby(members, key=itemgetter(0))
    at, ids = next(by_part, (parts, ()))
    for part in range(parts):
        if part < at:
            yield _event(source, topic, day, unit or None, part, parts, [], now, with_ids=True)
            continue
        yield _event(source, topic, day, unit or None, part, parts, [id for _, id in ids], now, with_ids=True)
        at, ids = next(by_part, (parts, ()))


def parts_for(ids: int) -> int:
    """So many that none has more ids than an event may hold, however unevenly they fall."""
    parts = 1
    while ids > parts * IDS_A_PART:
        parts *= 2
    return parts


def _event(
    source: str,
    topic: str,
    day: date,
    unit: str | None,
    part: int,
    parts: int,
    ids: list[str],
    now: datetime,
    *,
    with_ids: bool,
) -> Any:
    data: dict[str, Any] = {"day": day, "part": part, "parts": parts, "count": len(ids), "hash": hash_of(ids)}
    if unit is not None:
        data["unit"] = unit
    if with_ids:
        data["ids"] = tuple(ids)
    model = CONTRACTS[topic].types["source.digest.v1"]
    # Named by what it says: the same digest told twice is one event, a changed one another.
    id = f"digest-{topic[:8]}-{day}-{hash_of([f'{unit}', f'{part}/{parts}', data['hash']])[:32]}"
    return model.model_validate(
        {"id": id, "source": source, "type": "source.digest.v1", "subject": source, "time": now, "data": data}
    )
