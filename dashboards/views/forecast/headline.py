"""The sentence above what will be late: the first rule that applies, from the data alone, on two lines."""

from dashboards.figures.fitting import fitting, naming
from dashboards.figures.headline import Rule, Sentence, Words, unknown, up_to
from dashboards.views.forecast.live import Soonest
from dashboards.views.forecast.reader import ListName
from dashboards.words import NB, number, sentence_unit, short_day


def headline(live: Soonest) -> Sentence:
    """Silence; cases at risk, and where; where nothing is forecast, what falls due; else that nothing does."""
    if (said_first := unknown(live, "hồ sơ sắp trễ")) is not None:
        return said_first
    count = live.total(live.which)
    if live.which is ListName.DUE_TOMORROW:
        if not count:
            return Sentence(Rule.USUAL, (Words(f"Không hồ sơ nào đến hạn {_tomorrow(live)}.", bold=True),))
        said = Words(f"{number(count)}{NB}hồ sơ đến hạn {_tomorrow(live)}", bold=True)
        indistinct = live.run is not None and live.run.indistinct
        hidden = Words(
            f"; {'dự báo không phân biệt được' if indistinct else 'chưa dự báo nên không biết'} hồ sơ nào sẽ trễ"
        )
        return Sentence(
            Rule.USUAL, fitting((*up_to(live), said), [*((w, hidden) for w in _where(live)), (hidden,), ()])
        )
    if not count:
        said = Words("Dự báo sáng nay không nêu hồ sơ nào có nguy cơ trễ", bold=True)
        due = Words(f"; {number(live.total(ListName.DUE_TOMORROW))}{NB}hồ sơ đến hạn {_tomorrow(live)}")
        return Sentence(Rule.USUAL, fitting((*up_to(live), said), [(due,), ()]))
    said = Words(f"Dự báo {number(count)}{NB}hồ sơ có nguy cơ trễ", bold=True)
    return Sentence(Rule.BELOW, fitting((*up_to(live), said), [*((words,) for words in _where(live)), ()]))


def _tomorrow(live: Soonest) -> str:
    """The next working day; Tết and week-ends lie between."""
    return short_day(live.tomorrow, live.today) if live.tomorrow else f"ngày{NB}mai"


def _where(live: Soonest) -> list[Words]:
    """The units with most of them, from as many as may be named down to one."""
    of = live.counts[live.which]
    return naming([(sentence_unit(unit), of[unit]) for unit in live.units])
