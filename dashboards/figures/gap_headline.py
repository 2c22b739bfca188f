"""The sentence above own and portal figures: the first rule that applies, from the data alone, on two lines."""

from dashboards.figures.headline import Rule, Sentence, Words, period_word, unknown
from dashboards.figures.topic_headline import fitting
from dashboards.readers.gap_live import MAIN, Beside
from dashboards.readers.portal_gap import CAUSES
from dashboards.words import NB, capital, number, percent


def headline(live: Beside) -> Sentence:
    """Silence; nothing finished; the two shares with the cases that differ and why; else that none does."""
    if (said_first := unknown(live, "hồ sơ trên Cổng")) is not None:
        return said_first
    own, portal, count = live.own_share, live.portal_share, live.cases(MAIN)
    if own is None:
        said = Words(f"Chưa hồ sơ có hạn nào xong {period_word(live)}", bold=True)
        return Sentence(Rule.UNFINISHED, (said, Words(", chưa so được với Cổng.")))
    ours = f"tỉnh tính {percent(own)}"
    if not count:
        said = Words(f"{capital(period_word(live))} Cổng và tỉnh cùng tính đúng hạn {percent(own)}", bold=True)
        return Sentence(Rule.USUAL, fitting((said,), [(Words(", không hồ sơ nào lệch"),), ()]))
    theirs = "Cổng chưa có hồ sơ nào xong" if portal is None else f"Cổng tính đúng hạn {percent(portal)}"
    said = Words(f"{capital(period_word(live))} {theirs}, {ours}", bold=True)
    cause, of = live.causes[0]
    why = f", {number(of)} do {CAUSES[cause][:1].lower()}{CAUSES[cause][1:]}"
    cases = f": {number(count)}{NB}hồ sơ lệch"
    return Sentence(Rule.BELOW, fitting((said,), [(Words(cases + why),), (Words(cases),), ()]))
