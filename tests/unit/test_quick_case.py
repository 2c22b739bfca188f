"""The quick way to read an event of a case accepts only what the contract accepts, as the same entry."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.history import Entry
from streams.entries.cases import entry_of
from streams.entries.quick_case import QuickCase
from tests.settings import REPOSITORY
from tests.unit.mutated_events import mutated

QUICK = ("submitted", "accepted", "step", "supplement_requested", "supplement_received", "resumed", "suspended")
ENDS = ("refused", "stopped", "finished", "returned", "withdrawn")
EXAMPLES = [
    json.loads(path.read_text("utf-8")) for path in sorted((REPOSITORY / "schemas/examples").glob("case.*/*.json"))
]


def contract(raw: bytes) -> tuple[str, Entry] | None:
    """What the contract reads; ``None`` where it refuses."""
    try:
        event = CONTRACTS["cases"].parse(raw)
    except Breach:
        return None
    return event.subject, entry_of(event)


def least() -> Iterator[Any]:
    """An event of each kind, with no more than it needs and nothing that another kind has."""
    for kind in (*QUICK, *ENDS):
        data = {
            "accepted": {"unit": "Sở Tư pháp", "channel": "direct", "due_on": "2024-02-07"},
            "step": {"name": "Thẩm định"},
        }
        event = {
            "type": f"case.{kind}.v1",
            "id": "1",
            "source": "urn:a",
            "subject": "H19-1",
            "time": "2024-01-31T08:30:00+07:00",
            "data": data.get(kind, {"unit": "Sở Tư pháp"}),
        }
        yield pytest.param(event, id=kind)


@pytest.mark.parametrize("event", list(least()))
def test_what_a_case_has_most_of_is_read_the_quick_way(event: dict[str, Any]) -> None:
    raw = json.dumps(event, ensure_ascii=False).encode()
    read = QuickCase().read(raw)
    assert read is not None
    assert read == contract(raw)


def test_whatever_is_read_the_quick_way_the_contract_reads_alike() -> None:
    draw, quick, reads, refused = random.Random(6), QuickCase(), 0, 0
    for _ in range(30_000):
        raw = mutated(draw.choice(EXAMPLES), draw)
        read, expected = quick.read(raw), contract(raw)
        if read is not None:
            reads += 1
            assert read == expected, raw
        refused += expected is None
    assert reads > 4_000
    assert refused > 4_000


@pytest.mark.parametrize("name", ["id", "subject", "unit", "procedure", "name", "status_raw"])
def test_an_identity_number_is_never_read_the_quick_way(name: str) -> None:
    data = {"unit": "a", "name": "Thẩm định"} if name == "name" else {"unit": "a"}
    kind = "step" if name == "name" else "submitted"
    event: dict[str, Any] = {
        "type": f"case.{kind}.v1",
        "id": "1",
        "source": "urn:a",
        "subject": "H19-1",
        "time": "2024-01-31T08:30:00+07:00",
        "data": data,
    }
    (event if name in event else data)[name] = "079204001234"
    raw = json.dumps(event, ensure_ascii=False).encode()
    assert contract(raw) is not None, "the contract does not look for it, the decoder does"
    assert QuickCase().read(raw) is None


@pytest.mark.parametrize("zone", ["+07:60", "-00:60", "+07:99", "+24:00", "+23:60"])
def test_an_offset_that_there_is_not_is_never_read_the_quick_way(zone: str) -> None:
    """Python's own reading takes +07:60 for +08:00."""
    event = {"type": "case.finished.v1", "id": "1", "source": "urn:a", "subject": "H19-1", "data": {"unit": "a"}}
    raw = json.dumps({**event, "time": f"2024-01-31T08:30:00{zone}"}).encode()
    assert contract(raw) is None
    assert QuickCase().read(raw) is None
