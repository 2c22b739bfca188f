"""The sentence at the top of a screen: the first rule that applies, from the data alone.

The rules and their order are those of the design ("Sentences"), as far as the figures of cases reach: 1 silence,
5 pulled down; then what holds otherwise. At most 110 letters, so that two lines hold it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboards.comparison import Pull, pulls
from dashboards.periods import PeriodName
from dashboards.ratios import share
from dashboards.readers.snapshot import Ground, Live
from dashboards.settings import ScreensSettings
from dashboards.source_silence import DEAD, DISK_FULL, State
from dashboards.words import (
    NB,
    age,
    day,
    deadline,
    letters,
    lines,
    number,
    percent,
    points,
    quarter,
    sentence_unit,
    unbroken,
    when,
)

MOST_LETTERS = 110
AWAY = "Kho số liệu không trả lời; màn hình tự thử lại."
LINE_EM = 32.4  # a wall's line: 182.4 rem at 5.6 rem


class Rule(StrEnum):
    DEAD = "dead"
    NOTHING = "nothing"
    OLD = "old"
    PULLED = "pulled"
    BELOW = "below"
    UNFINISHED = "unfinished"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    bold: bool = False
    since: datetime | None = None  # an age that the browser lets tick


@dataclass(frozen=True, slots=True)
class Sentence:
    rule: Rule
    words: tuple[Words, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.words)


def period_word(live: Ground) -> str:
    """The period as it stands in a sentence or under a number."""
    match live.period.name:
        case PeriodName.TODAY:
            return f"hôm{NB}nay" if live.period.first == live.today else f"ngày {live.period.first:%d/%m}"
        case PeriodName.MONTH:
            return f"tháng{NB}{live.period.first:%m}" if live.period.first else ""
        case PeriodName.QUARTER:
            return f"quý{NB}{quarter(live.period.first)}" if live.period.first else ""
        case PeriodName.YEAR:
            return f"năm{NB}{live.period.first:%Y}" if live.period.first else ""
        case _:
            return f"mọi{NB}kỳ"


def headline(
    live: Live, settings: ScreensSettings, before: Rule | None = None, name: Callable[[str], str] = sentence_unit
) -> Sentence:
    """``before`` is the rule that applied last: what stands may stay a little below its threshold. ``name`` writes a
    unit's name."""
    if live.standing(True) in DEAD:
        return Sentence(Rule.DEAD, dead(live, "hồ sơ", "Hệ thống một cửa"))
    if live.condition.state is State.NONE:
        return Sentence(Rule.NOTHING, _nothing())
    if not live.has_period:
        return Sentence(Rule.OLD, _old(live))
    named = pulled_down(live, settings, already=before is Rule.PULLED)
    if named:
        return Sentence(Rule.PULLED, _pulled(live, named, name))
    rate = share(live.total("on_time"), live.total("on_time") + live.total("late"))
    if rate is None:
        return Sentence(Rule.UNFINISHED, _unfinished(live))
    if rate < settings.on_time_target:
        return Sentence(Rule.BELOW, _below(live, rate, settings))
    return Sentence(Rule.USUAL, _usual(live, rate, settings))


def unit_pulls(live: Live) -> tuple[Pull, ...]:
    """What each unit did to the rate since the base; nothing without a base to compare with."""
    before = live.base.rate if live.base else None
    if before is None:
        return ()
    counts: dict[str, tuple[int, int]] = {}
    for row in live.flows:
        on_time, late = counts.get(row.unit, (0, 0))
        counts[row.unit] = (on_time + row.on_time, late + row.late)
    return pulls(counts, before)


def pulled_down(live: Live, settings: ScreensSettings, *, already: bool = False) -> Sequence[Pull]:
    """The few units that explain a fall of the on-time rate; none if it did not fall, or if it was not them."""
    before = live.base.rate if live.base else None
    rate = share(live.total("on_time"), live.total("on_time") + live.total("late"))
    threshold = settings.pulled_down_until if already else settings.pulled_down_from
    if before is None or rate is None or before - rate < threshold:
        return ()
    lowest = [pull for pull in unit_pulls(live)[: settings.pulled_down_units] if pull.effect <= -0.0005]
    explained = -sum(pull.effect for pull in lowest)
    return lowest if explained >= settings.pulled_down_share * (before - rate) else ()


def dead(live: Ground, of: str, system: str = "") -> tuple[Words, ...]:
    """What is not known of, since when and why. ``system`` is what the source called "Một cửa" is in a sentence."""
    condition = live.condition
    if condition.state is State.ERROR:
        since = f"Từ {when(condition.since, live.today)} " if condition.since else ""
        failed = f"{since}không đọc được tình hình {of}." if since else f"Không đọc được tình hình {of}."
        why = "Đĩa đã đầy; có chỗ trống là tự chạy lại." if condition.who == DISK_FULL else AWAY
        return (Words(failed, bold=True), Words(f" {why}"))
    assert condition.since is not None  # noqa: S101  a silence has a beginning
    opening = Words(f"Từ {when(condition.since, live.today)} không biết tình hình {of}.", bold=True)
    aged = Words(unbroken(age(live.as_of - condition.since)), since=condition.since)
    old = Words(". Số dưới đây là số cũ.")
    if condition.state is State.HANGING:
        why = f" ({DISK_FULL})" if condition.who == DISK_FULL else ""
        return (opening, Words(f" Đọc số treo{why} "), aged, old)
    if condition.state is State.STOPPED:
        return (opening, Words(" Bộ phận xử lý của trung tâm đã dừng "), aged, old)
    if condition.state is State.OFFLINE:
        return (opening, Words(" Màn hình mất mạng "), aged, Words(", tự nối lại. Số dưới đây là số cũ."))
    who = f" {system if system and condition.who == 'Một cửa' else condition.who} im lặng "
    return (opening, Words(who), aged, old)


def unknown(live: Ground, of: str) -> Sentence | None:
    """What a wall of cases other than their own says where its source is silent, has sent nothing, or nothing of the
    period; ``None`` where there is something to say."""
    if live.standing(True) in DEAD:
        return Sentence(Rule.DEAD, dead(live, of))
    if live.condition.state is State.NONE:
        return Sentence(Rule.NOTHING, _nothing())
    if not live.has_period and live.reach is not None:
        said = Words(f"Không có dữ liệu {period_word(live)}:", bold=True)
        return Sentence(Rule.OLD, (said, Words(f" nguồn chỉ đến {day(live.reach)}.")))
    return None


def up_to(live: Ground) -> tuple[Words, ...]:
    """What a sentence begins with whose figures are only true up to a moment."""
    return (Words(f"Số đến {when(live.at, live.today)}: "),) if live.reached else ()


def _nothing() -> tuple[Words, ...]:
    return (
        Words("Chưa có dữ liệu hồ sơ.", bold=True),
        Words(" Chưa nguồn nào gửi đến; màn hình tự hiện số khi có hồ sơ đầu tiên."),
    )


def _old(live: Live) -> tuple[Words, ...]:
    assert live.reach is not None  # noqa: S101  without a reach nothing was taken, which is said before
    return (
        Words(f"Không có dữ liệu {period_word(live)}:", bold=True),
        Words(f" nguồn chỉ đến {day(live.reach)}. Số đã có: máy tính bảng, kỳ “mọi{NB}kỳ”."),
    )


def _pulled(live: Live, named: Sequence[Pull], name: Callable[[str], str]) -> tuple[Words, ...]:
    drop = points(-sum(pull.effect for pull in named))
    said_first = up_to(live)
    period = f"{period_word(live)} "
    opening = Words(period if said_first else period.capitalize())
    finding = Words(f"{len(named)}{NB}đơn vị kéo tỷ lệ đúng hạn xuống {drop}{NB}điểm", bold=True)
    names = [unbroken(name(pull.unit)) for pull in named]
    due = _due(live)
    for ending in (due, ()):
        for shown in range(len(names), 0, -1):
            rest = len(names) - shown
            listed = ", ".join(names[:shown]) + (f" và {rest}{NB}đơn vị khác" if rest else "")
            words = (*said_first, opening, finding, Words(f": {listed}."), *ending)
            whole = "".join(part.text for part in words)
            spoken = [(part.text, part.bold) for part in words]
            if letters(whole) <= MOST_LETTERS and lines(spoken, LINE_EM) <= 2:
                return words
    return (*said_first, opening, finding, Words("."))


def _below(live: Live, rate: float, settings: ScreensSettings) -> tuple[Words, ...]:
    target = f"{percent(settings.on_time_target, 0)}"
    missing = points(settings.on_time_target - rate)
    return (
        *up_to(live),
        Words(f"Tỷ lệ đúng hạn {period_word(live)} {percent(rate)}", bold=True),
        Words(f", kém mục tiêu {target} {missing}{NB}điểm."),
        *_due(live),
    )


def _unfinished(live: Live) -> tuple[Words, ...]:
    return (
        *up_to(live),
        Words(f"{number(live.total('accepted'))}{NB}hồ sơ tiếp nhận {period_word(live)}", bold=True),
        Words(", chưa hồ sơ có hạn nào xong."),
        *_due(live),
    )


def _usual(live: Live, rate: float, settings: ScreensSettings) -> tuple[Words, ...]:
    return (
        *up_to(live),
        Words("Mọi số trong mức thường", bold=True),
        Words(f": tỷ lệ đúng hạn {percent(rate)}, mục tiêu {percent(settings.on_time_target, 0)}."),
        *_due(live),
    )


def _due(live: Live) -> tuple[Words, ...]:
    """How many cases still have to be finished today, by when the last of them is due."""
    count, last = live.total_now("due"), live.last_due
    if count == 0 or last is None or live.condition.dead:  # what falls due is of this moment
        return ()
    if live.period.name is PeriodName.TODAY and live.period.first != live.today:  # it would read as of that day
        return ()
    return (Words(" "), Words(f"{number(count)}{NB}hồ sơ", bold=True), Words(f" phải xong trước {deadline(last)}."))
