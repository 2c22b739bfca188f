"""The wall's numbers: the rate with its target, and the six counts."""

from typing import Any

from dash import html

from dashboards.comparison import Trend, Way, trend
from dashboards.feeds import State
from dashboards.periods import PeriodName
from dashboards.ratios import share
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Live
from dashboards.screens import links
from dashboards.screens.parts import (
    Component,
    Props,
    at_words,
    dead_tag,
    icon,
    none_tag,
    rate_text,
    retry_words,
    size,
    value_text,
    was,
)
from dashboards.settings import Settings
from dashboards.words import NB, decimal, number, percent, points, short_day, short_period, tile_number
from schemas.counters import COUNTER, Kind

BY_SHARE = frozenset({"accepted", "open", "finished", "on_time"})  # trends of the rest are amounts
WARNING = frozenset({"late", "overdue"})


def period_on(live: Live, counter: str) -> str:
    """The period as it stands on a tile: short, because the number needs the room."""
    if COUNTER[counter].kind is Kind.NOW:
        return f"đến {short_day(live.reach, live.today)}" if live.old and live.reach else f"lúc{NB}này"
    return short_period(live.period, live.today)


def amount(live: Live, counter: str) -> int:
    return live.total_now(counter) if COUNTER[counter].kind is Kind.NOW else live.total(counter)


def number_tile(counter: str, live: Live, settings: Settings) -> Props:
    label = COUNTER[counter].label
    now = COUNTER[counter].kind is Kind.NOW
    condition = live.condition
    if condition.state is State.ERROR:
        return _dead(label, dead_tag(live), was(retry_words(live)))
    if condition.state is State.NONE:
        return _dead(label, none_tag(), was(period_on(live, counter)))
    if not (live.has_open if now else live.has_period):
        return _dead(label, none_tag(), was(period_on(live, counter)))
    value = amount(live, counter)
    if condition.dead:
        return _dead(label, was(at_words(live)), was(_old_value(live, counter, value), key=counter))
    changed = trend(value, getattr(live.base, counter), as_share=counter in BY_SHARE) if live.base else None
    worse = counter in WARNING and changed is not None and changed.way is Way.UP
    href = links.opening(counter, live.view, Filters(unit=live.view.unit), dark=True)
    return {
        "children": [
            html.H2(label, className="l"),
            html.A(
                value_text(value),
                href=href,
                className=f"v {size(value)}" + (" warn" if worse and counter == "late" else ""),
                **{"data-k": counter, "data-count": str(value), "data-counter": counter},
            ),
            html.P([html.Span(period_on(live, counter)), *_note(live, settings, changed, worse)], className="t"),
        ],
        "className": "num",
    }


def _old_value(live: Live, counter: str, value: int) -> list[Component]:
    period = "" if COUNTER[counter].kind is Kind.NOW else period_on(live, counter)
    if abs(value) >= 100_000 and live.period.name is PeriodName.TODAY and live.period.first and period:
        period = f"{live.period.first:%d/%m}"
    return [html.Span(tile_number(value), className="n"), f" {period}" if period else ""]


def _note(live: Live, settings: Settings, changed: Trend | None, worse: bool) -> list[Component]:
    """What follows the period: lost records or lateness first, else how the number has changed."""
    if live.feeding.holes:
        return [html.Span([icon("warn"), "thiếu"], className="warn")]
    if live.condition.state is State.LATE:
        return [html.Span([icon("warn"), "chậm"], className="warn")]
    words = trend_text(changed) if changed else ""
    if changed is None or not words:
        return []
    return [
        html.Span([icon(changed.way), html.Span(trend_text(changed), className="n")], className="warn" if worse else "")
    ]


def trend_text(changed: Trend) -> str:
    """How much it changed, short enough for a tile: per cent, from twice as much on how many times, or an amount of up
    to three digits; else nothing."""
    if changed.way is Way.FLAT:
        return "0"
    if changed.share is None:
        return number(changed.amount) if changed.amount < 1000 else ""
    if changed.share < 0.005:
        return f"<{NB}1{NB}%"
    many = changed.way is Way.UP and changed.share >= 0.995
    return f"×{decimal(1 + changed.share)}" if many else percent(changed.share, 0)


def _dead(label: str, *lines: Component) -> Props:
    return {
        "children": [html.H2(was(label), className="l"), *(html.P(line) for line in lines)],
        "className": "num dead",
    }


def rate_tile(live: Live, settings: Settings) -> Props:
    on_time, late = live.total("on_time"), live.total("late")
    rate = share(on_time, on_time + late)
    label = f"Tỷ lệ đúng hạn {period_on(live, 'on_time')}"
    condition = live.condition
    target = f"mục tiêu {percent(settings.on_time_target, 0)}"
    if condition.dead:
        old: list[Component] = []
        if condition.state is not State.ERROR and live.has_period:
            words = percent(rate) if rate is not None else "không biết"
            old = [html.P(was([f"{at_words(live)} ", html.Span(words, className="n")]))]
        if condition.state is State.ERROR:
            old = [html.P(was(retry_words(live)))]
        return _dead_rate(label, dead_tag(live), *old, html.P(was(target)))
    if condition.state is State.NONE:
        return _dead_rate(label, none_tag("CHƯA CÓ DỮ LIỆU"), html.P(was(target)))
    if not live.has_period:
        since = f"từ {short_day(live.reach, live.today)}" if live.reach else ""
        return _dead_rate(label, none_tag("KHÔNG CÓ DỮ LIỆU"), html.P(was(since)), html.P(was(target)))
    if rate is None:
        return _dead_rate(label, none_tag("CHƯA CÓ SỐ"), html.P(was("chưa hồ sơ có hạn nào xong")), html.P(was(target)))
    below = rate < settings.on_time_target
    tone = "warn" if below else ""
    return {
        "children": [
            html.H2([html.Span(className=f"key {tone}"), label], className="l"),
            html.A(
                rate_text(rate),
                href=links.opening("late", live.view, Filters(unit=live.view.unit), dark=True),
                className=f"v v0 {tone}" + (" full" if rate >= 0.9995 else ""),
                **{"data-k": "rate", "data-count": str(late), "data-counter": "late"},
            ),
            _scale(rate, settings.on_time_target, tone),
            html.P(_target_words(below, target, settings), className="nb"),
            html.P(_rate_change(live, rate), className="nb quiet"),
        ],
        "className": "A",
    }


def _dead_rate(label: str, tag: Component, *lines: Component) -> Props:
    return {"children": [html.H2(was(label)), html.P(tag), *lines], "className": "A dead"}


def _target_words(below: bool, target: str, settings: Settings) -> list[Any]:
    unverified = [] if settings.on_time_target_verified else [html.Span(" chưa kiểm chứng", className="quiet")]
    if below:
        return [html.Span([icon("warn"), f" dưới {target}"], className="warn"), *unverified]
    return [html.Span(f"đạt {target}"), *unverified]


def _rate_change(live: Live, rate: float) -> list[Any]:
    if live.feeding.holes:
        return [html.Span([icon("warn"), " thiếu bản ghi"], className="warn")]
    if live.condition.state is State.LATE:
        return [html.Span([icon("warn"), " số chậm"], className="warn")]
    before = live.base.rate if live.base else None
    if before is None:
        return [f"trong {tile_number(live.total('on_time') + live.total('late'))} hồ sơ có hạn"]
    difference = round(rate * 100, 1) - round(before * 100, 1)
    way = Way.UP if difference > 0 else Way.DOWN if difference < 0 else Way.FLAT
    return [icon(way), f"{NB}", html.Span(decimal(abs(difference)), className="n"), f"{NB}điểm"]


def _scale(rate: float, target: float, tone: str) -> Component:
    """Rate and target on one scale that does not begin at zero, so a dot and a tick, never a bar."""
    low = next(bound for bound in (0.7, 0.5, 0.0) if bound <= min(rate, target))

    def place(value: float) -> dict[str, str]:
        return {"left": f"{100 * (value - low) / (1 - low):.2f}%"}

    words = f"Thang {percent(low, 0)} đến 100{NB}%: {percent(rate)}, mục tiêu {percent(target, 0)}"
    return html.Div(
        [
            html.Span(className="ax"),
            html.Span(className=f"dot {tone}", style=place(rate)),
            html.Span(className="goal", style=place(target)),
        ],
        className="scale",
        role="img",
        **{"aria-label": words},
    )


__all__ = ["amount", "number_tile", "period_on", "points", "rate_tile", "trend_text"]
