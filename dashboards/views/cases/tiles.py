"""The wall's numbers: the rate with its target, and the six counts."""

from typing import Any

from dash import html

from dashboards.comparison import Trend, Way, trend
from dashboards.periods import PeriodName
from dashboards.ratios import share
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Live
from dashboards.screens import links
from dashboards.screens.parts import (
    Component,
    Props,
    icon,
    instead,
    none_tag,
    note,
    rate_text,
    size,
    tile_instead,
    tile_line,
    value_text,
    was,
)
from dashboards.settings import ScreensSettings
from dashboards.source_silence import State
from dashboards.words import NB, decimal, number, percent, points, short_day, short_period, tile_number
from schemas.counter_kinds import Kind
from schemas.counters import COUNTER

BY_SHARE = frozenset({"accepted", "open", "finished", "on_time"})  # trends of the rest are amounts
WARNING = frozenset({"late", "overdue"})


def period_on(live: Live, counter: str) -> str:
    """The period as it stands on a tile: short, because the number needs the room."""
    if COUNTER[counter].kind is Kind.NOW:
        return f"đến {short_day(live.reach, live.today)}" if live.old and live.reach else f"lúc{NB}này"
    return short_period(live.period, live.today)


def amount(live: Live, counter: str) -> int:
    return live.total_now(counter) if COUNTER[counter].kind is Kind.NOW else live.total(counter)


def state_of(live: Live, counter: str) -> State:
    """Of a counter's number: what is of this moment goes with its source, what is of the period as that does."""
    now = COUNTER[counter].kind is Kind.NOW
    return live.standing(live.has_open, finished=False) if now else live.standing(live.has_period)


def number_tile(counter: str, live: Live, settings: ScreensSettings) -> Props:
    label, state, value = COUNTER[counter].label, state_of(live, counter), amount(live, counter)
    old = was(_old_value(live, counter, value), key=counter)
    lines = tile_instead(live, state, old, told=not live.reached, nothing=period_on(live, counter))
    if lines is not None:
        return _dead(label, *lines)
    changed = _changed(counter, live, state)
    worse = counter in WARNING and changed is not None and changed.way is Way.UP
    href = links.opening(counter, live.view, Filters(unit=live.view.unit), dark=True)
    line = tile_line(live, state, period_on(live, counter), dated=COUNTER[counter].kind is not Kind.NOW)
    return {
        "children": [
            html.H2(label, className="l"),
            html.A(
                value_text(value),
                href=href,
                className=f"v {size(value)}" + (" warn" if worse and counter == "late" else ""),
                **{"data-k": counter, "data-count": str(value), "data-counter": counter},
            ),
            html.P([*line, *_trend(changed, worse)], className="t"),
        ],
        "className": "num",
    }


def _changed(counter: str, live: Live, state: State) -> Trend | None:
    """How the number has changed; nothing where the same line has to say something else."""
    if live.base is None or live.feeding.holes or state not in (State.LIVE, State.RESTING):
        return None
    return trend(amount(live, counter), getattr(live.base, counter), as_share=counter in BY_SHARE)


def _trend(changed: Trend | None, worse: bool) -> list[Component]:
    words = trend_text(changed) if changed else ""
    if changed is None or not words:
        return []
    return [html.Span([icon(changed.way), html.Span(words, className="n")], className="warn" if worse else "")]


def _old_value(live: Live, counter: str, value: int) -> list[Component]:
    period = "" if COUNTER[counter].kind is Kind.NOW else period_on(live, counter)
    if abs(value) >= 100_000 and live.period.name is PeriodName.TODAY and live.period.first and period:
        period = f"{live.period.first:%d/%m}"
    return [html.Span(tile_number(value), className="n"), f" {period}" if period else ""]


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


def rate_tile(live: Live, settings: ScreensSettings) -> Props:
    on_time, late = live.total("on_time"), live.total("late")
    rate = share(on_time, on_time + late)
    label = f"Tỷ lệ đúng hạn {period_on(live, 'on_time')}"
    target = f"mục tiêu {percent(settings.on_time_target, 0)}"
    state = state_of(live, "on_time")
    words = html.Span(percent(rate) if rate is not None else "không biết", className="n")
    lines = instead(live, state, words)
    if lines is not None:
        return _dead_rate(label, *lines, was(target))
    if rate is None:
        return _dead_rate(label, none_tag(), was("chưa hồ sơ có hạn nào xong"), was(target))
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
            *([html.P(province, className="nb quiet")] if (province := of_province(live)) else []),
        ],
        "className": "A",
    }


def _dead_rate(label: str, *lines: Component) -> Props:
    return {"children": [html.H2(was(label)), *(html.P(line) for line in lines)], "className": "A dead"}


def _target_words(below: bool, target: str, settings: ScreensSettings) -> list[Any]:
    unverified = [] if settings.on_time_target_verified else [html.Span(" chưa kiểm chứng", className="quiet")]
    if below:
        return [html.Span([icon("warn"), f" dưới {target}"], className="warn"), *unverified]
    return [html.Span(f"đạt {target}"), *unverified]


def of_province(live: Live) -> str:
    """Beside the rate of some units, which a viewer sees alone, that of all; empty where he sees all."""
    return "" if live.province_rate is None else f"toàn tỉnh {percent(live.province_rate)}"


def _rate_change(live: Live, rate: float) -> list[Any]:
    if said := note(live, state_of(live, "on_time")):
        return said
    before = live.base.rate if live.base else None
    rest = undated(live)
    if before is None:
        return [f"trong {tile_number(live.total('on_time') + live.total('late'))} hồ sơ có hạn", *rest]
    difference = round(rate * 100, 1) - round(before * 100, 1)
    way = Way.UP if difference > 0 else Way.DOWN if difference < 0 else Way.FLAT
    return [icon(way), f"{NB}", html.Span(decimal(abs(difference)), className="n"), f"{NB}điểm", *rest]


def undated(live: Live) -> list[str]:
    """Finished cases that are neither in time nor late, because nothing was promised: what the parts of "Đã xong" lack
    to its whole."""
    rest = live.total("finished") - live.total("on_time") - live.total("late")
    return [f", {tile_number(rest)}{NB}xong không hẹn"] if rest > 0 else []


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


__all__ = ["amount", "number_tile", "period_on", "points", "rate_tile", "trend_text", "undated"]
