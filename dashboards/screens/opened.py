"""The head of every list behind a number: the number, the moment at which it was opened, and the way to a fresh one."""

from urllib.parse import urlencode

from dash import html

from dashboards.access import addresses
from dashboards.access.asker import ASKER, Right
from dashboards.readers.openings import Opening
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.taken_away import actions
from dashboards.words import day, day_of, number, seconds

FIRST = "danh sách giữ {} dòng đầu; chọn đơn vị hoặc kỳ ngắn hơn để xem phần còn lại"


def direct_about(asked: dict[str, str]) -> list[Component]:
    """The way to an order about something, filled in, for whoever may give one."""
    asker = ASKER.get(None)
    if asker is None or not asker.may(Right.DIRECT):
        return []
    address = f"{addresses.NEW_DIRECTIVE}?{urlencode(asked)}"
    return [html.A("Chỉ đạo", href=address, className="btn", id="direct")]


def _direct(opening: Opening) -> list[Component]:
    asked = {"mien": opening.domain, "so": opening.counter, "bao-nhieu": str(opening.amount)}
    return direct_about(asked | ({"don-vi": opening.filters.unit} if opening.filters.unit else {}))


def heading(opening: Opening, amount: str, again: str, *, files: bool = True) -> Component:
    """``amount`` is the number in words, ``again`` the address that opens it anew; ``files``: whether the list
    can be taken away as one."""
    return html.Div(
        [
            html.H2(
                amount,
                className="big v",
                id="opened",
                **{"data-amount": str(opening.amount), "data-cases": str(opening.cases)},
            ),
            html.P(
                f"đúng số đã mở, chốt lúc {seconds(opening.as_of)} ngày {day(day_of(opening.as_of))}",
                className="sub",
            ),
            *(
                [html.P(FIRST.format(number(opening.listed)), className="sub")]
                if opening.listed < opening.cases
                else []
            ),
            actions(
                again, (lambda form: links.opening_file(opening.id, form)) if files else None, more=_direct(opening)
            ),
        ],
        className="hd",
    )
