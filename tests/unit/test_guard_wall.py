"""The wall of look-ups, from what it was read: its sentence by the first rule that applies, and each of its states."""

import re
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from dashboards.figures.headline import Rule
from dashboards.holding.proposals import proposed_hold
from dashboards.source_silence import Condition, State
from dashboards.views.topics import guard_wall
from dashboards.views.topics.declared import TOPICS
from dashboards.views.topics.guard_chart import ChartOf, picture
from dashboards.views.topics.guard_live import GuardedDay, once
from dashboards.views.topics.guard_reader import DayCurve, ShownFinding, _points
from dashboards.views.topics.guard_words import account, proposed, what, who
from dashboards.words import NB
from schemas.lookup_findings import FindingRule
from tests.unit.screens import NOW, SETTINGS
from tests.unit.test_screens_topics import made

TOPIC, UNIT = TOPICS["tra-cuu"], "Phường Hố Nai"
CURVE = DayCurve(((0, 0), (872, 4)), tuple(range(24)), tuple(range(1, 25)), 20, 94.0, 29.0, 23, 100)

SCOPES = ("account", "unit", "application", "province")


def finding(rule: FindingRule = FindingRule.SURGE, **changes: Any) -> ShownFinding:
    plain = ShownFinding(
        "f1", str(rule), "account", "an-danh-0123456784f2", UNIT, "mot-cua", NOW - timedelta(minutes=12), NOW, NOW,
        10, 212, 6.2, 188, 90, 0, None, None, None, None, None, None, None, (), None, True, True,
    )  # fmt: skip
    return replace(plain, **changes)


def ahead(minutes: float = 33) -> ShownFinding:
    return finding(
        FindingRule.LIMIT_AHEAD, id="f2", scope="province", key="", unit="", limit_lookups=18_000, lookups=14_900,
        reaches_at=NOW + timedelta(minutes=minutes), soonest_at=NOW, latest_at=None,
    )  # fmt: skip


def day(*found: ShownFinding, curve: DayCurve = CURVE, **changes: Any) -> GuardedDay:
    plain = made(TOPIC, **changes)
    shown = {field.name: getattr(plain, field.name) for field in fields(plain)}
    return GuardedDay(**{**shown, "curve": curve, "found": once(list(found))})


def said(live: GuardedDay) -> str:
    return guard_wall.headline(live).text.replace(NB, " ")


def test_a_limit_ahead_is_said_with_its_moment_who_and_by_when_to_decide() -> None:
    text = said(day(finding(), ahead()))
    assert text.startswith("Với nhịp này, 15:05 chạm giới hạn ngày. Một tài khoản ở ")
    assert text.endswith(" làm 23 % lượt của 10 phút qua; cần quyết trước 14:50.")
    assert "cần quyết ngay" in said(day(finding(), ahead(9)))


def test_what_was_found_comes_before_that_all_is_usual() -> None:
    assert "212 lượt trong 10 phút, thường 6; 188 lượt không gắn hồ sơ" in said(day(finding()))
    usual = guard_wall.headline(day(curve=CURVE._replace(limit=20)))
    assert (usual.rule, "40 % giới hạn ngày" in usual.text.replace(NB, " ")) == (Rule.USUAL, True)
    assert "chưa đặt giới hạn ngày" in said(day(curve=CURVE._replace(limit=None)))
    assert "Đã vượt giới hạn ngày" in said(day(curve=CURVE._replace(limit=3)))


def test_an_old_forecast_is_none() -> None:
    old = replace(ahead(), last_at=NOW - timedelta(minutes=6))
    assert day(old).ahead is None
    assert day(ahead(-1)).ahead is None


def test_that_a_unit_surges_is_no_news_where_an_account_of_it_does() -> None:
    unit = finding(id="u", scope="unit", key=UNIT)
    other = finding(id="o", scope="unit", key="26041", unit="26041")
    whole = finding(id="p", scope="province", key="", unit="")
    assert [one.id for one in once([whole, unit, other, finding()])] == ["f1", "o"]
    assert [one.id for one in once([whole, unit])] == ["u", "p"]


@pytest.mark.parametrize("rule", list(FindingRule))
def test_every_rule_is_a_sentence_that_fits_a_wall_s_line(rule: FindingRule) -> None:
    one = finding(rule, persons=23, days=12, limit_lookups=300, reaches_at=NOW, errors=40)
    bold, rest = what(one)
    assert bold
    assert any(letter.isdigit() for letter in bold) or rule is FindingRule.TWO_ADDRESSES
    assert len(f"{who(one)}: {bold}") <= 110
    assert "None" not in f"{bold}{rest}"


def test_an_account_is_named_to_the_entitled_alone() -> None:
    assert (account("an-danh-0123456784f2"), account("cb.26017.01")) == ("…4f2", "cb.26017.01")


@pytest.mark.parametrize("state", [State.LIVE, State.LATE, State.SILENT, State.NONE, State.ERROR, State.HANGING])
def test_in_no_state_an_old_number_stands(state: State) -> None:
    live = day(finding(), ahead(), condition=Condition(state, NOW - timedelta(minutes=7)), at=NOW)
    parts, rule = guard_wall.render(live, SETTINGS, None, TOPIC)
    dead = state not in (State.LIVE, State.LATE)
    for part in ("guard-curve", "guard-side", "guard-found"):
        assert ("dead" in parts[part]["className"]) is dead, part
    assert (rule in (Rule.DEAD, Rule.NOTHING)) is dead


def test_the_curve_ends_with_what_the_day_has_come_to() -> None:
    hours = [0] * 8 + [60, 30, 10] + [0] * 13
    points = _points(hours, {48: 20, 49: 40, 54: 30, 60: 4}, 10 * 60 + 25)
    assert points[-1] == (625, 100)
    assert (490, 20) in points
    assert (540, 60) in points
    assert [count for _, count in points] == sorted(count for _, count in points)


def test_the_picture_is_drawn_with_and_without_what_is_not_known() -> None:
    points = ((420, 0), (872, 900))
    for chart in (
        ChartOf(points, (), (), None, None, None),
        ChartOf(points, tuple(range(24)), tuple(range(1, 25)), 1_600, 905.0, 860),
        ChartOf(((0, 0), (60, 3)), (), (), 10, None, None),
    ):
        assert picture(chart).startswith("data:image/svg+xml,%3Csvg")
        assert "nan" not in picture(chart)


@pytest.mark.parametrize("rule", list(FindingRule))
def test_what_is_proposed_is_about_what_was_found_and_can_be_held(rule: FindingRule) -> None:
    said = {scope: proposed(finding(rule=rule, scope=scope, key="k", unit="")) for scope in SCOPES}
    for scope, words in said.items():
        hold = proposed_hold(scope, rule)
        holds = re.search(r"(tạm dừng|làm chậm) (tài khoản|tra cứu của đơn vị|tra cứu của ứng dụng)", words)
        if scope == "province":
            assert hold is None
            assert not holds, "the whole province is nobody's to hold"
        if holds:
            assert hold is not None
            assert (holds[2] == "tài khoản") == (scope == "account")
            assert f"{hold.minutes} phút" in words
    assert not any(word in said["province"] for word in ("tài khoản 60", "chủ tài khoản", "của tài khoản"))
    assert all("tạm dừng" not in words for scope, words in said.items() if scope != "account")
