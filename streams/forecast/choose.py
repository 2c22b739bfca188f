"""Which model, from which chance a case is at risk, and whether any of it is shown: all from the past alone. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from schemas.rules.worktime import WorkTime
from streams.forecast.model import SHAPES, Baseline, Model, baseline, fit, judged, known_by
from streams.forecast.score import Score, Told, score, threshold
from streams.forecast.seen import DAY_OF_WORK_US, Example

EARLIER = 0.6  # of the mornings: a first fit learns from them, and the later ones choose
MARGIN = 0.005  # of the log loss: a heavier model has to be better by so much
PRECISION = 1 / 3  # tự đặt: one of three cases named as at risk is to be late in the end,
LIFT = 1.5  # and so many times as often as any case: else the list would name nearly all where many are late
FEWEST_NAMED = 30
AHEAD_US = 2 * DAY_OF_WORK_US
FEWEST_CASES = 200  # ended: before that there is no forecast
CERTAIN = 1e-4  # no chance counts as nearer to 0 or 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """``at_risk``: from which chance on a case is; ``None``: no threshold keeps the ``precision``. ``tried``: how
    the model did on the later mornings when it knew the earlier ones, ``None`` where they say nothing."""

    model: Model
    baseline: Baseline
    at_risk: float | None
    tried: Score | None
    precision: float
    cases: int
    mornings: int


Numbered = Sequence[tuple[str, Example]]  # with the case that it is of


def learn(examples: Numbered, until: int, work: WorkTime) -> Fitted | None:
    """From all mornings before ``until`` and what is known of them then; ``None`` where too few cases have ended."""
    mornings = [one for _, one in examples]
    cases = {subject for subject, one in examples if one.ended}
    if len(cases) < FEWEST_CASES:
        return None
    split = sorted(one.at for one in mornings)[int(len(mornings) * EARLIER)]
    earlier = known_by(mornings, split, work)
    later = [(subject, one) for subject, one in examples if one.at >= split and judged(one, until)]
    chosen, best = fit(earlier, SHAPES[0]), None
    if later:
        for shape in SHAPES:
            model = fit(earlier, shape)
            loss = log_loss(model, later)
            if best is None or loss < best * (1 - MARGIN):
                chosen, best = model, loss
    simple = baseline(earlier, split)
    tried = score([told(chosen, simple, subject, one) for subject, one in later])
    # While there is time to act: nearer to the deadline it is easier to be right.
    early = [one for _, one in later if one.seen.left >= AHEAD_US] or [one for _, one in later]
    risks = ((chosen.chance(one.seen), bool(one.late)) for one in early)
    wanted = max(PRECISION, LIFT * tried.late) if tried is not None else PRECISION
    at_risk = threshold(risks, wanted, FEWEST_NAMED)
    whole = fit(mornings, chosen.shape)
    return Fitted(whole, baseline(mornings, until), at_risk, tried, wanted, len(cases), len(mornings))


def told(model: Model, simple: Baseline, subject: str, one: Example) -> Told:
    """What the model says of a morning, with what became of it."""
    return Told(
        subject,
        model.chance(one.seen),
        bool(one.late),
        model.expected(one.seen),
        float(one.after) if one.ended else None,
        simple.expected(one.seen),
        simple.chance(one.seen),
    )


def log_loss(model: Model, examples: Numbered) -> float:
    """Mean; the smaller, the better the chances."""
    total = 0.0
    for _, one in examples:
        chance = min(max(model.chance(one.seen), CERTAIN), 1.0 - CERTAIN)
        total -= log(chance if one.late else 1.0 - chance)
    return total / len(examples)
