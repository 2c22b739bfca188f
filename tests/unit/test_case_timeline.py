"""What a lane does with an error that is neither a rejection nor a dependency that is away."""

from typing import Any

import pytest

from schemas.topics import CASES
from streams.crash import CrashPoints
from streams.partition_lanes import LaneHealth, Lanes
from streams.span import Partition, Span
from tests.unit.told import Record

SECRET = "079123456789"


class _Broken(Record):
    """A record over which the decoder falls."""

    @property
    def value(self) -> Any:
        raise RuntimeError(SECRET)

    @value.setter
    def value(self, value: object) -> None: ...


async def _nowhere(*_: object) -> None: ...


async def test_a_record_over_which_the_decoder_falls_ends_the_process() -> None:
    crashes: list[BaseException] = []
    lanes = Lanes(
        "postgresql://nowhere",
        LaneHealth(),
        {CASES.name: CASES},
        seek=_nowhere,
        turn=lambda _: 1,
        applied=lambda *_: None,
        on_crash=crashes.append,
        history_limit=20,
        points=CrashPoints(),
    )
    span = Span(Partition("cluster", "id", CASES.name, 0), 0, 1, [_Broken(None)], turn=1)

    with pytest.raises(RuntimeError):
        await lanes.take(span)

    assert [str(exc) for exc in crashes] == [SECRET]
