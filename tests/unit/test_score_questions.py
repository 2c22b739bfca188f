"""What is asked of the score: a single day has none, and where its rule has two readings, the API says which."""

import pytest
from pydantic import ValidationError

from dashboards.api.clock_readings import LawReading
from dashboards.interpretations import interpretations
from dashboards.score_settings import ScoreSettings
from dashboards.views.score.parameters import ScoreCasesQuery, ScoresQuery
from schemas.rules.score_choices import Dislikes, RankBy


@pytest.mark.parametrize("days", [{"period": "today"}, {"from": "2024-02-29", "to": "2024-02-29"}])
def test_a_single_day_has_no_score_and_the_error_says_so(days: dict[str, str]) -> None:
    for query, more in ((ScoresQuery, {}), (ScoreCasesQuery, {"component": "ORIGINAL_RESULT_AVAILABLE"})):
        with pytest.raises(ValidationError) as refused:
            query.model_validate({**days, **more})
        said = str(refused.value.errors()[0]["ctx"]["expected"])
        assert "a single day has no score" in said


@pytest.mark.parametrize("days", [{}, {"period": "month"}, {"from": "2024-02-28", "to": "2024-02-29"}])
def test_more_than_a_day_has_one(days: dict[str, str]) -> None:
    ScoresQuery.model_validate(days)


def test_the_readings_of_the_score_say_which_is_taken_and_what_turns_it() -> None:
    for dislikes, rank_by in ((Dislikes.TWICE, RankBy.SHARE), (Dislikes.ONCE, RankBy.TOTAL)):
        settings = ScoreSettings(score_dislikes=dislikes, score_rank_by=rank_by)
        rows = {one.name: LawReading.of_score(one, 7) for one in interpretations(settings)}
        assert rows["dislikes"].setting == "IOC_SCORE_DISLIKES"
        assert ("chỉ trừ một lần" in rows["dislikes"].taken) is (dislikes is Dislikes.ONCE)
        assert rows["rank"].setting == "IOC_SCORE_RANK_BY"
        assert ("theo tổng điểm" in rows["rank"].taken) is (rank_by is RankBy.TOTAL)
        assert (rows["voided"].setting, rows["voided"].switch, rows["voided"].rule) == (None, False, None)
        assert {(one.changed, one.noun) for one in rows.values()} == {
            (7, "hồ sơ, phản ánh"),
            (7, "đơn vị"),
            (7, "hồ sơ"),
        }
