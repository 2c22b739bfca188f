"""A wall's top bar: title, date, source with its age, badge, clock, in the longest words that its one line holds."""

from datetime import date
from typing import Any

from dash import html

from dashboards.readers.snapshot import Ground
from dashboards.screens.frame import FrameLine, badge, drawn, loading_badge, of_sources
from dashboards.screens.parts import Component
from dashboards.screens.wall.measured import ICON, em
from dashboards.settings import ScreensSettings
from dashboards.words import capital, clock, day, weekday, width

# In em of the bar's 4.4 rem, as wall.css sets it; a wider wall has more.
ROOM = (192 - 2 * 4.8) / 4.4
GAP = 3 / 4.4
BADGE_EDGES = 2 * (1.6 + 0.3) / 4.4
SPACED = 0.02
CLOCK = 3.1  # of equal digits
SPARE = 0.3  # for what rounding of the letters' widths adds up to


def top_bar(title: str, live: Ground, settings: ScreensSettings) -> list[Component]:
    marks = badge(live, settings)
    line = of_sources(live, settings)
    said, words = fitting(title, live.today, line, marks)
    more = [*marks, *loading_badge(live, settings)]
    shorter = fitting(title, live.today, line, more)
    if shorter[0] and shorter[1] is words:  # the date may be written shorter for it; the foot says it too
        marks, said = more, shorter[0]
    return [
        html.H1(title),
        *([html.Span(said, className="quiet")] if said else []),
        html.Span(className="sp"),
        drawn(line, words),
        *marks,
        html.Span(clock(live.as_of), className="clock n", **{"data-clock": "1"}),
    ]


def fitting(title: str, today: date, line: FrameLine, marks: list[Component]) -> tuple[str, list[Any]]:
    """The date and the words of the source: the source keeps its words as long as a date fits beside them; the date
    goes last."""
    dates = (f"{capital(weekday(today))}, {day(today)}", day(today), f"{today:%d/%m}")
    room = ROOM - SPARE - em(title, bold=True) - CLOCK - sum(_badge(mark.children) for mark in marks)
    room -= GAP * (3 + len(marks))
    for words in line.forms:
        for said in dates:
            if _words(words, bold=line.warn) + GAP + width(said) <= room:
                return said, words
    return "", next((words for words in line.forms if _words(words, bold=line.warn) <= room), line.forms[-1])


def _words(words: list[Any], *, bold: bool) -> float:
    return ICON + em(words, bold=bold)


def _badge(text: str) -> float:
    return em(text, bold=True) + SPACED * len(text) + BADGE_EDGES
