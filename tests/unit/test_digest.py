"""What a source says that it has sent."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import CONTRACTS
from schemas.digests import hash_of, part_of
from streams.intake.digest import Sent, digests

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)
SENT = st.lists(
    st.tuples(
        st.dates(date(2024, 1, 1), date(2024, 1, 3)), st.sampled_from([None, "a", "b"]), st.text("xyz", min_size=1)
    ),
    max_size=60,
)


@given(SENT)
def test_every_id_is_in_one_digest_of_its_day_and_unit(sent: list[Sent]) -> None:
    found = {
        (event.data.day, event.data.unit, id) for event in digests("urn:a", "cases", sent, NOW) for id in event.data.ids
    }

    assert found == set(sent)


def test_many_ids_come_in_parts_that_fit_an_event_and_say_which_ids_are_theirs() -> None:
    ids = [f"{n:064d}" for n in range(5_000)]
    events = list(digests("urn:a", "tasks", ((DAY, "u", id) for id in ids), NOW))

    assert len(events) == events[0].data.parts == 16
    assert sorted(id for event in events for id in event.data.ids) == ids
    for event in events:
        assert all(part_of(id, event.data.parts) == event.data.part for id in event.data.ids)
        assert CONTRACTS["tasks"].parse(event.model_dump_json()) == event
        assert len(event.model_dump_json(exclude_none=True).encode()) < 65_536


def test_without_ids_a_day_is_one_digest_with_count_and_hash() -> None:
    ids = [f"{n}" for n in range(2_000)]
    (event,) = digests("urn:a", "cases", ((DAY, None, id) for id in ids * 2), NOW, with_ids=False)

    assert (event.data.count, event.data.hash, event.data.ids) == (2_000, hash_of(ids), None)


def test_the_same_digest_has_the_same_name_and_another_another() -> None:
    def named(topic: str, *ids: str) -> str:
        (event,) = digests("urn:a", topic, [(DAY, None, id) for id in ids], NOW)
        return str(event.id)

    assert named("cases", "1", "2") == named("cases", "2", "1")
    assert len({named("cases", "1"), named("cases", "2"), named("tasks", "1")}) == 3
    with pytest.raises(ValueError, match="no topic"):
        named("dreams", "1")
