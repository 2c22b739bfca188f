"""Gradient boosting, as one would reach for it: scikit-learn's, on the mornings that the forecast learns from.

Each morning is a row of eight features; of those whose deadline had passed by the cut it learns whether the case was
late. Two settings: the library's own, and a slower one with larger leaves, which is better on a few thousand cases.
"""

from collections.abc import Sequence

from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.utils import check_array

from schemas.rules.worktime import HOUR_US
from streams.forecast.baseline import judged
from streams.forecast.seen import Example, Seen

Row = list[float]
SETTINGS: dict[str, dict[str, float]] = {
    "boosting": {},
    "boosting_slow": {"learning_rate": 0.05, "min_samples_leaf": 200, "max_leaf_nodes": 15},
}
NAMES = ("step", "procedure", "unit")  # the last three features
MOST_NAMES = 250  # the library's limit; rarer ones are one


def chances(learned: Sequence[Example], asked: Sequence[Example], until: int) -> dict[str, list[float]]:
    """Of the mornings asked the chance to be late by each setting, from those learned and what was known by then."""
    known = [one for one in learned if judged(one, until)]
    late = [bool(one.late) for one in known]
    if len(set(late)) < 2:
        return {name: [float(sum(late) > 0)] * len(asked) for name in SETTINGS}
    codes: list[dict[str, int]] = [{} for _ in NAMES]
    rows, asked_rows = [_row(one.seen, codes) for one in known], [_row(one.seen, codes) for one in asked]
    found = {}
    for name, setting in SETTINGS.items():
        model = HistGradientBoostingClassifier(
            categorical_features=[5, 6, 7], early_stopping=False, random_state=1, **setting
        )
        model.fit(check_array(rows), late)
        found[name] = [float(one[1]) for one in model.predict_proba(check_array(asked_rows))] if asked else []
    return found


def _row(seen: Seen, codes: list[dict[str, int]]) -> Row:
    times = [worked / HOUR_US for worked in (seen.used, seen.there, seen.left, seen.allowed)]
    named = zip(codes, (seen.step, seen.procedure, seen.unit), strict=True)
    return [*times, float(seen.steps), *(float(_code(of, name)) for of, name in named)]


def _code(codes: dict[str, int], name: str) -> int:
    return codes.setdefault(name, min(len(codes), MOST_NAMES))
