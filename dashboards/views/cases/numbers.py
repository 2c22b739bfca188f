"""The tablet's seven numbers, each with its period, change and state."""

from dash import html

from dashboards.comparison import Way, trend
from dashboards.ratios import share
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Live
from dashboards.screens import links
from dashboards.screens.parts import Component, icon, instead, none_tag, note, was
from dashboards.settings import ScreensSettings
from dashboards.source_silence import State
from dashboards.views.cases.tiles import (
    BY_SHARE,
    WARNING,
    amount,
    of_province,
    period_on,
    state_of,
    trend_text,
    undated,
)
from dashboards.words import NB, decimal, percent, tile_number
from schemas.counters import COUNTER

ORDER = ("accepted", "open", "finished", "on_time", "late", "overdue")


def numbers(live: Live, settings: ScreensSettings) -> list[Component]:
    return [_rate(live, settings), *(_count(counter, live) for counter in ORDER)]


def _count(counter: str, live: Live) -> Component:
    value, state = amount(live, counter), state_of(live, counter)
    label = [html.Span(COUNTER[counter].label), html.Span(period_on(live, counter), className="kp")]
    lines = instead(live, state, html.Span(tile_number(value), className="n"))
    if lines is not None:
        if state not in (State.ERROR, State.NONE) and not live.reached:  # why is said once, above
            lines = lines[1:]
        return html.Div(
            [html.Span(was([COUNTER[counter].label, " ", period_on(live, counter)]), className="kl"), *lines],
            className="kn dead",
        )
    changed = trend(value, getattr(live.base, counter), as_share=counter in BY_SHARE) if live.base else None
    worse = counter in WARNING and changed is not None and changed.way is Way.UP
    said = note(live, state)
    if changed is not None and not said:
        said = [html.Span([icon(changed.way), f" {trend_text(changed)}"], className="sub warn" if worse else "sub")]
    return html.A(
        [
            html.Span(label, className="kl"),
            html.Span(
                [html.Span(tile_number(value), className="v", **{"data-k": counter}), *_under(said)], className="kv"
            ),
        ],
        href=links.opening(counter, live.view, Filters(unit=live.view.unit)),
        className="kn",
        **{"data-count": str(value), "data-counter": counter},
    )


def _rate(live: Live, settings: ScreensSettings) -> Component:
    on_time, late = live.total("on_time"), live.total("late")
    rate = share(on_time, on_time + late)
    label = [html.Span("Tỷ lệ đúng hạn"), html.Span(period_on(live, "late"), className="kp")]
    state = state_of(live, "late")
    words = html.Span(percent(rate) if rate is not None else "không biết", className="n")
    lines = instead(live, state, words)
    if lines is None and rate is None:
        lines = [none_tag(), was("chưa hồ sơ có hạn nào xong")]
    if lines is not None or rate is None:
        return html.Div(
            [html.Span(was(["Tỷ lệ đúng hạn ", period_on(live, "late")]), className="kl"), *(lines or [])],
            className="kn dead rate",
        )
    below = rate < settings.on_time_target
    before = live.base.rate if live.base else None
    said = note(live, state)
    if before is not None and not said:
        change = round(rate * 100, 1) - round(before * 100, 1)
        way = Way.UP if change > 0 else Way.DOWN if change < 0 else Way.FLAT
        said = [html.Span([icon(way), f" {decimal(abs(change))}{NB}điểm"], className="sub")]
    target = f"{'dưới ' if below else ''}mục tiêu {percent(settings.on_time_target, 0)}"
    unverified = "" if settings.on_time_target_verified else " · chưa kiểm chứng"
    return html.A(
        [
            html.Span(label, className="kl"),
            html.Span(
                [html.Span(percent(rate), className="v warn" if below else "v", **{"data-k": "rate"}), *_under(said)],
                className="kv",
            ),
            html.Span(
                [*([icon("warn"), " "] if below else []), target + unverified, *undated(live)],
                className="sub warn" if below else "sub",
            ),
            *([html.Span(province, className="sub")] if (province := of_province(live)) else []),
        ],
        href=links.opening("late", live.view, Filters(unit=live.view.unit)),
        className="kn rate",
        **{"data-count": str(late), "data-counter": "late"},
    )


def _under(said: list[Component]) -> list[Component]:
    """In the small size that stands beside a tablet's number."""
    return [html.Span(said, className="sub")] if said else []
