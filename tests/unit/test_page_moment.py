"""A page that is read on request keeps its figures while only its top bar is live: it says of when they are, and the
bar since when its source has been silent."""

from datetime import timedelta

import pytest

from dashboards import source_silence
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.screens.registry import SCREENS
from dashboards.screens.tablet import shell
from dashboards.source_silence import State
from dashboards.views.cases.case_page import page
from schemas.cases import SIMULATED
from tests.unit.screens import NOW, SETTINGS, dead, feeding, live, source

AGE = timedelta(minutes=9).total_seconds()


def silent_bar(name: str) -> str:
    found = feeding(source(name=SIMULATED, age=AGE))
    told = source_silence.condition(found.sources, found.heartbeats, NOW, SETTINGS)
    assert told.state is State.SILENT
    parts, _ = SCREENS[name].render(live(feeding=found, condition=told), SETTINGS, None)
    return str(parts["frame-source"])


@pytest.mark.parametrize("name", [name for name in SCREENS if name.startswith("khung")])
def test_the_bar_of_a_page_says_since_when_its_source_is_silent(name: str) -> None:
    assert "im lặng từ 14:23" in silent_bar(name)


def test_a_live_screen_counts_the_silence_on() -> None:
    assert "im lặng từ" not in silent_bar("may-tinh-bang")


def test_the_bar_of_a_page_says_since_when_processing_stands() -> None:
    parts, _ = shell.render(dead(State.STOPPED), SETTINGS)

    assert "Xử lý dừng từ 14:25" in str(parts["frame-source"])


def test_a_cases_page_says_of_when_it_is() -> None:
    case = StoredCase(
        "H", "U", "", "online", None, NOW, NOW, NOW, "finished", None, 9, None, None, "U", None, False, False
    )  # fmt: skip

    assert "chốt lúc 14:32:05 ngày 24/11" in str(page(ToldCase(case, []), 1, NOW, {}, back=None, dark=False))
