"""Digests of what a source has sent, for the source's own side: ``source.digest.v1`` from days, units and ids.

A source gives ``(day, unit, id)`` of every event that it has sent on one topic for whole days (the day of the event's
own time, in the province), in any order and with repetitions. Any later digest of the same day and unit stands for the
earlier, so days may be told again as events come late.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
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
        parts = parts_for(len(ids)) if with_ids else 1
        by_part: list[list[str]] = [[] for _ in range(parts)]
        for id in sorted(ids):
            by_part[part_of(id, parts)].append(id)
        for part, members in enumerate(by_part):
            yield _event(source, topic, day, unit or None, part, parts, members, now, with_ids=with_ids)


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
