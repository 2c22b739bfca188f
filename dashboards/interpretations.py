"""Where a rule can be read in more than one way: the question, the article, the reading taken and the other one, as the
page "Chỉ tiêu" says them (docs/rules.md has the reasons). What the other one would change is read with the page."""

from typing import NamedTuple

from dashboards.definitions import QD766
from dashboards.score_settings import ScoreSettings
from schemas.rules.score_choices import Dislikes, RankBy

NO_ARTICLE = "không điều nào nói"


class Interpretation(NamedTuple):
    """``other`` ends where the number of what it changes this year begins, counted in ``noun``. ``switch``: an operator
    may set the other way. ``verified``: the article was read in an official text."""

    name: str
    question: str
    article: str
    taken: str
    other: str
    noun: str
    switch: bool = False
    verified: bool = False
    setting: str | None = None  # that turns it


def interpretations(settings: ScoreSettings) -> tuple[Interpretation, ...]:
    """As this installation reads them, in the order of the page."""
    twice = "trừ cả tỷ lệ trễ và tỷ lệ không hài lòng, như công thức viết"
    once = "vừa trễ vừa bị chê chỉ trừ một lần"
    share = "theo phần đạt được của số điểm đã biết; chưa biết không phải là 0"
    total = "theo tổng điểm như nó có"
    dislikes = (twice, once) if settings.score_dislikes is Dislikes.TWICE else (once, twice)
    rank = (share, total) if settings.score_rank_by is RankBy.SHARE else (total, share)
    return (
        Interpretation(
            "dislikes",
            "Vừa trễ vừa bị chê (5.3, 5.4)",
            QD766,
            *dislikes,
            "hồ sơ, phản ánh",
            switch=True,
            setting="IOC_SCORE_DISLIKES",
        ),
        Interpretation(
            "rank",
            "Hạng khi số điểm đã biết khác nhau",
            NO_ARTICLE,
            *rank,
            "đơn vị",
            switch=True,
            setting="IOC_SCORE_RANK_BY",
        ),
        Interpretation(
            "voided",
            "Hồ sơ bị hủy toàn bộ là của ai",
            NO_ARTICLE,
            "không của đơn vị nào, không vào điểm",
            "của đơn vị đã tiếp nhận, điểm giữ nguyên",
            "hồ sơ",
        ),
    )
