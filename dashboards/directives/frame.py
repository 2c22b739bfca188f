"""The frame of the pages of directives: the tablet's own, its tabs included, made without Dash, since they hold forms.
Whatever is put in is escaped here."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse

from dashboards.access import addresses
from dashboards.access.asker import ROLE_WORDS, Asker, AskerKind
from dashboards.access.frame import NOT_KEPT
from dashboards.screens import links, nav
from dashboards.words import clock, seconds

TAB = "Chỉ đạo"
_ASSETS = f"{links.PREFIX}assets/"
_PAGE = """<!DOCTYPE html>
<html lang="vi" class="tablet light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · IOC Đồng Nai</title>
<link rel="icon" href="{prefix}_favicon.ico">
{styles}
<script src="{assets}directives.js" defer></script>
</head>
<body{beat}>
<div class="screen">
<header class="top">{back}<h1>{title}</h1>{who}<span class="sp"></span>
{around}<span class="clock n">{clock}</span></header>
<main class="dir{kind}">
<p id="away" class="wrong" role="alert" hidden>Mất liên lạc với trung tâm; số dưới đây là lúc {seconds}.</p>
{main}
</main>
<nav class="tabs" aria-label="Màn hình">{tabs}</nav>
</div>
</body>
</html>"""
_STYLES = "\n".join(
    f'<link rel="stylesheet" href="{_ASSETS}{name}.css">'
    for name in ("fonts", "icons", "tablet", "tokens", "directives")
)


def page(
    title: str,
    main: Iterable[str],
    asker: Asker,
    as_of: datetime,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    back: tuple[str, str] | None = None,
    kind: str = "",
    follows: tuple[str, str] | None = None,
    around: str = "",
    tab: str = TAB,
) -> HTMLResponse:
    """``main``: pieces of HTML, escaped by who made them. ``follows``: where the page asks whether anything is new, and
    what it knows; ``around``: what the header says of the sources, as HTML."""
    demo = asker.kind is AskerKind.DEMO
    name = f"Xem thử: {ROLE_WORDS[asker.role]}" if demo else asker.name
    to = addresses.VISITOR if demo else addresses.SESSIONS
    beat = "" if follows is None else f' data-beat="{escape(follows[0])}" data-known="{escape(follows[1])}"'
    text = _PAGE.format(
        title=escape(title),
        prefix=links.PREFIX,
        assets=_ASSETS,
        styles=_STYLES,
        beat=beat,
        back="" if back is None else f'<a class="back" href="{escape(back[1])}">{shape("prev")}{escape(back[0])}</a>',
        who=f'<a class="who" href="{to}" aria-label="{escape(name)}">{shape("who")}<span>{escape(name)}</span></a>',
        around=around,
        clock=clock(as_of),
        seconds=seconds(as_of),
        kind=f" {kind}" if kind else "",
        main="\n".join(main),
        tabs="".join(
            f'<a href="{escape(address)}"{" class=on aria-current=page" if words == tab else ""}>{escape(words)}</a>'
            for words, address in nav.all_tabs(asker)
        ),
    )
    return HTMLResponse(text, status, NOT_KEPT)


def shape(name: str) -> str:
    return f'<span class="i i-{name}" aria-hidden="true"></span>'


def tag(mark: str, words: str, kind: str = "") -> str:
    return f'<span class="tag {kind}">{shape(mark)}{escape(words)}</span>'


def p(words: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(words)}</p>'


def wrong(words: str) -> str:
    return f'<p class="wrong" role="alert">{escape(words)}</p>' if words else ""


def button(words: str, address: str, *, first: bool = False, name: str = "") -> str:
    label = f' aria-label="{escape(name)}"' if name else ""
    return f'<a class="btn{" first" if first else ""}" href="{escape(address)}"{label}>{escape(words)}</a>'


def chips(options: Iterable[tuple[str, str]], on: str, name: str) -> str:
    inside = "".join(
        f'<a class="chip{" on" if address == on else ""}" href="{escape(address)}"'
        f"{' aria-current=page' if address == on else ''}>{escape(words)}</a>"
        for words, address in options
    )
    return f'<nav class="fl" aria-label="{escape(name)}">{inside}</nav>'


def picks(legend: str, name: str, options: Iterable[tuple[str, str]], chosen: str, beside: str = "") -> str:
    """One of a few, as chips. ``beside``: HTML that stands behind them."""
    inside = "".join(
        f'<span class="pick"><input type="radio" id="{name}-{place}" name="{name}" value="{escape(value)}"'
        f'{" checked" if value == chosen else ""}><label class="chip" for="{name}-{place}">{shape("ok")}'
        f"{escape(words)}</label></span>"
        for place, (value, words) in enumerate(options)
    )
    return f'<fieldset><legend>{escape(legend)}</legend><div class="fl">{inside}{beside}</div></fieldset>'


def area(label: str, name: str, value: str = "", *, longest: int = 400, needed: bool = True) -> str:
    must = " required" if needed else ""
    return (
        f'<label class="f">{escape(label)}<textarea class="f" name="{name}" maxlength="{longest}"{must}>'
        f"{escape(value)}</textarea></label>"
    )


def short(label: str, name: str, value: str = "", *, kind: str = "text", needed: bool = False, more: str = "") -> str:
    must = " required" if needed else ""
    return (
        f'<label class="f">{escape(label)}<input class="f" type="{kind}" name="{name}" value="{escape(value)}"'
        f" maxlength=200{must}{more}></label>"
    )


def hidden(**fields: str) -> str:
    return "".join(
        f'<input type="hidden" name="{name.replace("_", "-")}" value="{escape(value)}">'
        for name, value in fields.items()
        if value
    )


def form(address: str, inside: str, words: str, *, first: bool = True, kind: str = "", big: bool = False) -> str:
    shape_ = f"btn{' first' if first else ''}{' send' if big else ''}"
    return (
        f'<form method="post" action="{escape(address)}" class="{kind}">{inside}'
        f'<button class="{shape_}" type="submit">{escape(words)}</button></form>'
    )


def folded(words: str, inside: str) -> str:
    """A form behind a button."""
    return f"<details><summary>{escape(words)}</summary>{inside}</details>"
