"""What needs a directive as wall and tablet say it: with who, by when and what is ordered already, in each state."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import periods
from dashboards.access.asker import Role
from dashboards.directives import need_page, need_wall
from dashboards.directives.gathering import NotKnown, directed_of
from dashboards.directives.need_live import Needing
from dashboards.directives.needs_direction import Gravity, Needed
from dashboards.directives.reader import StoredDirective
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import Selection
from dashboards.source_silence import Condition, State
from dashboards.viewers import Audience
from dashboards.views.topics import needs as topics
from dashboards.words import NB
from schemas.lookup_findings import FindingRule
from tests.askers import LEADER
from tests.unit.screens import NOW, SETTINGS, feeding, text
from tests.unit.test_guard_wall import UNIT, ahead, day, finding

OVERDUE = Needed(
    "overdue/26041", "overdue", Gravity.WARNING, "62 hồ sơ quá hạn", "Phường Trấn Biên", NOW, 62, "ở P. Trấn Biên",
    "lâu nhất từ 17:00 12/11; 5 hồ sơ nữa đến hạn", before=NOW + timedelta(hours=2), unit="26041",
    counter="overdue", aims=frozenset(("overdue",)), opens="/man-hinh/mo?so=overdue", see="Xem 62 hồ sơ",
)  # fmt: skip
TASK = replace(OVERDUE, key="task/26068", kind="task", what="3 nhiệm vụ quá hạn", unit="26068", counter=None,
               aims=frozenset(), work="hoàn thành 3 nhiệm vụ", people=0)  # fmt: skip
DIRECTIVE = StoredDirective(
    "cd-a/26041", "26041", "overdue", "issued", "Phường Trấn Biên xử lý xong 62 hồ sơ.", NOW - timedelta(hours=3),
    NOW + timedelta(days=1), None, {"revision": 1, "by": "a1", "by_name": "Bà Lan"},
)  # fmt: skip


def live(*found: Needed, **more: Any) -> Needing:
    view = Selection("can-chi-dao", PeriodName.TODAY)
    period = periods.named(view.period, NOW)
    plain = Needing(view, NOW, NOW, Condition(State.LIVE), feeding(), period, reach=periods.today(NOW), found=found)
    return replace(plain, **more)


def wall(of: Needing) -> str:
    parts, _ = need_wall.render(of, SETTINGS)
    return " ".join(text(props) for props in parts.values()).replace(NB, " ")


def page(of: Needing, role: Role = Role.LEADER) -> str:
    return "".join(need_page.body(of, replace(LEADER, role=role))).replace(NB, " ")


def test_wall_and_page_say_what_where_why_who_and_by_when() -> None:
    said = wall(live(OVERDUE))
    for part in (
        "1 việc chờ chỉ đạo",
        "62 hồ sơ quá hạn ở P. Trấn Biên",
        "lâu nhất từ 17:00 12/11",
        "quyết trước 16:32",
    ):
        assert part in said
    said = page(live(OVERDUE))
    for part in ("Trách nhiệm: Phường Trấn Biên", "chưa có chỉ đạo", "nên quyết trước 16:32", "Xem 62 hồ sơ"):
        assert part in said
    assert "/chi-dao/moi?don-vi=26041&amp;so=overdue&amp;bao-nhieu=62" in said
    assert "/chi-dao/moi?don-vi=26068&amp;viec-lam=ho%C3%A0n" in page(live(TASK))


def test_who_may_not_direct_has_no_button_and_who_may_not_list_cases_no_way_to_them() -> None:
    assert "/chi-dao/moi" not in page(live(OVERDUE), Role.UNIT_OFFICER)
    assert "Xem 62 hồ sơ" in page(live(OVERDUE), Role.UNIT_OFFICER)
    assert "/man-hinh/mo" not in page(live(OVERDUE), Role.AUDITOR)


def test_what_is_ordered_says_by_whom_and_until_when_and_counts_no_more() -> None:
    ordered = live(OVERDUE, TASK, directives=(DIRECTIVE,))
    assert [one.key for one in ordered.items] == ["task/26068", "overdue/26041"]
    assert "1 việc chờ chỉ đạo" in wall(ordered)
    assert "ĐÃ CHỈ ĐẠO" in wall(ordered)
    said = page(ordered)
    assert "đã chỉ đạo: Bà Lan, 11:32, hạn 14:32 25/11" in said
    assert said.count("/chi-dao/moi") == 1
    assert directed_of(DIRECTIVE).aim == "overdue"


def test_a_wall_says_neither_the_words_of_a_directive_nor_who_gave_it() -> None:
    late = replace(DIRECTIVE, due_at=NOW - timedelta(hours=1))
    said = wall(live(directives=(late,)))
    assert "chưa nhận; đã quá hạn" in said
    assert "Bà Lan" not in said
    assert "xử lý xong" not in said
    assert "xử lý xong 62 hồ sơ" in page(live(directives=(late,)))


def test_nothing_is_said_as_such_and_what_is_not_known_with_it() -> None:
    assert "Không có việc chờ chỉ đạo." in wall(live())
    for said in (wall(live(looked=("hồ sơ quá hạn",))), page(live(looked=("hồ sơ quá hạn",)))):
        assert "Đã xem và không thấy việc nào cần chỉ đạo: hồ sơ quá hạn." in said
    blind = live(unknown=(NotKnown("tra cứu dân cư", NOW - timedelta(minutes=7)),))
    for said in (wall(blind), page(blind)):
        assert "Không biết tra cứu dân cư từ 14:25" in said


@pytest.mark.parametrize("state", [State.STOPPED, State.HANGING, State.ERROR, State.OFFLINE])
def test_a_dead_screen_shows_no_old_thing(state: State) -> None:
    dead = live(OVERDUE, condition=Condition(state, since=NOW - timedelta(minutes=7)))
    for said in (wall(dead), page(dead)):
        assert "62 hồ sơ" not in said
        assert "không biết tình hình việc cần chỉ đạo" in said or "không đọc được tình hình việc cần chỉ đạo" in said


@given(
    st.lists(st.tuples(st.integers(1, 30), st.lists(st.integers(1, 12), max_size=4)), min_size=1, max_size=5),
    st.booleans(),
)
def test_rows_never_take_more_lines_than_there_are(drawn: list[tuple[int, list[int]]], blind: bool) -> None:
    found = [
        replace(
            TASK,
            key=str(n),
            kind=str(n),
            what="hồ sơ " * words,
            where="",
            why="; ".join("vì sao " * many for many in why),
        )
        for n, (words, why) in enumerate(drawn)
    ]
    of = live(*found, unknown=(NotKnown("x", None),) if blind else ())
    taken = [need_wall.why_of(one, need_wall.LEAST) for one in of.items]
    plain = sum(max(lines, need_wall.LEAST) for _, lines in taken)
    used = sum(max(lines, need_wall.LEAST) for _, lines in need_wall.shared_out(of))
    assert used <= max(need_wall.LINES - blind, plain)


def test_the_limit_ahead_is_one_thing_with_who_makes_it_and_other_grave_findings_are_theirs() -> None:
    storm = finding(FindingRule.RETRY_STORM, id="s", key="khac", unit="26041", errors=40)
    asks = finding(FindingRule.CREEP, id="c", key="dan", grave=False, days=9)
    limit, other = topics.of_lookups(day(finding(), storm, asks, ahead()))
    assert limit.gravity is Gravity.GRAVE
    assert "15:05 chạm giới hạn ngày 18.000" in limit.what
    assert (other.key, other.unit) in {("finding/s", "26041"), ("finding/f1", UNIT)}
    assert limit.before == NOW + timedelta(minutes=18)
    (alone,) = topics.of_lookups(day(finding()))
    assert alone.gravity is Gravity.WARNING
    assert alone.what.replace(NB, " ").endswith("212 lượt trong 10 phút, thường 6")
    assert topics.of_lookups(day(asks)) == []


async def test_all_who_ask_for_the_page_share_one_reading() -> None:
    class Counted(Audience):
        came_ = 0

        def came(self, kept: Any) -> None:
            self.came_ += 1
            asyncio.get_running_loop().call_soon(self.read, kept)

        def read(self, kept: Any) -> None:
            kept.live = live(OVERDUE)
            kept.changed.set()

    audience = Counted(2, ())
    view = Selection("can-chi-dao")
    found = await asyncio.gather(*(audience.latest(view, 1.0) for _ in range(50)))
    assert {id(one) for one in found} == {id(found[0])}
    assert (audience.came_, found[0] is None) == (1, False)
    audience.forget()
    assert audience.keeps(view), "for who asks next"
