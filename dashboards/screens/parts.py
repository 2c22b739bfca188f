"""The components that screens share: shapes, numbers, and what stands where a number may not."""

from datetime import datetime
from typing import Any

from dash import html

from dashboards.access import addresses
from dashboards.access.asker import ASKER, ROLE_WORDS, AskerKind
from dashboards.figures.headline import Sentence
from dashboards.periods import PeriodName
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens import links
from dashboards.source_silence import SHOWN, State
from dashboards.words import NB, age, clock, day_of, percent, quarter, short_day, short_period, tile_number, when

Component = Any  # Dash's components are not typed
Props = dict[str, Any]

SHORT = {State.STOPPED: "ĐÃ DỪNG", State.OFFLINE: "MẤT MẠNG"}
SIMULATED = "DỮ LIỆU MÔ PHỎNG"
SIMULATED_CLOCK = "GIỜ MÔ PHỎNG"
SIMULATED_BOTH = "MÔ PHỎNG, CẢ GIỜ"
LOADING = "ĐANG NẠP"


def icon(name: str, **props: Any) -> Component:
    """A shape; its word stands beside it, so it says nothing to a screen reader."""
    return html.Span(className=f"i i-{name}", **{"aria-hidden": "true"}, **props)


def help_link() -> Component:
    """To what the words of the screens mean; the key "?" opens it too."""
    return html.A("?", href=links.TERMS, className="help", **{"aria-label": "Từ ngữ trên màn hình nghĩa là gì"})


def who_link() -> list[Component]:
    """As whom this page is seen, and the way to his sessions; in a demo, to another role. A screen on a wall is
    nobody's."""
    asker = ASKER.get(None)
    if asker is None or asker.kind not in (AskerKind.ACCOUNT, AskerKind.DEMO):
        return []
    demo = asker.kind is AskerKind.DEMO
    said = f"Xem thử: {ROLE_WORDS[asker.role]}" if demo else asker.name
    label = f"{said}; chọn vai khác" if demo else f"{said}; phiên đăng nhập"
    address = addresses.VISITOR if demo else addresses.SESSIONS
    return [html.A([icon("who"), html.Span(said)], href=address, className="who", **{"aria-label": label})]


def live_as(view: Selection, title: str) -> Component:
    """Makes the page live as ``view``, and gives the browser's window its title."""
    return html.Div(
        id="live", className="away", **{"data-stream": links.stream(view), "data-title": f"{title} · IOC Đồng Nai"}
    )


def full_screen() -> Component:
    return html.Button([icon("full"), "Toàn màn hình (phím f)"], className="fullscreen", **{"data-fullscreen": "1"})


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def ticking(since: datetime, as_of: datetime, *, upper: bool = False, key: str | None = None) -> Component:
    """An age that the browser carries on."""
    text = age(as_of - since)
    extra: dict[str, Any] = {"data-since": str(ms(since))}
    if upper:
        text, extra["data-upper"] = text.upper(), "1"
    return html.Span(text, className="nb", **extra)


def countdown(until: datetime, as_of: datetime) -> Component:
    return html.Span(age(until - as_of), className="nb", **{"data-until": str(ms(until))})


def sentence(words: Sentence, as_of: datetime) -> list[Component]:
    """The headline's words; one that is an age ticks on."""
    parts: list[Component] = []
    for word in words.words:
        content = ticking(word.since, as_of) if word.since else word.text
        parts.append(html.B(content) if word.bold else content)
    return parts


def rate_text(share: float) -> list[Component]:
    value, _, sign = percent(share).partition(NB)
    return [value, html.Small(f"{NB}{sign}")]


def value_text(value: int) -> list[Component]:
    """The number of a tile; "triệu" stands smaller beside it."""
    digits, _, word = tile_number(value).partition(NB)
    return [digits, html.Small(f"{NB}{word}")] if word else [digits]


def size(value: int) -> str:
    """The class of the largest number size that fits a wall's tile."""
    digits = sum(letter.isdigit() for letter in tile_number(value)) + (0 if abs(value) < 1_000_000 else 2)
    return "v1" if digits <= 5 else "v2" if digits == 6 else "v3"


def instead(live: Ground, state: State, old: Any = None, *, nothing: str = "") -> list[Component] | None:
    """What stands in a figure's place, line by line; ``None`` where its state lets it stand. ``old``: what it was when
    last known; ``nothing``: what is said where there are no data, else since when."""
    if state in SHOWN:
        return None
    if state is State.ERROR:
        return [dead_tag(live), was(retry_words(live))]
    if state is State.NONE:
        since = f"từ {short_day(live.reach, live.today)}" if live.reach else "chưa có nguồn"
        return [none_tag(), was(nothing if nothing and live.reach else since)]
    if live.reach is None:
        return [dead_tag(live), was("chưa đọc lần nào")]
    said = at_words(live)
    return [dead_tag(live), was([f"{said} ", old]) if old is not None else was(said.removesuffix(" là"))]


def no_chart(live: Ground) -> list[Component] | None:
    """What stands in the place of a chart by day; ``None`` where it may stand. Past days stay as what is finished does,
    and on a screen that hears nothing; then only the running one empties."""
    state = live.standing(bool(live.chart_days), finished=True)
    kept = state in (State.OFFLINE, State.HANGING) and bool(live.chart_days)
    return None if kept else instead(live, state)


def dead_panel(live: Ground, state: State, place: str, head: str, known: str = "") -> Props | None:
    """What stands in a panel's place in its state; ``None`` where it may stand. ``known`` is what it said when it was
    last true."""
    lines = instead(live, state)
    if lines is None:
        return None
    if known and state not in (State.ERROR, State.NONE) and live.reach is not None:
        lines[-1] = was(at_words(live).removesuffix(" là") + known)
    return {"children": [html.H2(was(head)), *(html.P(line) for line in lines)], "className": f"{place} dead"}


def note(live: Ground, state: State) -> list[Component]:
    """What every number says beside itself: lost records, lateness, up to when it is known."""
    if live.feeding.holes:
        return [html.Span([icon("warn"), " thiếu"], className="warn")]
    if state is State.LATE:
        return [html.Span([icon("warn"), " chậm"], className="warn")]
    return [html.Span(up_to(live), className="quiet")] if state is State.REACHED else []


def tile_instead(
    live: Ground, state: State, old: Component, *, told: bool, nothing: str = ""
) -> list[Component] | None:
    """What stands in the place of a wall's tile. ``told``: why is said in the large tile, which shows no number
    either."""
    lines = instead(live, state, nothing=nothing)
    if lines is None or state in (State.ERROR, State.NONE) or live.reach is None:
        return lines
    if told:
        return [was(at_words(live)), old]
    own = day_of(live.at)
    at = clock(live.at) if own == live.today else short_day(own, live.today)
    return [dead_tag(live, short=True), was([f"{at} là ", old])]


def tile_line(live: Ground, state: State, period: str, *, dated: bool = True) -> list[Component]:
    """Under a wall's number: its period and what every number says. Both in their shortest words where it is only known
    up to a moment, which needs the room; not ``dated``: it is of no period."""
    if state is not State.REACHED or live.feeding.holes:
        return [html.Span(period), *note(live, state)]
    first, short = live.period.first, ""
    if dated and first is not None:
        names = {PeriodName.MONTH: f"T{first:%m}", PeriodName.QUARTER: f"Q{quarter(first)}"}
        short = names.get(live.period.name, f"{first:%Y}") + NB
    return [html.Span(short + short_up_to(live), className="quiet")]


def period_on(live: Ground) -> str:
    """The period as a panel's head says it, with up to when it is known."""
    period = short_period(live.period, live.today)
    return f"{period}, {short_up_to(live)}" if live.reached else period


def short_up_to(live: Ground) -> str:
    """As :func:`up_to` where there is no room for a time and a day: of another day only that."""
    own = day_of(live.at)
    return f"đến{NB}{clock(live.at) if own == live.today else short_day(own, live.today)}"


def up_to(live: Ground) -> str:
    """ "đến 19:17", up to when what is finished is known; of another day with its date."""
    return f"đến{NB}{when(live.at, live.today)}".replace(" ", NB)


def dead_icon(state: State) -> str:
    return {State.ERROR: "error", State.NONE: "none"}.get(state, "silent")


def dead_tag(live: Ground, *, short: bool = False) -> Component:
    """Why there is no number, in capitals, with its age where it has one."""
    condition = live.condition
    if condition.state is State.ERROR:
        return html.Span([icon("error"), "LỖI ĐỌC"], className="tag")
    if condition.state is State.HANGING and condition.since is not None:
        since = when(condition.since, live.today)
        return html.Span([icon("silent"), f"TREO {since}" if short else f"ĐỌC SỐ TREO từ {since}"], className="tag")
    if short and condition.state in SHORT:  # a tile has no room for its age as well
        return html.Span([icon("silent"), SHORT[condition.state]], className="tag")
    words = {State.STOPPED: "XỬ LÝ DỪNG", State.OFFLINE: "MẤT MẠNG"}.get(condition.state, "IM" if short else "IM LẶNG")
    assert condition.since is not None  # noqa: S101  a silence has a beginning
    return html.Span(
        [icon("silent"), html.Span([f"{words} ", ticking(condition.since, live.as_of, upper=True)])], className="tag"
    )


def none_tag(text: str = "CHƯA CÓ SỐ") -> Component:
    return html.Span([icon("none"), text], className="tag")


def was(content: Any, **props: Any) -> Component:
    return html.Span(content, className="was", **props)


def at_words(live: Ground) -> str:
    """ "lúc 14:25 là", of another day with its date."""
    own = day_of(live.at)
    return f"lúc {clock(live.at)} là" if own == live.today else f"{clock(live.at)} {short_day(own, live.today)} là"


def retry_words(live: Ground) -> list[Component] | str:
    if live.condition.retry_at is None:
        return "tự thử lại"
    return ["thử lại: ", countdown(live.condition.retry_at, live.as_of)]
