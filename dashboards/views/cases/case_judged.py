"""Why one case is judged as it is: both deadlines with the sentence why, what was not done as the law says."""

from datetime import datetime

from dash import html

from dashboards import deadline_reasons
from dashboards.deadline_reasons import Broken
from dashboards.lateness import judged, lasted
from dashboards.readers.cases import StoredCase, ToldCase
from dashboards.screens.parts import Component, icon
from dashboards.words import NB, day_of, deadline, deadline_day, short_day, when
from schemas.history import EntryData
from schemas.province import as_datetime
from schemas.state import DONE_KINDS

REASON = {
    True: "có nêu lý do bằng văn bản",
    False: "không nêu lý do bằng văn bản",
    None: "nguồn không nói có nêu lý do hay không",
}
NAMES = {"_61": f"Hạn NĐ{NB}61", "_766": f"Hạn QĐ{NB}766"}


def lines(told: ToldCase, now: datetime) -> list[Component]:
    """Nothing of a case that is not judged."""
    case = told.case
    found = [
        _line(case, reading, why, now)
        for reading, why in (
            ("_61", deadline_reasons.of_61(told.moves)),
            ("_766", deadline_reasons.of_766(told.moves)),
        )
        if why
    ]
    return [*found, *_breaches(told, now)]


def _line(case: StoredCase, reading: str, why: str, now: datetime) -> Component:
    due, late, words = judged(case, now, f"late{reading}")
    said = f"{deadline(due)} {short_day(deadline_day(due), day_of(now))}" if due else deadline_reasons.NONE_RUNS
    verdict = html.Span([icon("warn"), f" {_late(words)}"], className="warn") if late else _in_time(case, reading, now)
    return html.P(
        [html.B(f"{NAMES[reading]}: {said}"), ", ", verdict, ". ", html.Span(why, className="why")], className="jd"
    )


def _late(words: str) -> str:
    return f"quá hạn, {words}" if words.startswith("bổ sung") else f"trễ {words} làm việc"


def _in_time(case: StoredCase, reading: str, now: datetime) -> str:
    due = case.due_61 if reading == "_61" else case.due_766
    ended = case.ended_766 is not None if reading == "_766" else case.end_kind in DONE_KINDS
    if due is None:
        return "không tính"
    if ended:
        return "đúng hạn"
    return f"còn {lasted(now, due)} làm việc" if case.open else "không tính đúng hạn hay trễ hạn"


def _breaches(told: ToldCase, now: datetime) -> list[Component]:
    if not told.breaches:
        return []
    said = "; ".join(_breach(one, now) for one in told.breaches)
    return [html.P([html.Span([icon("warn"), " Chưa đúng quy định: "], className="warn"), said], className="jd")]


def _breach(one: Broken, now: datetime) -> str:
    times = f" {one.amount} lượt" if one.amount > 1 else ""
    return f"{one.label}{times} {short_day(one.day, day_of(now))} ({one.article})"


def said_of(kind: str, data: EntryData, now: datetime) -> str:
    """What an event says of a reason or a letter; of one that could say it and does not, that nothing is known."""
    if kind == "refused":
        return REASON[data.reason_given]
    if kind != "extended":
        return ""
    if data.apology is False:
        return "không có thư xin lỗi"
    if data.apology_at is not None:
        return f"thư xin lỗi lúc {when(as_datetime(data.apology_at), day_of(now))}"
    return "có thư xin lỗi, không rõ lúc nào" if data.apology else "nguồn không nói có thư xin lỗi hay không"


def warns(kind: str, data: EntryData) -> bool:
    return (kind == "refused" and data.reason_given is False) or (kind == "extended" and data.apology is False)
