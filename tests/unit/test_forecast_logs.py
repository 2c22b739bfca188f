"""What is forecast holds on logs of any character: everyone late, half, few, long and short steps, drift; and where
nothing foretells who is late, that is said instead of naming everybody."""

import pytest

from streams.forecast.choose import LIFT, Fitted, is_ahead, learn, told
from streams.forecast.score import ForecastScore, NamedCases, lifted, named, score
from streams.forecast.seen import Example, morning_of
from tests.unit.sample_logs import FORETOLD, MONDAY, UNFORETOLD, WORK, Character, log

LEARNED = 0.55  # of the span: the rest is judged


def tried(of: Character) -> tuple[Fitted, list[tuple[str, Example]]]:
    """Learned with what was known at a cut, and the later mornings that can be judged."""
    mornings, end = log(of)
    cut = morning_of(WORK.add_days(MONDAY, int(of.days * LEARNED)))
    fitted = learn([(subject, one.as_of(cut, WORK)) for subject, one in mornings if one.at < cut], cut, WORK)
    assert fitted is not None
    return fitted, [(s, one) for s, one in mornings if one.at >= cut and one.late is not None and one.seen.due <= end]


def judge(fitted: Fitted, later: list[tuple[str, Example]]) -> tuple[ForecastScore, NamedCases]:
    found = score([told(fitted.model, fitted.baseline, subject, one) for subject, one in later])
    assert found is not None
    ahead = [(fitted.model.chance(one.seen), bool(one.late)) for _, one in later if is_ahead(one, WORK)]
    return found, named(ahead, fitted.at_risk)


@pytest.mark.parametrize("name", FORETOLD)
def test_chances_beat_the_harder_baseline_and_the_list_finds_more_than_naming_by_lot(name: str) -> None:
    fitted, later = tried(FORETOLD[name])
    found, of = judge(fitted, later)
    assert found.chances_beat
    assert fitted.at_risk is not None
    base = fitted.trial.ahead.base
    assert base is not None
    assert fitted.at_risk >= base, "never a case below the base rate"
    assert fitted.trial.ahead.precision is not None
    assert fitted.trial.ahead.precision >= lifted(base, LIFT)
    assert of.precision is not None
    assert of.recall is not None
    assert of.base is not None
    assert of.precision > of.base + 0.04
    assert of.recall > of.named / of.all + 0.04
    assert of.named < 0.8 * of.all, "not everybody"


@pytest.mark.parametrize("name", UNFORETOLD)
def test_nobody_is_named_where_nothing_tells_the_late_from_the_others(name: str) -> None:
    fitted, later = tried(UNFORETOLD[name])
    found, of = judge(fitted, later)
    assert fitted.at_risk is None
    assert of.named == 0
    assert abs(found.over) < 8


@pytest.mark.parametrize("name", ["half late", "long steps", "memoryless"])
def test_chances_come_true_as_often_as_they_say(name: str) -> None:
    found, _ = judge(*tried((FORETOLD | UNFORETOLD)[name]))
    assert found.low - 2 < 0 < found.high + 2
