"""Where a rule can be read in more than one way, the page says which one is taken and what the other would change."""

import pytest

from dashboards.interpretations import interpretations
from dashboards.screens import catalogue, reading
from schemas.rules.score_choices import Dislikes, RankBy
from tests.unit.screens import SETTINGS, text


def test_the_page_says_what_is_taken_and_what_the_other_way_would_change() -> None:
    said = text(reading.page(interpretations(SETTINGS), {"dislikes": 1_204, "rank": 0}, {}))
    assert "Trừ cả tỷ lệ trễ và tỷ lệ không hài lòng" in said
    assert "Cách khác: vừa trễ vừa bị chê chỉ trừ một lần; năm nay đổi 1.204\N{NO-BREAK SPACE}hồ sơ, phản ánh." in said
    assert "năm nay đổi 0\N{NO-BREAK SPACE}đơn vị" in said
    assert "Không của đơn vị nào" in said
    assert "chưa kiểm chứng" in said


@pytest.mark.parametrize(
    ("setting", "name"),
    [({"score_dislikes": Dislikes.ONCE}, "dislikes"), ({"score_rank_by": RankBy.TOTAL}, "rank")],
)
def test_a_switch_turns_what_is_taken_and_what_is_not(setting: dict[str, object], name: str) -> None:
    usual = {one.name: one for one in interpretations(SETTINGS)}
    other = {one.name: one for one in interpretations(SETTINGS.model_copy(update=setting))}
    assert (other[name].taken, other[name].other) == (usual[name].other, usual[name].taken)
    assert other[name].switch
    assert {key for key in usual if usual[key] != other[key]} == {name}


def test_the_page_of_indicators_leads_to_it() -> None:
    assert "Cách hiểu" in text(catalogue.page((), "", 1, {}))
