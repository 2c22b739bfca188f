"""While a demo loads its year, every screen and `ioc status` say so, and up to which day; no other home ever does."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboards.live_views import signature
from dashboards.loading import Loading, loading
from dashboards.readers.snapshot import Live
from dashboards.readers.sources import Heartbeat
from dashboards.screens import nav
from dashboards.screens.parts import LOADING, SIMULATED
from dashboards.screens.tablet import shell
from dashboards.screens.wall.foot_bar import foot_bar
from dashboards.screens.wall.top_bar import top_bar
from dashboards.source_silence import State
from infra.cli.status import told_of_history
from infra.status import HomeStatus, RunningProcess
from schemas.simulated_history import PROCESS, reached_by, reached_of, said_of
from tests.unit.screens import NOW, SETTINGS, beat, dead, feeding, live, source, text

DAY = date(2026, 3, 14)


def demo(reached: date | None = DAY, age: float = 1) -> Heartbeat:
    return Heartbeat(PROCESS, NOW, NOW - timedelta(seconds=age), *said_of(reached))


def shown(*beats: Heartbeat, name: str | None = None) -> Live:
    sources = () if name is None else (source(name=name),)
    return live(feeding=replace(feeding(*sources), heartbeats=(beat(), *beats)))


def test_what_is_said_is_what_is_read() -> None:
    for reached in (None, DAY):
        assert reached_by(PROCESS, *said_of(reached)) == reached
    assert reached_by("worker-1", "running", "") is None
    assert reached_of([("worker-1", "running", ""), (PROCESS, *said_of(DAY))]) == DAY
    assert reached_of([("worker-1", "running", ""), (PROCESS, *said_of(None))]) is None


def test_how_far_it_is_stands_until_the_year_is_whole_and_whether_it_goes_on() -> None:
    assert loading([beat(), demo()], NOW, SETTINGS) == Loading(DAY, going_on=True)
    assert loading([beat(), demo(age=16)], NOW, SETTINGS) == Loading(DAY, going_on=False)
    assert loading([beat(), demo(None)], NOW, SETTINGS) is None
    assert loading([beat()], NOW, SETTINGS) is None


@pytest.mark.parametrize("name", nav.WALLS)
def test_every_wall_says_it_in_its_foot(name: str) -> None:
    def of(found: Live) -> str:
        return text(foot_bar(found, SETTINGS, nav.place(name, short=True)))

    assert "Đang nạp lịch sử mô phỏng: đến 14/03/2026" in of(shown(demo()))
    assert "Lịch sử mô phỏng mới nạp đến 14/03/2026" in of(shown(demo(age=60)))
    for at_rest in (shown(), shown(demo(None)), shown(demo(), name="urn:x")):
        assert "lịch sử" not in of(at_rest).lower()


def test_beside_the_badge_of_a_wall_stands_that_it_is_being_loaded_where_there_is_room() -> None:
    said = text(top_bar(nav.title(nav.CASES), shown(demo()), SETTINGS))
    assert SIMULATED in said
    assert LOADING in said
    assert LOADING not in text(top_bar(nav.title(nav.CASES), shown(), SETTINGS))
    assert text(top_bar("M" * 20, shown(demo()), SETTINGS)) == text(top_bar("M" * 20, shown(), SETTINGS))


def test_every_tablet_page_says_it_before_the_badge_while_its_sources_are_heard() -> None:
    def of(found: Live) -> str:
        return text(shell.frame(found, SETTINGS)[shell.ShellPart.SOURCE.value]["children"])

    assert of(shown(demo())) == "Đang nạp lịch sử mô phỏng: đến 14/03/2026"
    assert "Một cửa" in of(shown(demo(None)))
    assert of(dead(State.SILENT, feeding=shown(demo()).feeding)) == of(dead(State.SILENT)), "that comes first"


def test_a_day_further_back_is_a_reason_to_look_at_a_screen_anew() -> None:
    before = replace(feeding(), heartbeats=(beat(), demo()))
    after = replace(before, heartbeats=(beat(), demo(DAY - timedelta(days=1))))
    whole = replace(before, heartbeats=(beat(), demo(None)))
    assert len({signature(known, NOW, SETTINGS) for known in (before, after, whole)}) == 3


def test_status_says_how_far_it_is_and_what_goes_on_with_it() -> None:
    running = HomeStatus(Path("x"), (RunningProcess(PROCESS, 1, None),), (), DAY)
    assert "still being loaded: back to 2026-03-14" in told_of_history(running)
    assert "`make run` goes on" in told_of_history(replace(running, processes=()))
    assert running.as_json()["history_to"] == "2026-03-14"
    assert replace(running, history_to=None).as_json()["history_to"] is None
