"""Which model, from which chance a case is at risk, and whether any of it is shown: all from the past alone. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from schemas.province import day_of
from schemas.rules.worktime import WorkTime
from streams.forecast.baseline import Baseline, baseline, judged
from streams.forecast.model import SHAPES, Model, Shape, fit, known_by
from streams.forecast.score import ForecastScore, NamedCases, ToldForecast, lifted, named, score, spread, threshold
from streams.forecast.seen import AHEAD_DAYS, Example, days_before

EARLIER = 0.6  # of the mornings: a first fit learns from them, and the later ones choose
MARGIN = 0.005  # of the log loss: a heavier model has to be better by so much,
MARGIN_SPREAD = 0.5  # and by so many standard errors of the difference, which is more on a small log
LIFT = 2.0  # tự đặt: odds of those named over the odds of all that are open two working days ahead
FEWEST_NAMED = 20
FEWEST_CASES = 200  # ended: before that there is no forecast
CERTAIN = 1e-4  # no chance counts as nearer to 0 or 1

Numbered = Sequence[tuple[str, Example]]  # with the case that it is of


@dataclass(frozen=True, slots=True)
class Trial:
    """How a model did on the later mornings when it knew the earlier ones. ``tried`` is ``None`` where they say
    nothing. ``at_risk``: from which chance on a case is; ``None``: no threshold tells the late from the others.
    ``ahead``: the list from that threshold among those open two working days before their deadline."""

    shape: Shape
    tried: ForecastScore | None
    at_risk: float | None
    ahead: NamedCases


@dataclass(frozen=True, slots=True)
class Fitted:
    """What all mornings say, and what the trial said of it."""

    model: Model
    baseline: Baseline
    trial: Trial
    cases: int
    mornings: int

    @property
    def tried(self) -> ForecastScore | None:
        return self.trial.tried

    @property
    def at_risk(self) -> float | None:
        return self.trial.at_risk

    @property
    def precision(self) -> float | None:
        """The share late that a list had to reach."""
        base = self.trial.ahead.base
        return None if base is None else lifted(base, LIFT)


def learn(
    examples: Numbered, until: int, work: WorkTime, shapes: Sequence[Shape] = SHAPES, fewest: int = FEWEST_CASES
) -> Fitted | None:
    """From all mornings before ``until`` and what is known of them then; ``None`` where too few cases have ended."""
    mornings = [one for _, one in examples]
    cases = {subject for subject, one in examples if one.ended}
    if len(cases) < fewest:
        return None
    trial = _try(examples, until, work, shapes)
    simple = baseline(mornings, until, by_step=trial.tried is None or trial.tried.by_step <= trial.tried.by_share)
    return Fitted(fit(mornings, trial.shape), simple, trial, len(cases), len(mornings))


def _try(examples: Numbered, until: int, work: WorkTime, shapes: Sequence[Shape]) -> Trial:
    mornings = [one for _, one in examples]
    split = sorted(one.at for one in mornings)[int(len(mornings) * EARLIER)]
    earlier = known_by(mornings, split, work)
    later = [(subject, one) for subject, one in examples if one.at >= split and judged(one, until)]
    chosen = _choose(earlier, later, shapes)
    simple = baseline(earlier, split)
    tried = score([told(chosen, simple, subject, one) for subject, one in later])
    # While there is time to act: nearer to the deadline it is easier to be right.
    ahead = [(chosen.chance(one.seen), bool(one.late)) for _, one in later if is_ahead(one, work)]
    at_risk = threshold(ahead, LIFT, FEWEST_NAMED)
    return Trial(chosen.shape, tried, at_risk, named(ahead, at_risk))


def is_ahead(one: Example, work: WorkTime) -> bool:
    """Whether its morning lies exactly two working days before the deadline that stood then."""
    return day_of(one.at) == days_before(one.seen.due, AHEAD_DAYS, work)


def _choose(earlier: Sequence[Example], later: Numbered, shapes: Sequence[Shape]) -> Model:
    """The lightest, except where a heavier one is better on the later mornings by more than a margin."""
    chosen = fit(earlier, shapes[0])
    if not later:
        return chosen
    least = losses(chosen, later)
    for shape in shapes[1:]:
        model = fit(earlier, shape)
        lost = losses(model, later)
        gained: defaultdict[str, float] = defaultdict(float)
        for (subject, _), before, now in zip(later, least, lost, strict=True):
            gained[subject] += before - now
        margin = max(MARGIN * sum(least) / len(later), MARGIN_SPREAD * spread(gained.values(), len(later)))
        if sum(gained.values()) / len(later) > margin:
            chosen, least = model, lost
    return chosen


def told(model: Model, simple: Baseline, subject: str, one: Example) -> ToldForecast:
    """What the model says of a morning, with what became of it."""
    return ToldForecast(
        subject,
        model.chance(one.seen),
        bool(one.late),
        model.expected(one.seen),
        float(one.after),
        one.ended,
        simple.expected(one.seen),
        simple.of_step(one.seen),
        simple.share,
    )


def losses(model: Model, examples: Numbered) -> list[float]:
    """Log loss of each; the smaller, the better the chances."""
    found = []
    for _, one in examples:
        chance = min(max(model.chance(one.seen), CERTAIN), 1.0 - CERTAIN)
        found.append(-log(chance if one.late else 1.0 - chance))
    return found
