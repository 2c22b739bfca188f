"""The quick way to read a look-up accepts only what the contract accepts, with the same entry and digest."""

import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import CONTRACTS
from schemas.domain import Breach
from schemas.lookups import LOOKUP
from schemas.province import ZONE, as_datetime, day_of, moment
from streams.entries.lookups import PERFORMED, Look, look_of
from streams.entries.quick_look import QuickLook
from streams.entries.subjects import said_of
from tests.settings import REPOSITORY
from tests.unit.mutated_events import mutated

EXAMPLES = [
    json.loads(path.read_text("utf-8"))
    for path in sorted((REPOSITORY / f"schemas/examples/{PERFORMED}").glob("*.json"))
]


def contract(raw: bytes) -> tuple[str, Look] | None:
    """What the contract reads; ``None`` where it refuses, or reads something else than a look-up."""
    try:
        event = CONTRACTS["lookups"].parse(raw)
    except Breach:
        return None
    return (event.subject, look_of(event)) if event.type == PERFORMED else None


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event["id"])
def test_examples_are_read_the_quick_way(event: dict[str, Any]) -> None:
    raw = json.dumps(event).encode()
    read = QuickLook().read(raw)
    assert read is not None
    assert read == contract(raw)


def test_whatever_is_read_the_quick_way_the_contract_reads_alike() -> None:
    draw, quick, reads, refused = random.Random(6), QuickLook(), 0, 0
    for _ in range(20_000):
        raw = mutated(draw.choice(EXAMPLES), draw)
        read, expected = quick.read(raw), contract(raw)
        if read is not None:
            reads += 1
            assert read == expected, raw
        refused += expected is None
    assert reads > 4_000
    assert refused > 4_000


PLANTED = dict.fromkeys(("id", "unit", "application", "purpose", "case"), "079204001234") | {
    "fields": ["079 204 001 234"],
    "person": f"k1:{'0' * 20}079204001234",
    "client": "079.204.001.234",
}


@pytest.mark.parametrize("name", PLANTED)
def test_an_identity_number_is_never_read_the_quick_way(name: str) -> None:
    event = json.loads(json.dumps(next(e for e in EXAMPLES if "client" in e["data"])))
    (event if name == "id" else event["data"])[name] = PLANTED[name]
    raw = json.dumps(event).encode()
    assert contract(raw) is not None, "the contract does not look for it, the decoder does"
    assert QuickLook().read(raw) is None


def test_digits_beside_each_other_in_a_hash_are_no_reason_to_go_slowly() -> None:
    event = json.loads(json.dumps(EXAMPLES[0]))
    event["data"]["person"] = "k1:254499001728a9d88096d373742f9a03"
    assert QuickLook().read(json.dumps(event).encode()) is not None


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event["id"])
def test_a_look_has_the_digest_and_the_text_of_the_same_event_as_an_entry(event: dict[str, Any]) -> None:
    parsed = CONTRACTS["lookups"].parse(json.dumps(event))
    look, (said, _) = look_of(parsed), said_of(LOOKUP, parsed)
    assert look.digest(parsed.subject) == said.digest(parsed.subject)
    assert look.text == said.text


@given(
    st.integers(moment(datetime(2, 1, 2, tzinfo=UTC)), moment(datetime(9998, 12, 30, tzinfo=UTC))), st.integers(-1, 1)
)
def test_a_subject_names_exactly_the_day_in_the_province(us: int, off: int) -> None:
    at = as_datetime(us)
    day = f"{at.astimezone(ZONE):%Y-%m-%d}"
    LOOKUP.check(f"a/{day}", at, None)
    if at.year > 1975:
        other = datetime.fromtimestamp((day_of(moment(at)) + off) * 86_400, UTC).strftime("%Y-%m-%d")
        if other == day:
            LOOKUP.check(f"a/{other}", at, None)
        else:
            with pytest.raises(Breach):
                LOOKUP.check(f"a/{other}", at, None)
