"""The sentence above own and portal figures: the first rule that applies, from the data alone, on two lines."""

from dashboards.figures.fitting import fitting
from dashboards.figures.headline import Rule, Sentence, Words, period_word, unknown, up_to
from dashboards.views.gap.live import MAIN, BesidePortal
from dashboards.views.gap.reader import Cause
from dashboards.words import NB, capital, number, percent


def headline(live: BesidePortal) -> Sentence:
    """Silence; nothing finished; the two shares with the cases that differ and why; else that none does."""
    if (said_first := unknown(live, "chênh lệch với Cổng")) is not None:
        return said_first
    own, portal, whole = live.own_share, live.portal_share, live.whole(MAIN)
    if own is None:
        said = Words(f"Chưa hồ sơ có hạn nào xong {period_word(live)}", bold=True)
        return Sentence(Rule.UNFINISHED, (said, Words(", chưa so được với Cổng.")))
    period = capital(period_word(live))
    if not whole.cases:
        said = Words(f"{period} tỉnh và Cổng cùng tính đúng hạn {percent(own)}", bold=True)
        return Sentence(Rule.USUAL, fitting((*up_to(live), said), [(Words(", từng hồ sơ giống nhau"),), ()]))
    theirs = "Cổng chưa có hồ sơ nào xong" if portal is None else f"theo hồ sơ trên Cổng {percent(portal)}"
    said = Words(f"{period} tỉnh tính đúng hạn {percent(own)}, {theirs}", bold=True)
    told = [
        f"{words}{NB}{number(count)}{noun}"
        for words, count, noun in (
            ("Cổng thiếu", whole.missing, f"{NB}hồ sơ"),
            ("thừa", whole.extra, ""),
            ("khác mã", whole.causes[Cause.OTHER_CODE], ""),
        )
        if count
    ]
    endings = [(Words(": " + ", ".join(told[:shown])),) for shown in range(len(told), 0, -1)]
    return Sentence(Rule.BELOW, fitting((*up_to(live), said), [*endings, ()]))
