"""The sentence at the top of a topic's page: the first rule that applies, from the data alone, on two lines."""

from collections.abc import Callable

from dashboards import part_names, source_names
from dashboards.counted_domains import SOURCES
from dashboards.figures.fitting import fitting, naming
from dashboards.figures.headline import Rule, Sentence, Words, dead, period_word, up_to
from dashboards.source_silence import DEAD, State
from dashboards.unnamed import named
from dashboards.views.topics.declared import Number, ShownTopic
from dashboards.views.topics.fields import UNREADABLE
from dashboards.views.topics.live import Topical, lasts
from dashboards.words import NB, day, number, percent, small, tile_number, unbroken
from schemas.counter_kinds import Kind


def headline(live: Topical, topic: ShownTopic, name: Callable[[str], str]) -> Sentence:
    """Silence; nothing yet; what is the matter and where; else that nothing is. ``name`` writes a unit's name."""
    if live.standing(True, finished=lasts(live, topic.alarm)) in DEAD:
        return Sentence(Rule.DEAD, dead(live, topic.subject))
    if live.condition.state is State.NONE:
        said = Words(f"Chưa có dữ liệu {topic.subject}.", bold=True)
        rest = Words(" Chưa nguồn nào gửi đến; màn hình tự hiện số khi có bản ghi đầu tiên.")
        return Sentence(Rule.NOTHING, (said, rest))
    if not live.has_period and topic.alarm.known.kind is not Kind.NOW and live.reach is not None:
        said = Words(f"Không có dữ liệu {period_word(live)}:", bold=True)
        return Sentence(Rule.OLD, (said, Words(f" nguồn chỉ đến {day(live.reach)}.")))
    count = live.amount(topic.alarm)
    tail = _unread(live) or _share(live, topic)
    if count == 0 and topic.main.opens == topic.alarm and not live.unread:  # the share would say the same again
        return Sentence(Rule.USUAL, (*up_to(live), Words(topic.calm, bold=True), Words(".")))
    if count == 0:
        return Sentence(Rule.USUAL, fitting((*up_to(live), Words(topic.calm, bold=True)), [tail, ()]))
    opening = Words(f"{number(count)}{NB}{topic.alarm_words}", bold=True)
    where = _where(live, topic.alarm, name)
    return Sentence(
        Rule.BELOW, fitting((*up_to(live), opening), [*((w, *tail) for w in where), *((w,) for w in where), tail, ()])
    )


def _where(live: Topical, alarm: Number, name: Callable[[str], str]) -> list[Words]:
    """The units with most of it, from as many as may be named down to one."""
    units = sorted(live.amounts(alarm, "unit").items(), key=lambda item: (-item[1], item[0]))
    units = [(key, amount) for key, amount in units if amount and key]
    sources = alarm.domain == SOURCES.name
    return naming([(source_names.name(key) if sources else name(live.name(key)), amount) for key, amount in units])


def _unread(live: Topical) -> tuple[Words, ...]:
    """A system that is reached and gives no numbers, and why."""
    if not live.unread or live.condition.dead:
        return ()
    key, why = live.unread[0]
    system = part_names.known_system(key) or key  # a sentence has no room to say that it has no name
    rest = f"; cùng {len(live.unread) - 1}{NB}hệ thống khác" if len(live.unread) > 1 else ""
    return (Words(f"; {unbroken(system)} kết nối, không đọc được số: {named(UNREADABLE, why)}{rest}"),)


def _share(live: Topical, topic: ShownTopic) -> tuple[Words, ...]:
    rate = live.shares(topic.main).get("")
    if rate is None or not live.has_period:
        return ()
    whole = f"{tile_number(live.whole(topic.main))}{NB}{unbroken(topic.main.of)}"
    label = small(topic.main.label)
    return (Words(f"; {label} {percent(rate)} trong {whole}"),)
