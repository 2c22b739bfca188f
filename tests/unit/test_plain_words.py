"""What a leader reads on the screens needs nobody who explains it."""

import re
from pathlib import Path

import pytest

import dashboards
from dashboards import rule_names
from dashboards.views.forecast.words import better, told_over
from dashboards.views.gap.reader import Gap
from dashboards.views.gap.words import excess
from dashboards.words import NB
from tests.settings import REPOSITORY

RAISED = re.compile(r'(?:Breach|Rejection|Reject|PydanticCustomError)\(.*?"([a-z]+(?:_[a-z]+)+)"')
SCREENS = sorted(Path(dashboards.__file__).parent.rglob("*.py"))
UNDECODED = (
    "Sai số bằng", "Nói quá", "Nói thiếu", "trên là một nửa", "Chỉ tiêu Cổng", "Lấy số mới", "iểm toán", "Chênh",
    '"Lệch"', "lệch nhiều",
)  # fmt: skip


@pytest.mark.parametrize("words", UNDECODED)
def test_no_screen_says_what_nobody_decodes(words: str) -> None:
    assert [path.name for path in SCREENS if words in path.read_text("utf-8")] == []


@pytest.mark.parametrize(("gap", "said"), [(12, "tỉnh hơn 12"), (-1200, "Cổng hơn 1.200"), (0, "hai bên bằng nhau")])
def test_a_difference_says_which_side_has_more(gap: int, said: str) -> None:
    assert excess(Gap("U", own=max(gap, 0), portal=max(-gap, 0)).gap) == said


def test_what_a_forecast_is_worth_is_said_as_better_or_worse_by_how_much() -> None:
    assert better(0.7) == ("sai ít hơn", f"30{NB}%")
    assert better(1.2) == ("sai nhiều hơn", f"20{NB}%")
    assert told_over(1.2) == ("báo cao hơn", f"1,2{NB}điểm")
    assert told_over(-0.4) == ("báo thấp hơn", f"0,4{NB}điểm")


def test_every_rule_by_which_records_were_rejected_has_a_name() -> None:
    """Those that our own code raises; what a library adds is said to have none."""
    raised = {
        found[1]
        for folder in ("schemas", "streams")
        for path in (REPOSITORY / folder).rglob("*.py")
        if path.parent.name != "reference"  # files of the operator, whose faults the command line tells
        for found in RAISED.finditer(path.read_text("utf-8"))
    }
    assert len(raised) > 20
    assert raised - set(rule_names.rules()) == set()
    assert rule_names.rule("new_rule") == "chưa có tên: new_rule"
