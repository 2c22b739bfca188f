"""Both clocks and the split of lateness know the same waiting, of whatever life a case has had."""

from typing import Any

import hypothesis
from hypothesis import strategies as st

from schemas.history import Entry, EntryData
from schemas.rules.worktime import HOUR_US
from schemas.state import DONE_KINDS, CaseState
from streams.folds.cases import fold, merge
from tests.unit.judging import packaged
from tests.unit.told import SOURCE, SUBJECT, at

START = at("2024-01-31T08:00")  # a Wednesday, a week before Tết
DUES = (at("2024-02-03T00:00"), at("2024-02-08T00:00"), at("2024-02-08T10:00"), at("2024-02-16T00:00"))
FAR = at("2024-03-16T00:00")
STATUSES: dict[str, tuple[int | None, ...]] = {"suspended": (5, 5, 6, None), "step": (None, 6, 4)}
KINDS = (
    "supplement_requested", "supplement_requested", "supplement_received", "resumed", "suspended", "step", "paid"
)  # fmt: skip

EXTENDING = ("extended", "supplement_requested", "supplement_received")


@st.composite
def lives(draw: st.DrawFn, *, extended: bool = False) -> list[Entry]:
    """Accepted with an appointment, then whatever waits and goes on, then finished."""
    life: list[Entry] = []

    def tell(kind: str, hours: int, **data: Any) -> None:
        life.append(Entry(kind, START + hours * HOUR_US // 2, SOURCE, f"{len(life)}", EntryData(**data)))

    tell("accepted", 0, unit="Sở Tư pháp", channel="direct", due=draw(st.sampled_from(DUES)))
    for hours in sorted(draw(st.lists(st.integers(1, 900), min_size=1, max_size=7))):
        kind = draw(st.sampled_from(EXTENDING if extended else KINDS))
        status = draw(st.sampled_from(STATUSES.get(kind, (None,))))
        due = draw(st.sampled_from((*DUES, FAR))) if kind == "extended" else None
        tell(kind, hours, status=status, due=due)
    tell("finished", draw(st.integers(1, 900)))
    return life


def state_of(life: list[Entry]) -> CaseState:
    history, _ = merge(SUBJECT, [], life)
    return fold(SUBJECT, history, packaged())


def late(state: CaseState) -> bool:
    return state.end_kind in DONE_KINDS and state.due_at is not None and (state.ended_at or 0) > state.due_at


@hypothesis.settings(max_examples=600)
@hypothesis.given(lives())
def test_what_the_citizen_alone_waited_decides_the_split_and_decision_766_alike(life: list[Entry]) -> None:
    state = state_of(life)
    if late(state) and state.supplement_requests <= 1:
        if state.late_766 is False:
            assert state.late_cause == "waiting"
        # Over a weekend an agency or a payment is waited for without any working time.
        elsewhere = any(one.data.status == 6 or (one.kind == "suspended" and one.data.status is None) for one in life)
        if not elsewhere:
            assert (state.late_cause == "waiting") is (state.late_766 is False)


@hypothesis.settings(max_examples=600)
@hypothesis.given(lives())
def test_decree_61_is_never_stricter_where_the_file_went_back_in_time(life: list[Entry]) -> None:
    state = state_of(life)
    asked = [one.time for one in life if one.kind in ("supplement_requested", "suspended")]
    if late(state) and state.late_766 is False and all(time <= (state.due_at or 0) for time in asked):
        assert state.due_61 is not None
        assert state.due_61 >= (state.ended_at or 0)


@hypothesis.settings(max_examples=600)
@hypothesis.given(lives(extended=True))
def test_a_deadline_that_begins_again_keeps_every_appointment_in_time(life: list[Entry]) -> None:
    """The first new appointment, if it was given before expiry, is the least that is owed."""
    given, state = life[0].data.due or 0, state_of(life)
    first = next((one for one in life if one.kind == "extended"), None)
    if first is None or first.time > min(given, state.ended_at or 0) or state.due_61 is None:
        return
    assert state.due_61 >= (first.data.due or 0)


def test_the_lives_are_of_all_verdicts() -> None:
    found: set[tuple[str | None, bool | None]] = set()

    @hypothesis.settings(max_examples=600, database=None)
    @hypothesis.given(lives())
    def look(life: list[Entry]) -> None:
        state = state_of(life)
        if state.supplement_requests <= 1:
            found.add((state.late_cause, state.late_766))

    look()
    assert found == {(None, False), ("real", True), ("waiting", False), ("waiting", True)}
