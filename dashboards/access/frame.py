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
{styles}
</head>
<body>
<div class="screen untabbed">
<header class="top">{back}<h1>{title}</h1><span class="sp"></span>{who}</header>
<main class="forms">{main}</main>
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
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """``main``: pieces of HTML made by the functions below. ``back``: whether it leads to the screens."""
    way = f'<a class="back" href="{links.TABLET}"><span class="i i-prev" aria-hidden="true"></span>Hồ sơ</a>'
    text = _PAGE.format(
        title=escape(title),
        styles=_STYLES,
        back=way if back else "",
        who=f'<span class="src">{escape(who)}</span>' if who else "",
        main="\n".join(main),
    )
    return HTMLResponse(text, status, NOT_KEPT | (headers or {}))


def field(
    label: str, name: str, *, kind: str = "text", complete: str = "off", focus: bool = False, value: str = ""
) -> str:
    more = " autofocus" if focus else ""
    return (
        f'<label>{escape(label)}<input name="{escape(name)}" type="{escape(kind)}" autocomplete="{escape(complete)}"'
        f' value="{escape(value)}" required maxlength="256" autocapitalize="none" spellcheck="false"{more}></label>'
    )


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def form(address: str, *inside: str, button: str, first: bool = False, row: bool = False) -> str:
    shape = ' class="row"' if row else ""
    kind = "btn first" if first else "btn"
    pressed = f'<button class="{kind}" type="submit">{escape(button)}</button>'
    return f'<form method="post" action="{escape(address)}"{shape}>{"".join(inside)}{pressed}</form>'


def line(words: str, kind: str = "sub") -> str:
    role = ' role="alert"' if kind == "wrong" else ""
    return f'<p class="{escape(kind)}"{role}>{escape(words)}</p>'


def link(words: str, address: str) -> str:
    return f'<a class="btn" href="{escape(address)}">{escape(words)}</a>'


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """``rows``: cells of HTML; words go through :func:`cell`."""
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell(words: str) -> str:
    return escape(words)
