"""The sentence above the score: the first rule that applies, from the data alone, on two lines."""

from dashboards.figures.fitting import fitting
from dashboards.figures.headline import Rule, Sentence, Words, period_word, unknown, up_to
from dashboards.views.score.live import Scored
from dashboards.views.score.words import SHORT, maximum, points, signed
from dashboards.words import NB, number, sentence_unit, unbroken

NAMED = 2


def headline(live: Scored) -> Sentence:
    """Silence; nothing known; else the province's points, and what would lift them most."""
    if (said_first := unknown(live, "điểm 766")) is not None:
        return said_first
    whole = live.whole
    if whole is None or not whole.score.points:
        return Sentence(Rule.NOTHING, (Words(f"Chưa có số để tính điểm {period_word(live)}.", bold=True),))
    got, most = points(whole.score.total), maximum(whole.score.possible)
    said = Words(f"Toàn tỉnh {got} trong {most}{NB}điểm có số liệu {period_word(live)}", bold=True)
    return Sentence(Rule.BELOW if whole.score.gains else Rule.USUAL, fitting((*up_to(live), said), _endings(live)))


def _endings(live: Scored) -> list[tuple[Words, ...]]:
    """What lifts most, with its cases; the lowest units, as many as there is room for."""
    whole = live.whole
    lifts = ""
    if whole is not None and whole.score.gains:
        code, gain = whole.score.gains[0]
        lacking = whole.lacking.get(code)
        cases = f" nếu đủ {number(lacking)}{NB}hồ sơ" if lacking else ""
        lifts = f"; {SHORT[code].lower()} nâng được {signed(gain)}{cases}"
    names = [unbroken(sentence_unit(one.unit or "")) for one in live.units[:NAMED]]
    lowest = [f"; thấp nhất là {', '.join(names[:count])}" for count in range(len(names), 0, -1)]
    return [*((Words(lifts + more),) for more in lowest), (Words(lifts),), ()]
