"""What every screen says around its figures: how old its source is, and what the last audit found."""

from typing import Any, NamedTuple

from dash import html

from dashboards.loading import loading
from dashboards.readers.snapshot import Ground
from dashboards.screens.parts import (
    LOADING,
    SIMULATED,
    SIMULATED_BOTH,
    SIMULATED_CLOCK,
    Component,
    countdown,
    icon,
    ticking,
)
from dashboards.settings import ScreensSettings
from dashboards.source_silence import FeedState, State, live_feeds, waiting_for
from dashboards.words import clock, day, day_of, number, short_day, tile_number, when

HISTORY = (
    "Nạp ngày gần trước, rồi lùi dần về một năm; hồ sơ đang mở, quá hạn và biểu đồ ngày cũ còn đổi đến khi nạp xong"
)


class FrameLine(NamedTuple):
    """What is said of the sources: a shape, and its words in several forms, of which the first says most."""

    shape: str
    forms: tuple[list[Any], ...]
    warn: bool = False


def source_line(live: Ground, settings: ScreensSettings, *, beside_a_page: bool = False) -> Component:
    """The source whose age counts, in its longest words."""
    return drawn(line := of_sources(live, settings, beside_a_page=beside_a_page), line.forms[0])


def drawn(line: FrameLine, words: list[Any]) -> Component:
    return html.Span([icon(line.shape), html.Span(words)], className="src warn" if line.warn else "src")


def of_sources(live: Ground, settings: ScreensSettings, *, beside_a_page: bool = False) -> FrameLine:
    """The source whose age counts: the worst, or of equals the oldest; a file says up to which day it reaches. Beside a
    page that is of a moment of its own and does not move, it is said since when a source has been silent."""
    condition = live.condition
    of = f" ({condition.who})" if condition.who else ""
    match condition.state:
        case State.ERROR:
            retry = ["; thử lại ", countdown(condition.retry_at, live.as_of)] if condition.retry_at else []
            return FrameLine("error", ([f"Lỗi đọc{of}", *retry], [f"Lỗi đọc{of}"], ["Lỗi đọc"]), warn=True)
        case State.HANGING if condition.since:
            since = f"Đọc số treo từ {when(condition.since, live.today)}"
            return FrameLine("silent", ([since + of], [since], ["Đọc số treo"]), warn=True)
        case State.OFFLINE if condition.since:
            return FrameLine("silent", (["Mất mạng ", ticking(condition.since, live.as_of)],), warn=True)
        case State.STOPPED if condition.since:
            if beside_a_page:
                return FrameLine("silent", ([f"Xử lý dừng từ {when(condition.since, live.today)}"],), warn=True)
            return FrameLine("silent", (["Xử lý dừng ", ticking(condition.since, live.as_of)],), warn=True)
        case State.NONE:
            return FrameLine("none", (["chưa có nguồn"],))
    lost = sum(hole.to_offset - hole.from_offset for hole in live.feeding.holes)
    if lost:
        return FrameLine("warn", ([f"thiếu {number(lost)} bản ghi"],), warn=True)
    if waiting_for(live.feeding.heartbeats, live.as_of, settings) is not None:
        return FrameLine("warn", (["Xử lý đang chờ"],), warn=True)
    living = live_feeds(live.feeding.sources, live.as_of, settings, live.feeding.work)
    feeds = [feed for feed in living if not feed.stranger]
    if not feeds:
        reach = f"đến {day(live.reach)}" if live.reach else "rỗng"
        return FrameLine("live", ([f"Sổ nhập {reach}"], [reach]))
    return _of_feed(feeds[0], live, beside_a_page=beside_a_page)


def _of_feed(feed: FeedState, live: Ground, *, beside_a_page: bool) -> FrameLine:
    """A name may have to go where the sentence says it; a moment of another day may be said by its day."""
    at, own = when(feed.received_at, live.today), day_of(feed.received_at)
    on = at if own == live.today else short_day(own, live.today)
    if feed.state is State.RESTING:
        return FrameLine("live", ([f"Ngoài giờ, số đến {at}"], [f"Ngoài giờ, đến {on}"], [f"Nghỉ, đến {on}"]))
    if feed.state is State.LIVE and not feed.began:
        return FrameLine("live", ([f"{feed.name}, số đến {at}"], [f"{feed.name}, đến {on}"], [f"số đến {on}"]))
    if beside_a_page and feed.state is State.SILENT:
        return FrameLine("silent", ([f"{feed.name} im lặng từ {at}"],), warn=True)
    word = {State.SILENT: "im lặng ", State.LATE: "chậm "}.get(feed.state, "")
    shape = {State.SILENT: "silent", State.LATE: "warn"}.get(feed.state, "live")
    aged = ticking(feed.received_at, live.as_of)
    return FrameLine(shape, ([f"{feed.name} {word}", aged], [word, aged]), warn=feed.state is not State.LIVE)


def rules_line(live: Ground) -> Component | None:
    """While rules, calendar or names have changed and not everything was judged again: how much was not."""
    amounts = ((live.feeding.old.cases, "hồ sơ"), (live.feeding.old.subjects, "mục khác"))
    said = ", ".join(f"{number(count)} {of}" for count, of in amounts if count)
    if not said or live.condition.dead:
        return None
    return html.Span([icon("warn"), f"{said} chưa tính theo quy tắc mới"], className="src warn")


def history_lines(live: Ground, settings: ScreensSettings) -> tuple[Component, ...]:
    """While a demo's history is not whole: up to which day it is, in several forms, of which the first says most."""
    found = loading(live.feeding.heartbeats, live.as_of, settings)
    if found is None or not live.feeding.simulated:
        return ()
    on = day(found.reached)
    if found.going_on:
        forms = (f"Đang nạp lịch sử mô phỏng: đến {on}", f"Đang nạp lịch sử: đến {on}", f"Nạp lịch sử đến {on}")
    else:
        forms = (f"Lịch sử mô phỏng mới nạp đến {on}", f"Lịch sử mới nạp đến {on}", f"Mới nạp đến {on}")
    return tuple(html.Span([icon("warn"), said], className="src warn", title=HISTORY) for said in forms)


def audit_lines(live: Ground, settings: ScreensSettings) -> tuple[Component, ...]:
    """What was audited last, when, and the result, in several forms, of which the first says most; while a demo's
    history is not whole, that, and while cases stand under older rules, how many do."""
    if history := history_lines(live, settings):
        return history
    if (old := rules_line(live)) is not None:
        return (old,)
    audit = live.feeding.audit
    if audit is None:
        return (html.Span([icon("none"), "Chưa đối soát lần nào"]),)
    of, at = f"{tile_number(audit.cases)} hồ sơ", when(audit.finished_at, live.today)
    if audit.differences:
        wrong = f"Đối soát {at}: {number(audit.differences)} chỗ không khớp"
        shape, tone, forms = "warn", "warn", (f"{wrong} trong {of}", wrong)
    elif live.as_of - audit.finished_at > 2 * settings.audit_every:
        shape, tone = "silent", ""
        forms = (f"Đối soát dừng; lần cuối {at}, {of} đều khớp", f"Đối soát dừng từ {at}")
    else:
        shape, tone, forms = "ok", "", (f"Đối soát {at}: {of} đều khớp", f"Đối soát {at}: đều khớp")
    sums = f"{number(audit.cases)} hồ sơ và {number(audit.buckets)} số tổng được tính lại"
    return tuple(html.Span([icon(shape), said], className=tone, title=sums) for said in forms)


def badge(live: Ground, settings: ScreensSettings) -> list[Component]:
    """What on the screen is not real: its data, its clock, or both."""
    shifted = settings.clock_offset_s != 0
    if live.feeding.simulated:
        return [html.Span(SIMULATED_BOTH if shifted else SIMULATED, className="sim")]
    return [html.Span(SIMULATED_CLOCK, className="sim")] if shifted else []


def loading_badge(live: Ground, settings: ScreensSettings) -> list[Component]:
    """Beside it on a wall, whose foot says up to which day."""
    return [html.Span(LOADING, className="sim")] if history_lines(live, settings) else []


__all__ = ["audit_lines", "badge", "clock", "history_lines", "loading_badge", "short_day", "source_line"]
