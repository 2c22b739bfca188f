"""The words of what needs a leader, on the wall and on the tablet. Pure."""

from collections.abc import Sequence
from datetime import datetime

from dashboards.directives.gathering import NotKnown
from dashboards.directives.need_live import Needing
from dashboards.directives.needs_direction import MOST, Gravity, Needed
from dashboards.figures.fitting import fitting
from dashboards.figures.headline import Rule, Sentence, Words, unknown
from dashboards.words import NB, capital, clock, day_of, number, short_name, short_unit, small, when

TAGS = {
    Gravity.GRAVE: ("grave", "GẤP", "grave"),
    Gravity.WARNING: ("warn", "CẢNH BÁO", "warn"),
    Gravity.OPINION: ("flat", "CHỜ Ý KIẾN", ""),
}
DIRECTED = ("flat", "ĐÃ CHỈ ĐẠO", "")
NONE = "Không có việc chờ chỉ đạo"
RULE = "Gấp nhất trước, rồi gần giới hạn nhất, rồi nhiều hồ sơ nhất; việc đã có chỉ đạo ở sau."
PAST = frozenset(("overdue", "task", "directive", "platform"))  # kinds whose limit is a deadline


def tag(one: Needed) -> tuple[str, str, str]:
    """Shape, words and kind."""
    return TAGS[one.gravity] if one.directed is None else DIRECTED


def what(one: Needed) -> tuple[str, str]:
    """The number with what it is, and where."""
    return capital(one.what), f" {one.where}" if one.where else ""


def headline(live: Needing) -> Sentence:
    """Silence; what waits, with the first of it; that nothing does. What is not known is said with it."""
    if (said_first := unknown(live, "việc cần chỉ đạo")) is not None:
        return said_first
    every = live.all
    open_ = [one for one in every if one.directed is None]
    blind = [(Words(f". {not_known(live.unknown, live.as_of)}"),)] if live.unknown else []
    if not open_:
        more = f"; {number(len(every))}{NB}việc đã có chỉ đạo" if every else ""
        return Sentence(Rule.USUAL, fitting((Words(NONE + more, bold=True),), [*blind, ()]))
    said = (Words(f"{number(len(open_))}{NB}việc chờ chỉ đạo", bold=True),)
    first = open_[0]
    whole, short = f", gấp nhất: {small(''.join(what(first)))}", f", gấp nhất: {small(first.what)}"
    endings = [(Words(text), *of) for of in (*blind, ()) for text in (whole, short)]
    return Sentence(Rule.BELOW, fitting(said, [*endings, *blind, ()]))


def not_known(of: Sequence[NotKnown], as_of: datetime) -> str:
    told = [one.subject + (f" từ {when(one.since, day_of(as_of))}" if one.since else "") for one in of]
    return f"Không biết {', '.join(told)}"


def none_of(live: Needing) -> str:
    """What was looked at without finding anything; nothing is said of what was not."""
    return f"Đã xem và không thấy việc nào cần chỉ đạo: {', '.join(live.looked)}."


def whose(one: Needed, room: float) -> str:
    """Who answers for it, as a wall writes it."""
    return short_unit(one.unit, room) if one.unit else short_name(one.owner, room)


def by_when(one: Needed, as_of: datetime, *, short: bool = False) -> str:
    """By when it is to be decided, or, once it is ordered, done."""
    today = day_of(as_of)

    def at(moment: datetime) -> str:
        if not short:
            return when(moment, today)
        return clock(moment) if day_of(moment) == today else f"{day_of(moment):%d/%m}"

    if one.directed is not None:
        return f"hạn {at(one.directed.due_at)}"
    if one.before is not None:
        return f"{'quyết' if short else 'nên quyết'} trước {at(one.before)}"
    if one.limit is not None and one.limit > as_of:
        return f"giới hạn {at(one.limit)}" if one.gravity is Gravity.GRAVE else f"hạn {at(one.limit)}"
    if one.limit is None:
        return "quyết hôm nay"
    return "đã quá hạn" if one.kind in PAST else "cần quyết ngay"


def directed(one: Needed, as_of: datetime) -> str:
    """Who ordered, when, and until when."""
    by = one.directed
    if by is None:
        return "" if one.directive is not None else "chưa có chỉ đạo"
    today = day_of(as_of)
    return f"đã chỉ đạo: {by.by_name}, {when(by.at, today)}, hạn {when(by.due_at, today)}"


def further(live: Needing) -> str:
    """What is said where not all have a place."""
    more = len(live.all) - MOST
    return f"còn {number(more)} việc khác" if more > 0 else ""
