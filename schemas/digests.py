"""``source.digest.v1``, on every topic: what a source says that it has sent, so that a loss *before* Kafka shows.

For each day of the events' own time (in the province) and each unit, how many events the source has sent on this topic
and a hash of their ids; with the ids themselves, in parts, where the source can give them, so that what was lost can be
named and sent again. The subject is the source. A later digest of the same day, unit and part stands for the earlier.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemas.counter_kinds import Counter, Noun
from schemas.domain import Breach, Count, Domain
from schemas.envelope import EventId, Frozen, Key
from schemas.province import ZONE

_FIRST_DAY = date(2010, 1, 1)  # as the earliest topic's
IDS_A_PART = 500  # so that a part keeps within the size of an event


class Digest(Frozen):
    """``part`` of ``parts``: an id belongs to part ``int(sha256(id)[:4]) % parts`` (:func:`part_of`)."""

    day: date
    unit: Annotated[Key | None, Field(description="As the events name it; none where they name none.")] = None
    part: Annotated[int, Field(ge=0, le=9_999)] = 0
    parts: Annotated[int, Field(ge=1, le=10_000)] = 1
    count: Annotated[Count, Field(description="Distinct ids sent.")]
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(description="See hash_of().")]
    ids: Annotated[tuple[EventId, ...] | None, Field(max_length=2 * IDS_A_PART, strict=False)] = None

    @model_validator(mode="after")
    def sound(self) -> Self:
        if self.part >= self.parts:
            raise PydanticCustomError("part_of_parts", "part must be less than parts")
        if self.ids is not None and (len(set(self.ids)) != self.count or hash_of(self.ids) != self.hash):
            raise PydanticCustomError("ids_count_hash", "ids must agree with count and hash")
        return self


def part_of(id: str, parts: int) -> int:
    return int.from_bytes(sha256(id.encode()).digest()[:4], "big") % parts


def hash_of(ids: Iterable[str]) -> str:
    """SHA-256 over the distinct ids, sorted by code point, each followed by a line feed; UTF-8, in hex."""
    whole = sha256()
    for id in sorted(set(ids)):
        whole.update(id.encode())
        whole.update(b"\n")
    return whole.hexdigest()


def _check(subject: str, time: datetime, data: Any) -> None:
    if not subject.isascii() or " " in subject:
        raise Breach("subject", "source")
    if not _FIRST_DAY <= data.day <= time.astimezone(ZONE).date() + timedelta(days=1):  # events may be a day ahead
        raise Breach("data.day", "out_of_range")


SOURCE = Domain(
    "source",
    "Đối chiếu nguồn",
    {"digest": Digest},
    counters=(Counter("digests", "Đối chiếu", "digests that sources sent", noun=Noun.TIME),),
    check=_check,
    amendable=False,  # a later one stands for an earlier one
)
