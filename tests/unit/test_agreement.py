"""What stands on a wall and on a tablet agrees: the same indicator first, and no score of a single day."""

import pytest

from dashboards.periods import PeriodName
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.screen import Name
from dashboards.selections import chosen
from dashboards.views.gap import asked as gap
from dashboards.views.gap.live import MAIN
from dashboards.views.score import VIEW as SCORE
from dashboards.views.score import asked as score
from dashboards.views.topics.declared import TOPICS
from schemas.rules.decision_766 import Reading

TODAY = Selection(Name.TABLET, PeriodName.TODAY)


def test_the_tablet_opens_the_gap_with_the_indicator_of_the_wall() -> None:
    assert gap.asked_of(TODAY, {}).indicator is MAIN


def test_the_score_is_never_of_a_single_day() -> None:
    assert score.asked_of(TODAY, {}, Reading.PORTAL, cases=False).view.period is PeriodName.MONTH
    assert PeriodName.TODAY not in score.PERIODS
    for word in ("hom-nay", "tat-ca"):
        with pytest.raises(links.BadAddress):
            chosen(SCORE.slug, {"ky": word}, PeriodName.MONTH)
    assert chosen(SCORE.slug, {}, PeriodName.MONTH).period is PeriodName.MONTH


def test_a_share_names_the_whole_that_it_is_of_where_a_number_beside_it_is_larger() -> None:
    """Petitions to which nothing was promised, and sources without a rhythm, are in the number and not in the share."""
    assert TOPICS["cong-quoc-gia"].main.of == "phản ánh có hạn"
    assert TOPICS["nguon"].main.of == "nguồn có nhịp"
    assert TOPICS["nhiem-vu"].main.of == "nhiệm vụ có hạn"
