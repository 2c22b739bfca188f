"""A wall's top bar: what gives way when it is full, in which order."""

from datetime import date

import pytest

from dashboards.screens import nav
from dashboards.screens.frame import FrameLine
from dashboards.screens.parts import SIMULATED, ticking
from dashboards.screens.wall.top_bar import fitting
from tests.unit.screens import NOW

TODAY = date(2026, 11, 24)
SIM = [type("Badge", (), {"children": SIMULATED})()]
AGE = ticking(NOW, NOW)


def test_with_room_the_day_of_the_week_is_said() -> None:
    assert fitting("Hồ sơ", TODAY, FrameLine("live", (["Một cửa ", AGE],)), SIM)[0] == "Thứ Ba, 24/11/2026"


def test_the_source_keeps_its_words_while_a_date_fits_beside_them() -> None:
    line = FrameLine("silent", (["Tổ thư ký im lặng ", AGE], ["im lặng ", AGE]), warn=True)
    assert fitting("Nhiệm vụ", TODAY, line, SIM) == ("24/11", line.forms[0])


def test_a_name_that_leaves_no_room_for_a_date_goes() -> None:
    line = FrameLine("silent", (["Trung tâm điều h im lặng ", AGE], ["im lặng ", AGE]), warn=True)
    assert fitting("53 dịch vụ công", TODAY, line, SIM) == ("24/11", line.forms[1])


@pytest.mark.parametrize("title", [nav.title(name) for name in nav.WALLS])
def test_while_an_age_ticks_on_nothing_else_changes(title: str) -> None:
    young, old = ticking(NOW, NOW), ticking(NOW.replace(year=2025), NOW)
    shown = [fitting(title, TODAY, FrameLine("live", (["Một cửa ", age],)), SIM)[0] for age in (young, old)]
    assert shown[0] == shown[1]
