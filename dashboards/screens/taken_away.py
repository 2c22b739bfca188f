"""The buttons above a list: to take it away as a file, and to read it anew."""

from collections.abc import Callable, Mapping, Sequence

from dash import html

from dashboards.forms.form import FileForm
from dashboards.periods import Period
from dashboards.screens import links
from dashboards.screens.parts import Component

FORMS = (FileForm.CSV, FileForm.XLSX)


def actions(again: str, file: Callable[[str], str] | None, more: Sequence[Component] = ()) -> Component:
    """``again``: the address that reads it anew; ``file``: the address of a form, ``None`` of a list that has none;
    ``more``: further buttons."""
    files = [] if file is None else [_button(form, file(form), first=form is FORMS[0]) for form in FORMS]
    return html.Div([*files, html.A("Cập nhật", href=again, className="btn"), *more], className="acts")


def of_cases(view: str, period: Period | None, asked: Mapping[str, str | None]) -> Callable[[str], str]:
    """The addresses of a view's list of cases as files; ``view`` and ``asked`` as the data API calls them."""
    first, last = (None, None) if period is None else (period.first, period.last)
    days = {"from": None if first is None else first.isoformat(), "to": None if last is None else last.isoformat()}
    return lambda form: links.cases_file(view, form, {**asked, **days})


def _button(form: FileForm, way: str, *, first: bool) -> Component:
    words = f"Tải về {form.upper()}"
    more = {} if first else {"aria-label": words}
    return html.A(words if first else form.upper(), href=way, className="btn", download="", **more)
