"""What every screen says around its figures: how old its source is, and what the last audit found."""

from typing import Any

from dash import html

from dashboards.feeds import State, live_feeds, waiting_for
from dashboards.readers.snapshot import Ground
from dashboards.screens.parts import SIMULATED, SIMULATED_BOTH, SIMULATED_CLOCK, Component, countdown, icon, ticking
from dashboards.settings import Settings
from dashboards.words import clock, day, number, short_day, tile_number, when


def source_line(live: Ground, settings: Settings, *, beside_a_page: bool = False) -> Component:
    """The source whose age counts: the worst, or of equals the oldest; a file says up to which day it reaches. Beside a
    page that is of a moment of its own and does not move, it is said since when a source has been silent."""
    condition = live.condition
    match condition.state:
        case State.ERROR:
            retry = ["; thử lại ", countdown(condition.retry_at, live.as_of)] if condition.retry_at else []
            return _line("error", ["Lỗi đọc", *retry], warn=True)
        case State.HANGING if condition.since:
            of = f" ({condition.who})" if condition.who else ""
            return _line("silent", [f"Đọc số treo từ {when(condition.since, live.today)}{of}"], warn=True)
        case State.OFFLINE if condition.since:
            return _line("silent", ["Mất mạng ", ticking(condition.since, live.as_of)], warn=True)
        case State.STOPPED if condition.since:
            if beside_a_page:
                return _line("silent", [f"Xử lý dừng từ {when(condition.since, live.today)}"], warn=True)
            return _line("silent", ["Xử lý dừng ", ticking(condition.since, live.as_of)], warn=True)
        case State.NONE:
            return _line("none", ["chưa có nguồn"])
    lost = sum(hole.to_offset - hole.from_offset for hole in live.feeding.holes)
    if lost:
        return _line("warn", [f"thiếu {number(lost)} bản ghi"], warn=True)
    waits = waiting_for(live.feeding.heartbeats, live.as_of, settings)
    if waits is not None:
        return _line("warn", ["Xử lý đang chờ"], warn=True)
    living = live_feeds(live.feeding.sources, live.as_of, settings, live.feeding.work)
    feeds = [feed for feed in living if not feed.stranger]
    if not feeds:
        reach = f"đến {day(live.reach)}" if live.reach else "rỗng"
        return _line("live", [f"Sổ nhập {reach}"])
    feed = feeds[0]
    if feed.state is State.RESTING:
        return _line("live", [f"Ngoài giờ, số đến {when(feed.received_at, live.today)}"])
    if feed.state is State.LIVE and not feed.began:
        return _line("live", [f"{feed.name}, số đến {when(feed.received_at, live.today)}"])
    word = {State.SILENT: " im lặng ", State.LATE: " chậm "}.get(feed.state, " ")
    shape = {State.SILENT: "silent", State.LATE: "warn"}.get(feed.state, "live")
    aged = ticking(feed.received_at, live.as_of)
    if beside_a_page and feed.state is State.SILENT:
        return _line(shape, [f"{feed.name} im lặng từ {when(feed.received_at, live.today)}"], warn=True)
    return _line(shape, [f"{feed.name}{word}", aged], warn=feed.state is not State.LIVE)


def _line(shape: str, words: list[Any], *, warn: bool = False) -> Component:
    return html.Span([icon(shape), html.Span(words)], className="src warn" if warn else "src")


def rules_line(live: Ground) -> Component | None:
    """While rules, calendar or names have changed and not everything was judged again: how much was not."""
    amounts = ((live.feeding.old.cases, "hồ sơ"), (live.feeding.old.subjects, "mục khác"))
    said = ", ".join(f"{number(count)} {of}" for count, of in amounts if count)
    if not said or live.condition.dead:
        return None
    return html.Span([icon("warn"), f"{said} chưa tính theo quy tắc mới"], className="src warn")


def audit_line(live: Ground, settings: Settings) -> Component:
    """What was audited last, when, and the result; while cases stand under older rules, how many do."""
    if (old := rules_line(live)) is not None:
        return old
    audit = live.feeding.audit
    if audit is None:
        return html.Span([icon("none"), "Chưa đối soát lần nào"])
    of = f"{tile_number(audit.cases)} hồ sơ"
    sums = f"{number(audit.cases)} hồ sơ và {number(audit.buckets)} số tổng được tính lại"
    result = f"{of} đều khớp" if audit.differences == 0 else f"{number(audit.differences)} chỗ không khớp trong {of}"
    at = when(audit.finished_at, live.today)
    old = live.as_of - audit.finished_at > 2 * settings.audit_every
    if audit.differences:
        return html.Span([icon("warn"), f"Đối soát {at}: {result}"], className="warn", title=sums)
    if old:
        return html.Span([icon("silent"), f"Đối soát dừng; lần cuối {at}, {result}"], title=sums)
    return html.Span([icon("ok"), f"Đối soát {at}: {result}"], title=sums)


def badge(live: Ground, settings: Settings) -> list[Component]:
    """What on the screen is not real: its data, its clock, or both."""
    shifted = settings.clock_offset_s != 0
    if live.feeding.simulated:
        return [html.Span(SIMULATED_BOTH if shifted else SIMULATED, className="sim")]
    return [html.Span(SIMULATED_CLOCK, className="sim")] if shifted else []


__all__ = ["audit_line", "badge", "clock", "short_day", "source_line"]
