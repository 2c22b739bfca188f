"""Panels of the screens under each other on one page, made by the screens' own functions from what may come: every
unit and procedure, dates of other years, latenesses of thousands of days, a source in every state."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import product
from typing import Any, TypeVar

from dash import html

from dashboards import part_names, periods, unit_names
from dashboards.periods import ALL, PeriodName
from dashboards.readers import cases, subjects
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.readers.figures import NO_FILTERS
from dashboards.readers.openings import Item, Opening, SubjectItem
from dashboards.readers.snapshot import DayRow, Feeding, FlowRow, Ground, NowRow, Selection, chart_days
from dashboards.readers.sources import Heartbeat
from dashboards.readers.subjects import StoredSubject
from dashboards.screens import listing, nav
from dashboards.screens.parts import Component
from dashboards.screens.registry import SCREENS
from dashboards.screens.screen import Screen
from dashboards.screens.tablet import shell
from dashboards.screens.wall import ranked
from dashboards.screens.wall.top_bar import top_bar
from dashboards.settings import Feed, ScreensSettings
from dashboards.source_silence import Condition, State
from dashboards.views.cases import case_page as case_screen
from dashboards.views.cases import panels
from dashboards.views.cases import tablet as home
from dashboards.views.cases.wall_layout import layout as wall_layout
from dashboards.views.essential import VIEW as ESSENTIAL
from dashboards.views.essential.declared import Group
from dashboards.views.process.wall import NAME_EM, WAY_EM
from dashboards.views.topics import listing as topic_listing
from dashboards.views.topics import wall as topic_wall
from dashboards.views.topics.declared import TOPICS
from dashboards.views.topics.ids import Wall
from dashboards.words import procedure_name, short_unit
from schemas.cases import SIMULATED
from schemas.history import Entry, EntryData
from schemas.province import ZONE, moment
from schemas.reference.reading import read
from schemas.simulated_history import PROCESS, said_of
from tests.screens.as_html import as_html
from tests.unit.screens import NOW, SETTINGS, beat, feeding, live, source
from tests.unit.test_screens_essential import live as essential_live
from tests.unit.test_screens_essential import service
from tests.unit.test_screens_topics import made

T = TypeVar("T")
REFERENCE = read()
PROCEDURES = tuple({placed.row.code: placed.row.name for placed in REFERENCE.procedures}.items())
LONGEST = "Trung tâm điều h"  # a source's name: as many letters as a setting may have
DUE = tuple(datetime(*day, 17, tzinfo=ZONE).astimezone(UTC) for day in ((2026, 11, 21), (2023, 7, 28), (1998, 12, 22)))


def units() -> tuple[str, ...]:
    """The keys of all units of every year, whose names are held from now on as the screens hold them."""
    found = {placed.row.code: placed.row.name for placed in REFERENCE.units}
    short: dict[str, tuple[str, ...]] = {}
    for placed in REFERENCE.other_names:
        if placed.row.kind == "unit" and placed.row.note == "abbreviation":
            short[placed.row.code] = (*short.get(placed.row.code, ()), placed.row.alias)
    unit_names.hold(found, short)
    part_names.hold({("system", placed.row.code): placed.row.name for placed in REFERENCE.systems})
    return tuple(found)


def forget_names() -> None:
    """Nothing has a name again, as the tests of this process that come later take it."""
    unit_names.hold({}, {})
    part_names.hold({})


def grounds() -> Iterator[tuple[Ground, ScreensSettings]]:
    """A source of each name in each state, then our own."""
    all_day: dict[str, Any] = {"opens": time(0), "closes": time(0), "weekdays": frozenset(range(7))}
    short_days: dict[str, Any] = {
        "opens": time(14, 30),
        "closes": time(14, 40),
        "rhythm": timedelta(hours=23),
        "bound": timedelta(9),
    }
    ages = {
        "live": (timedelta(seconds=59), all_day),
        "late": (timedelta(minutes=119), {**all_day, "bound": timedelta(hours=9)}),
        "silent": (timedelta(days=410), all_day),
        "resting": (timedelta(days=410), {"weekdays": frozenset()}),
        "not begun": (timedelta(days=410), short_days),
    }
    names = (*dict.fromkeys(feed.name for feed in (*SETTINGS.feeds, *SETTINGS.topic_feeds) if feed.name), LONGEST)
    marks = (("urn:x", 0), (SIMULATED, 0), (SIMULATED, 60))  # no badge, and either
    for name, (age, hours), (sends, offset) in product(names, ages.values(), marks):
        feed = Feed(source=sends, name=name, **hours)
        settings = SETTINGS.model_copy(update={"feeds": (feed,), "clock_offset_s": offset})
        yield live(feeding=feeding(source(name=sends, age=age.total_seconds()))), settings
    for offset, reached in product((0, 60), (DUE[0], DUE[1])):
        yield live(feeding=still_loading(reached)), SETTINGS.model_copy(update={"clock_offset_s": offset})
    for state, since in product((State.ERROR, State.HANGING, State.OFFLINE, State.STOPPED), (NOW, DUE[1])):
        condition = Condition(state, since=since, who="đĩa đầy", retry_at=NOW + timedelta(seconds=59))
        yield live(condition=condition), SETTINGS


def still_loading(reached: datetime) -> Feeding:
    """A demo that has loaded its history back to this day."""
    told = Heartbeat(PROCESS, NOW, NOW, *said_of(reached.date()))
    return replace(feeding(source()), heartbeats=(beat(), told))


def top_bars() -> list[Component]:
    return [
        html.Header(top_bar(nav.title(title), ground, settings), className="top")
        for (ground, settings), title in product(grounds(), nav.WALLS)
    ]


def unit_panels() -> Iterator[Component]:
    """What pulls down and what is overdue by unit, four at a time, and what falls due today."""
    for some in batched(units(), 4):
        flows = tuple(FlowRow(key, "online", 900, 400, 100, 300) for key in some)
        now = tuple(NowRow(key, 99_999, 12_345, 1_234, NOW, NOW) for key in some)
        pulling, overdue = live(flows=flows, now=now), live(flows=(), now=now, base=None)
        yield html.Main([html.Section(**panels.units(pulling)), html.Section(**panels.due(pulling))], className="grid")
        yield html.Main(html.Section(**panels.units(overdue)), className="grid")


def source_panels() -> Iterator[Component]:
    """The sources by their age, as the page of the sources names them."""
    for ground, settings in grounds():
        shown = made(TOPICS["nguon"], feeding=ground.feeding)
        parts, _ = SCREENS[topic_wall.name_of("nguon")].render(shown, settings, None)
        yield html.Main(html.Section(**parts[Wall.FIRST]), className="grid topic")


def new_year() -> Iterator[dict[str, Any]]:
    """The first days of a year, whose sources were last heard in the year before."""
    last = datetime(2026, 12, 31, 17, 24, tzinfo=ZONE).astimezone(UTC)
    as_of = datetime(2027, 1, 1, 10, tzinfo=ZONE).astimezone(UTC)
    days = chart_days(last.date())
    for state, name in product(State, PeriodName):
        if name is not PeriodName.BETWEEN:
            condition = Condition(state, since=last, who=LONGEST, retry_at=as_of + timedelta(seconds=9), keeps=True)
            yield {
                "condition": condition, "period": periods.named(name, last), "as_of": as_of, "at": last,
                "reach": last.date(), "chart_days": days,
            }  # fmt: skip


def whole_walls() -> Iterator[Component]:
    """The walls of cases and of the topics then, in every state and for every period."""
    for changes in new_year():
        days = tuple(DayRow(day, 30_000, 12_345 * (day.day % 3)) for day in changes["chart_days"])
        shown = live(**{**changes, "period": changes["period"].name}, days=days)
        yield _wall(wall_layout, replace(shown, period=changes["period"]), SCREENS[nav.CASES])
        if changes["period"].name not in (PeriodName.TODAY, PeriodName.YEAR):
            continue
        for topic in TOPICS.values():
            screen = SCREENS[topic_wall.name_of(topic.name)]
            yield _wall(screen.layout, made(topic, **changes), screen)
    yield _wall(wall_layout, live(feeding=still_loading(DUE[0])), SCREENS[nav.CASES])
    yield _wall(SCREENS[ESSENTIAL.slug].layout, essential_live(feeding=still_loading(DUE[0])), SCREENS[ESSENTIAL.slug])


def _wall(layout: Any, ground: Ground, screen: Screen) -> Component:
    page = layout(ground.view, screen.render(ground, SETTINGS, None)[0])
    parts = [part for part in page.children if isinstance(part, html.Header | html.P | html.Main | html.Footer)]
    return html.Div(parts, className="screen")


def top_lines() -> Iterator[Component]:
    """A tablet's top bar with each thing that can be said of a source, under the longest titles."""
    for (ground, settings), (title, back) in product(grounds(), (("Từng thành phần", "Điểm 766"), ("Hồ sơ", ""))):
        parts = shell.frame(ground, settings)
        page = shell.page(title, [], view=Selection("khung"), parts=parts, back=(back, "/") if back else None)
        header = next(part for part in page.children if isinstance(part, html.Header))
        yield header


def service_panels() -> Iterator[Component]:
    """Every essential service, five at a time, with the greatest numbers."""
    named = [placed.row for placed in REFERENCE.services if placed.row.short_name]
    for some in batched(named, 5):
        shown = [service(one.number, 31_250, 12_345, short_name=one.short_name, name=one.name) for one in some]
        why = {one.number: dict.fromkeys(Group, 12_345) for one in some}
        yield _wall(SCREENS[ESSENTIAL.slug].layout, essential_live(*shown, why=why), SCREENS[ESSENTIAL.slug])


def ranked_panels() -> Iterator[Component]:
    """Units and procedures on the walls that rank."""
    number = ranked.plain("12.345")
    for some in batched(units(), 5):
        rows = [ranked.row(short_unit(key), (number, number), "số", part=1.0, warn=True) for key in some]
        wide = ranked.wide("Đơn vị", [("số", short_unit(key)) for key in some])
        yield _ranked(rows, wide)
    for procedures in batched(PROCEDURES, 4):
        rows = [
            ranked.row(procedure_name(name, code, NAME_EM), (number, number), "số", "có khi 12,3 ngày")
            for code, name in procedures
        ]
        yield _ranked(rows, ranked.wide("Cách đi", [(procedure_name(n, c, WAY_EM), "số") for c, n in procedures]))


def _ranked(rows: list[Component], wide: dict[str, Any]) -> Component:
    return html.Main(
        [
            html.Section(**ranked.panel(("Từ thấp nhất", "Điểm", "Có số"), rows)),
            html.Section(**ranked.side("Toàn tỉnh", [])),
            html.Section(**wide),
        ],
        className="grid svc ranked",
    )


def unit_rows() -> Iterator[Component]:
    """The same units as the tablet's home names them."""
    for some in batched(units(), 5):
        flows = tuple(FlowRow(key, "online", 900, 400, 100, 300) for key in some)
        parts, _ = home.render(live(flows=flows), SETTINGS)
        yield html.Main(html.Div(html.Section(**parts[home.HomePart.UNITS]), className="left"), className="home")


def case(number: int, key: str, procedure: str) -> StoredCase:
    """Late since this year, since another, since long ago; some of them ended."""
    due = DUE[number % 3]
    ended = due + timedelta(days=1_234) if number % 5 == 0 else None
    begun = due - timedelta(days=(2, 30, 400)[number % 3])
    return StoredCase(
        f"000.00.{number % 99:02}.H19-231117-{number:05}", key, procedure, "online", None, begun, due, ended,
        "finished" if ended else None, None, None, None, None, key, None, False, False,
    )  # fmt: skip


def all_cases() -> list[StoredCase]:
    keys = units()
    many = max(len(keys), len(PROCEDURES))
    return [case(n, keys[n % len(keys)], PROCEDURES[n % len(PROCEDURES)][1]) for n in range(many)]


def lists() -> list[Component]:
    """Every unit and procedure in one list of cases, and of subjects."""
    found = all_cases()
    opening = Opening("x", "late", ALL, NO_FILTERS, NOW, len(found), len(found))
    items = tuple(Item(n, cases.CountedCase(one, 1)) for n, one in enumerate(found, 1))
    tasks = tuple(
        SubjectItem(
            n,
            subjects.CountedSubject(
                StoredSubject(one.subject, one.unit, "106/KH-UBND", "blocked", one.procedure, one.accepted_at,
                        one.due_at,
                        one.ended_at, None, None, False, False, {}), 1
            ),
        )
        for n, one in enumerate(found, 1)
    )  # fmt: skip
    overdue = Opening("x", "overdue", ALL, NO_FILTERS, NOW, len(found), len(found), "task")
    return [
        main_of(listing.page(opening, items, 1, NOW, {}, dark=False)),
        main_of(topic_listing.page(overdue, tasks, 1, NOW, {}, {}, dark=False)),
    ]


def one_case() -> Iterator[Component]:
    """Pages of cases whose lane, deadline and end lie in other years."""
    for one in all_cases()[:30]:
        begun = moment(one.accepted_at or NOW)
        history = [
            Entry(
                "accepted", begun, "s", "1", EntryData(unit=one.unit, channel="online", due=moment(one.due_at or NOW))
            ),
            Entry("step", begun + 3_600_000_000, "s", "2", EntryData(unit=one.unit, name="Thẩm định hồ sơ")),
        ]
        if one.ended_at:
            history.append(Entry("finished", moment(one.ended_at), "s", "3", EntryData(unit=one.unit)))
        yield main_of(case_screen.page(ToldCase(one, history), 1, NOW, {}, back="x", dark=False))


def main_of(page: Component) -> Component:
    return next(part for part in page.children if isinstance(part, html.Main))


def batched(all_: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(all_), size):
        yield all_[start : start + size]


@cache
def html_of(made: Callable[[], Iterable[Component]]) -> str:
    """One sheet, each panel that looks like another only once."""
    return "".join(dict.fromkeys(map(as_html, made())))


ON_WALLS = (top_bars, unit_panels, source_panels, ranked_panels, service_panels, whole_walls)
ON_TABLETS = (top_lines, unit_rows, lists, one_case)
