"""The cases behind a number of a process."""

from datetime import timedelta

from dashboards.periods import PeriodName, named
from dashboards.readers.snapshot import Selection
from dashboards.views.process import cases
from dashboards.views.process.asked import ProcessAddress
from dashboards.views.process.reader import PassingCase, ProcessPart
from tests.unit.screens import NOW, text

SINCE = NOW - timedelta(days=15)
STANDING = PassingCase("H19-1", "so-tu-phap", SINCE, None, None, 2, "Thẩm định", SINCE, 0, 0, 0, None)


def shown(case: PassingCase, part: ProcessPart) -> str:
    asked = ProcessAddress(Selection("", PeriodName.MONTH), "1.1", False, part)
    page = cases.of_process([case], 1, 1, asked, "Khai sinh", named(PeriodName.MONTH, NOW), NOW, lambda _: 288_000, {})
    return text(page)


def test_an_open_case_says_how_long_it_has_stood_where_it_stands() -> None:
    said = shown(STANDING, ProcessPart.QUEUE)
    assert "Đã đứng" in said
    assert "10,0 ngày" in said.replace("\u00a0", " ")
    assert "0 phút" not in said.replace("\u00a0", " ").replace("10,0", "")


def test_an_ended_case_says_what_it_took() -> None:
    ended = PassingCase("H19-1", "so-tu-phap", SINCE, NOW, "finished", 2, "Thẩm định", None, 7_200, 3_600, 0, None)
    said = shown(ended, ProcessPart.ENDED).replace("\u00a0", " ")
    assert "2,0 giờ" in said
    assert "1,0 giờ" in said
