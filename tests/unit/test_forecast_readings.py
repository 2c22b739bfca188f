"""Chances by each reading of the deadline: what each learns from, and where they see the same."""

from schemas.province import day_start
from streams.folds.cases import fold
from streams.forecast.readings import learn_by
from streams.forecast.seen import DueBy, examples, examples_by, morning_of
from tests.unit.judging import packaged
from tests.unit.sample_logs import MONDAY, RULES, WORK, entry, opens, province, seen, story


def test_a_deadline_that_was_moved_in_time_is_kept_where_the_case_ends_by_the_new_one() -> None:
    told = story(7, allowed_days=5)
    moved = entry("extended", opens(MONDAY + 3), due=day_start(WORK.add_days(MONDAY, 12) + 1))
    found = list(examples("c", sorted([*told, moved], key=lambda one: one.time), RULES, told[-1].time + 1))
    before = [one for one in found if one.at < moved.time]
    assert before
    assert all(one.until > one.seen.due and one.late is False for one in found if one in before)
    assert all(one.place < 1 for one in found), "by the deadline that stood in the end none was missed"


def test_each_reading_learns_by_its_own_deadline() -> None:
    asked, answered = entry("supplement_requested", opens(MONDAY + 1)), entry("supplement_received", opens(MONDAY + 4))
    told = sorted([*story(8, allowed_days=5), asked, answered], key=lambda one: one.time)
    rules = packaged()
    state = fold("c", told, rules)
    assert state.ended_at is not None
    assert state.due_at is not None
    assert state.due_61 is not None
    found = list(examples_by("c", told, rules, told[-1].time + 1))
    late = {by: {one[by].late for one in found if by in one} for by in DueBy}
    assert state.due_61 != state.due_at
    assert late == {
        DueBy.APPOINTMENT: {state.ended_at > state.due_at},
        DueBy.DECREE_61: {state.ended_at > state.due_61},
        DueBy.DECISION_766: {state.late_766},
    }
    asking = next(one for one in found if one[DueBy.APPOINTMENT].at == morning_of(MONDAY + 2))
    assert DueBy.DECISION_766 not in asking, "one open request is the end by that reading"
    plain = list(examples_by("c", story(3), RULES, told[-1].time + 1))
    assert all(one[DueBy.APPOINTMENT] is one[DueBy.DECREE_61] is one[DueBy.DECISION_766] for one in plain)


def test_chances_by_the_other_readings_are_those_of_the_appointment_where_they_see_the_same() -> None:
    mornings = [(subject, dict.fromkeys(DueBy, one)) for subject, one in province(600)]
    found = learn_by(mornings, opens(MONDAY + 400), WORK)
    assert found is not None
    one = seen()
    assert {found.chance(by, one) for by in DueBy} == {found.fitted.model.chance(one)}
    assert found.chance(DueBy.DECREE_61, None) is None, "nothing is ahead by that reading"
    appointed = [(subject, {DueBy.APPOINTMENT: morning[DueBy.APPOINTMENT]}) for subject, morning in mornings]
    alone = learn_by(appointed, opens(MONDAY + 400), WORK)
    assert alone is not None
    assert alone.chance(DueBy.DECREE_61, one) is None, "nothing to learn from"
