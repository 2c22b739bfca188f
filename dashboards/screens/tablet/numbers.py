"""The tablet's seven numbers, each with its period, change and state."""

from dash import html

from dashboards.comparison import Way, trend
from dashboards.feeds import State
from dashboards.ratios import share
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Live
from dashboards.screens import links
from dashboards.screens.parts import Component, at_words, dead_tag, icon, none_tag, retry_words, was
from dashboards.screens.wall.tiles import BY_SHARE, WARNING, amount, period_on, trend_text
from dashboards.settings import Settings
from dashboards.words import NB, decimal, percent, short_day, tile_number
from schemas.counters import COUNTER, Kind

ORDER = ("accepted", "open", "finished", "on_time", "late", "overdue")


def numbers(live: Live, settings: Settings) -> list[Component]:
    return [_rate(live, settings), *(_count(counter, live) for counter in ORDER)]


def _state(live: Live, has_data: bool, old: str) -> list[Component] | None:
    """What stands in a number's place; ``None`` where the number may stand."""
    condition = live.condition
    if condition.state is State.ERROR:
        return [dead_tag(live), was(retry_words(live))]
    if condition.state is State.NONE:
        return [none_tag()]
    if not has_data:
        since = f"từ {short_day(live.reach, live.today)}" if live.reach else ""
        return [none_tag(), was(since)]
    if condition.dead:
        return [was([f"{at_words(live)} ", html.Span(old, className="n")])]
    return None


def _note(live: Live) -> list[Component]:
    if live.feeding.holes:
        return [html.Span([icon("warn"), " thiếu bản ghi"], className="sub warn")]
    if live.condition.state is State.LATE:
        return [html.Span([icon("warn"), " chậm"], className="sub warn")]
    return []


def _count(counter: str, live: Live) -> Component:
    now = COUNTER[counter].kind is Kind.NOW
    value = amount(live, counter)
    label = [html.Span(COUNTER[counter].label), html.Span(period_on(live, counter), className="kp")]
    state = _state(live, live.has_open if now else live.has_period, tile_number(value))
    if state is not None:
        return html.Div(
            [html.Span(was([COUNTER[counter].label, " ", period_on(live, counter)]), className="kl"), *state],
            className="kn dead",
        )
    changed = trend(value, getattr(live.base, counter), as_share=counter in BY_SHARE) if live.base else None
    worse = counter in WARNING and changed is not None and changed.way is Way.UP
    note = _note(live)
    if changed is not None and not note:
        note = [html.Span([icon(changed.way), f" {trend_text(changed)}"], className="sub warn" if worse else "sub")]
    return html.A(
        [
            html.Span(label, className="kl"),
            html.Span([html.Span(tile_number(value), className="v", **{"data-k": counter}), *note], className="kv"),
        ],
        href=links.opening(counter, live.view, Filters(unit=live.view.unit)),
        className="kn",
        **{"data-count": str(value), "data-counter": counter},
    )


def _rate(live: Live, settings: Settings) -> Component:
    on_time, late = live.total("on_time"), live.total("late")
    rate = share(on_time, on_time + late)
    label = [html.Span("Tỷ lệ đúng hạn"), html.Span(period_on(live, "late"), className="kp")]
    state = _state(live, live.has_period, percent(rate) if rate is not None else "không biết")
    if state is None and rate is None:
        state = [none_tag("CHƯA CÓ SỐ"), was("chưa hồ sơ có hạn nào xong")]
    if state is not None or rate is None:
        tag = [dead_tag(live)] if live.condition.dead and live.condition.state is not State.ERROR else []
        return html.Div(
            [html.Span(was(["Tỷ lệ đúng hạn ", period_on(live, "late")]), className="kl"), *tag, *(state or [])],
            className="kn dead rate",
        )
    below = rate < settings.on_time_target
    before = live.base.rate if live.base else None
    note = _note(live)
    if before is not None and not note:
        change = round(rate * 100, 1) - round(before * 100, 1)
        way = Way.UP if change > 0 else Way.DOWN if change < 0 else Way.FLAT
        note = [html.Span([icon(way), f" {decimal(abs(change))}{NB}điểm"], className="sub")]
    target = f"{'dưới ' if below else ''}mục tiêu {percent(settings.on_time_target, 0)}"
    unverified = "" if settings.on_time_target_verified else " · chưa kiểm chứng"
    return html.A(
        [
            html.Span(label, className="kl"),
            html.Span(
                [html.Span(percent(rate), className="v warn" if below else "v", **{"data-k": "rate"}), *note],
                className="kv",
            ),
            html.Span(
                [*([icon("warn"), " "] if below else []), target + unverified], className="sub warn" if below else "sub"
            ),
        ],
        href=links.opening("late", live.view, Filters(unit=live.view.unit)),
        className="kn rate",
        **{"data-count": str(late), "data-counter": "late"},
    )
