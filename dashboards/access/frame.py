"""The frame of the pages of forms: the product's own, without a script. Whatever is put in is escaped here."""

from collections.abc import Iterable
from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse

from dashboards.screens import links

_ASSETS = f"{links.PREFIX}assets/"
_PAGE = """<!DOCTYPE html>
<html lang="vi" class="tablet light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}, IOC Đồng Nai</title>
<link rel="icon" href="{icon}">
{styles}
</head>
<body>
<div class="screen untabbed">
<header class="top">{back}<h1>{title}</h1><span class="sp"></span>{who}</header>
<main class="forms{wide}">{main}</main>
</div>
</body>
</html>"""
_STYLES = "\n".join(
    f'<link rel="stylesheet" href="{_ASSETS}{name}.css">' for name in ("fonts", "icons", "tablet", "tokens", "access")
)
NOT_KEPT = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


def page(
    title: str,
    main: Iterable[str],
    *,
    status: HTTPStatus = HTTPStatus.OK,
    back: bool = True,
    who: str = "",
    wide: bool = False,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """``main``: pieces of HTML made by the functions below. ``back``: whether it leads to the screens."""
    way = f'<a class="back" href="{links.TABLET}"><span class="i i-prev" aria-hidden="true"></span>Hồ sơ</a>'
    text = _PAGE.format(
        title=escape(title),
        icon=f"{links.PREFIX}_favicon.ico",
        styles=_STYLES,
        back=way if back else "",
        who=f'<span class="src">{escape(who)}</span>' if who else "",
        wide=" wide" if wide else "",
        main="\n".join(main),
    )
    return HTMLResponse(text, status, NOT_KEPT | (headers or {}))


def field(
    label: str,
    name: str,
    *,
    kind: str = "text",
    complete: str = "off",
    focus: bool = False,
    value: str = "",
    needed: bool = True,
) -> str:
    more = (" required" if needed else "") + (" autofocus" if focus else "")
    return (
        f'<label>{escape(label)}<input name="{escape(name)}" type="{escape(kind)}" autocomplete="{escape(complete)}"'
        f' value="{escape(value)}" maxlength="256" autocapitalize="none" spellcheck="false"{more}></label>'
    )


def choice(label: str, name: str, options: Iterable[tuple[str, str]], chosen: str = "") -> str:
    """``options``: value and words."""
    inside = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in options
    )
    return f'<label>{escape(label)}<select name="{escape(name)}">{inside}</select></label>'


def ticks(label: str, options: Iterable[tuple[str, str]], ticked: Iterable[str] = ()) -> str:
    """Boxes to tick. ``options``: name of the field and words."""
    on = set(ticked)
    inside = "".join(
        f'<label class="tick"><input type="checkbox" name="{escape(name)}" value="1"'
        f"{' checked' if name in on else ''}>{escape(words)}</label>"
        for name, words in options
    )
    return f"<fieldset><legend>{escape(label)}</legend>{inside}</fieldset>"


def heading(words: str) -> str:
    return f"<h2>{escape(words)}</h2>"


def secret(words: str) -> str:
    """What is shown once."""
    return f'<p class="secret">{escape(words)}</p>'


def tabs(options: Iterable[tuple[str, str]], on: str) -> str:
    """``options``: words and address."""
    inside = ""
    for words, address in options:
        marked = ' class="chip on" aria-current="page"' if address == on else ' class="chip"'
        inside += f'<a href="{escape(address)}"{marked}>{escape(words)}</a>'
    return f'<nav class="fl" aria-label="Quản trị">{inside}</nav>'


def told(shape: str, words: str, kind: str = "sub") -> str:
    """A line with a shape before it, for whoever does not see its colour."""
    role = ' role="alert"' if kind == "wrong" else ""
    mark = f'<span class="i i-{escape(shape)}" aria-hidden="true"></span>'
    return f'<p class="{escape(kind)}"{role}>{mark} {escape(words)}</p>'


def stacked(words: str, below: str) -> str:
    """A cell of two lines, the second the lesser."""
    return f"{escape(words)}<small>{escape(below)}</small>" if below else escape(words)


def side_by_side(*pieces: str) -> str:
    return f'<div class="fl">{"".join(pieces)}</div>'


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def form(
    address: str,
    *inside: str,
    button: str,
    first: bool = False,
    row: bool = False,
    name: str = "",
    get: bool = False,
) -> str:
    """``name``: of the button for whoever cannot see beside what it stands. ``get``: nothing is sent."""
    shape = ' class="row"' if row else ""
    kind = "btn first" if first else "btn"
    label = f' aria-label="{escape(name)}"' if name else ""
    pressed = f'<button class="{kind}" type="submit"{label}>{escape(button)}</button>'
    method = "get" if get else "post"
    return f'<form method="{method}" action="{escape(address)}"{shape}>{"".join(inside)}{pressed}</form>'


def line(words: str, kind: str = "sub") -> str:
    role = ' role="alert"' if kind == "wrong" else ""
    return f'<p class="{escape(kind)}"{role}>{escape(words)}</p>'


def link(words: str, address: str, *, name: str = "", first: bool = False) -> str:
    label = f' aria-label="{escape(name)}"' if name else ""
    kind = "btn first" if first else "btn"
    return f'<a class="{kind}" href="{escape(address)}"{label}>{escape(words)}</a>'


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """``rows``: cells of HTML; words go through :func:`cell`."""
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(words: str) -> str:
    return escape(words)
