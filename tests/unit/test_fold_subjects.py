"""What becomes of tasks, campaigns, milestones and petitions: things that are given, with a deadline, and end."""

from typing import Any

import pytest

from tests.unit.told import at
from tests.unit.told_subjects import Told, assignment, task

END = {"task": "done", "petition": "answered"}
ON_TIME = {"task": "done_on_time", "petition": "answered_on_time"}
LATE = {"task": "done_late", "petition": "answered_late"}


def petition(due_on: str | None = "2024-01-31") -> Told:
    said = {"unit": "26068", "kind": "staff"} | ({"due_on": due_on} if due_on else {})
    return Told("petition", "PAKN-1").say("received", "2024-01-10T08:00", **said)


# The deadline


@pytest.mark.parametrize("told", [task, petition])
@pytest.mark.parametrize(
    ("time", "late"),
    [
        ("2024-01-31T23:59:59.999999", False),
        ("2024-02-01T00:00:00", False),  # 24:00 of the day is the deadline, and at the deadline is on time
        ("2024-02-01T00:00:00.000001", True),
    ],
)
def test_a_deadline_that_is_a_day_means_its_last_moment_in_the_province(told: Any, time: str, late: bool) -> None:
    said = told()
    said.say(END[said.domain], time)

    assert (LATE if late else ON_TIME)[said.domain] in said.counts()
    assert (ON_TIME if late else LATE)[said.domain] not in said.counts()
    assert said.state().due_at == at("2024-02-01T00:00")


@pytest.mark.parametrize("told", [task, petition])
def test_without_a_deadline_nothing_is_late_and_nothing_on_time(told: Any) -> None:
    said = told(None)
    said.say(END[said.domain], "2025-01-01T08:00")

    assert not {LATE[said.domain], ON_TIME[said.domain]} & said.counts().keys()


def test_an_extension_before_the_end_moves_the_deadline() -> None:
    said = task().say("extended", "2024-01-30T08:00", due_on="2024-02-15").say("done", "2024-02-10T08:00")

    assert said.counts() == {"assigned": 1, "extensions": 1, "done": 1, "done_on_time": 1}


def test_an_extension_after_the_end_is_counted_and_makes_nothing_on_time() -> None:
    said = task().say("done", "2024-02-10T08:00").say("extended", "2024-02-11T08:00", due_on="2024-02-15")

    assert said.counts() == {"assigned": 1, "extensions": 1, "done": 1, "done_late": 1}
    assert said.state().due_at == at("2024-02-01T00:00")


def test_an_extension_at_the_very_moment_of_the_end_still_counts() -> None:
    said = task().say("done", "2024-02-10T08:00").say("extended", "2024-02-10T08:00", due_on="2024-02-15")

    assert "done_on_time" in said.counts()


def test_a_deadline_may_also_be_moved_forwards() -> None:
    said = task().say("extended", "2024-01-12T08:00", due_on="2024-01-15").say("done", "2024-01-20T08:00")

    assert "done_late" in said.counts()


def test_a_task_that_is_assigned_again_without_a_day_keeps_its_deadline() -> None:
    said = task().say("assigned", "2024-01-20T08:00", **assignment(None))

    assert said.state().due_at == at("2024-02-01T00:00")


def test_a_petition_that_is_told_again_without_a_day_keeps_its_deadline() -> None:
    said = (
        petition().say("received", "2024-01-12T08:00", unit="26068", kind="staff").say("answered", "2024-02-03T08:00")
    )

    assert said.state().due_at == at("2024-02-01T00:00")
    assert "answered_late" in said.counts()


# The end


def test_the_first_done_is_the_end_and_a_later_one_changes_nothing() -> None:
    said = task().say("done", "2024-01-20T08:00").say("done", "2024-02-20T08:00")

    assert said.rows("done") == [("so-tu-phap", "30/KH-UBND", "2024-01-20", 1)]
    assert said.state().ended_at == at("2024-01-20T08:00")


def test_a_done_goes_before_an_earlier_cancellation() -> None:
    said = task().say("cancelled", "2024-01-20T08:00").say("done", "2024-01-25T08:00")

    assert said.state().standing == "done"
    assert said.counts() == {"assigned": 1, "done": 1, "done_on_time": 1}


def test_a_cancelled_task_is_neither_late_nor_on_time() -> None:
    assert task().say("cancelled", "2024-03-20T08:00").counts() == {"assigned": 1, "cancelled": 1}


def test_nothing_that_comes_later_opens_a_task_again() -> None:
    said = task().say("done", "2024-01-20T08:00").say("progressed", "2024-01-25T08:00", percent=50)
    said.say("blocked", "2024-01-26T08:00", by="bhxh-tinh").say("assigned", "2024-01-27T08:00", **assignment())

    state = said.state()
    assert (state.standing, state.detail["percent"], state.detail["blocked_by"]) == ("done", 100, None)
    assert said.counts()["reports"] == 1


def test_a_voided_done_leaves_the_task_open() -> None:
    said = task().say("done", "2024-01-20T08:00").void("e2")

    assert said.state().standing == "open"
    assert said.counts() == {"assigned": 1}


# Whose it is


def test_what_is_said_of_something_that_nobody_was_given_counts_for_nobody_until_it_is() -> None:
    said = Told("task", "30/05/x").say("progressed", "2024-01-19T08:00", percent=5).say("done", "2024-01-20T08:00")
    assert (said.counts(), said.state().standing) == ({}, "done")
    given = said.say("assigned", "2024-01-10T08:00", title="t", plan="p", kind="common", unit="u")
    assert given.counts() == {"assigned": 1, "reports": 1, "done": 1}

    campaign = Told("campaign", "c").say("ended", "2024-01-20T08:00")
    petition = Told("petition", "p").say("answered", "2024-01-20T08:00")
    assert (campaign.counts(), petition.counts()) == ({}, {})


def test_a_block_of_a_task_that_was_never_assigned_is_nothing_that_is_open() -> None:
    assert Told("task", "30/05/x").say("blocked", "2024-01-20T08:00", by="u").state().standing == ""


def test_the_last_assignment_says_whose_it_is_and_everything_moves_with_it() -> None:
    said = task().say("progressed", "2024-01-12T08:00", percent=10)
    said.say("assigned", "2024-01-20T08:00", **assignment(unit="so-y-te", title="Việc mới"))

    assert said.rows("assigned") == [("so-y-te", "30/KH-UBND", "2024-01-10", 1)]
    assert said.rows("reports") == [("so-y-te", "30/KH-UBND", "2024-01-12", 1)]
    assert said.state().title == "Việc mới"


# Blocked


def test_a_blocked_task_says_by_whom_until_it_can_go_on() -> None:
    said = task().say("blocked", "2024-01-12T08:00", by="bhxh-tinh")
    assert (said.state().standing, said.state().detail["blocked_by"]) == ("blocked", "bhxh-tinh")

    said.say("blocked", "2024-01-13T08:00", by="cuc-thue")
    assert said.state().detail["blocked_by"] == "cuc-thue"

    said.say("unblocked", "2024-01-14T08:00")
    assert (said.state().standing, said.state().detail["blocked_by"]) == ("open", None)


def test_blocked_and_unblocked_at_one_moment_is_open() -> None:
    said = task().say("unblocked", "2024-01-12T08:00").say("blocked", "2024-01-12T08:00", by="u")

    assert said.state().standing == "open"


# Campaigns and milestones


def test_a_campaign_runs_from_its_plan_to_its_first_end_with_the_last_progress() -> None:
    plan = {"title": "Làm sạch", "sector": "ho-tich", "unit": "26068", "due_on": "2024-02-29"}
    said = Told("campaign", "c").say("planned", "2024-01-10T08:00", planned=100, **plan)
    said.say("progressed", "2024-01-20T08:00", done=70).say("progressed", "2024-01-21T08:00", done=60)
    assert (said.state().standing, said.state().detail) == ("running", {"planned": 100, "done": 60})

    said.say("planned", "2024-01-25T08:00", planned=80, **plan | {"due_on": "2024-03-31"})
    said.say("ended", "2024-02-10T08:00").say("ended", "2024-02-20T08:00")
    state = said.state()
    assert (state.standing, state.ended_at) == ("ended", at("2024-02-10T08:00"))
    assert (state.opened_at, state.due_at) == (at("2024-01-10T08:00"), at("2024-04-01T00:00"))
    assert said.counts() == {"planned": 1, "ended": 1}


def test_a_milestone_is_open_until_it_is_reached_for_the_first_time() -> None:
    said = Told("milestone", "m").say("planned", "2024-01-10T08:00", title="Mốc", system="lgsp", due_on="2024-01-31")
    assert (said.state().standing, said.state().due_at, said.state().unit) == ("open", at("2024-02-01T00:00"), "")

    said.say("reached", "2024-02-10T08:00").say("reached", "2024-02-20T08:00")
    assert said.rows("reached") == [("", "lgsp", "2024-02-10", 1)]
    assert said.state().standing == "reached"


def test_a_reached_milestone_without_plan_is_of_an_unknown_system() -> None:
    assert Told("milestone", "m").say("reached", "2024-02-10T08:00").rows("reached") == [("", "", "2024-02-10", 1)]


# Petitions


@pytest.mark.parametrize(("likes", "dislikes", "disliked"), [(0, 1, True), (1, 1, False), (2, 1, False), (0, 0, False)])
def test_disliked_is_more_dislikes_than_likes(likes: int, dislikes: int, disliked: bool) -> None:
    said = (
        petition().say("answered", "2024-01-20T08:00").say("rated", "2024-02-05T08:00", likes=likes, dislikes=dislikes)
    )

    assert said.rows("disliked") == ([("26068", "staff", "2024-01-20", 1)] if disliked else [])


def test_of_several_ratings_the_last_counts_and_without_an_answer_none_does() -> None:
    said = petition().say("rated", "2024-02-05T08:00", likes=0, dislikes=9)
    assert "disliked" not in said.counts()

    said.say("answered", "2024-01-20T08:00").say("rated", "2024-02-06T08:00", likes=10, dislikes=9)
    assert "disliked" not in said.counts()


def test_a_petition_is_answered_by_its_first_answer() -> None:
    said = petition().say("answered", "2024-02-20T08:00").say("answered", "2024-01-20T08:00")

    assert said.counts() == {"received": 1, "answered": 1, "answered_on_time": 1}
