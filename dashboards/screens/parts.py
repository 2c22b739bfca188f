"""The components that screens share: shapes, numbers, and what stands where a number may not."""

from datetime import datetime
from typing import Any

from dash import html

from dashboards.feeds import State
from dashboards.figures.headline import Sentence
from dashboards.readers.snapshot import Ground
from dashboards.words import NB, age, clock, day_of, percent, short_day, tile_number, when

Component = Any  # Dash's components are not typed
Props = dict[str, Any]

SIMULATED = "DỮ LIỆU MÔ PHỎNG"


def icon(name: str, **props: Any) -> Component:
    """A shape; its word stands beside it, so it says nothing to a screen reader."""
    return html.Span(className=f"i i-{name}", **{"aria-hidden": "true"}, **props)


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
