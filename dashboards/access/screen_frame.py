"""How the page of a screen that is not let in looks: as a wall, to be read across a room."""

from html import escape
from http import HTTPStatus
from typing import NamedTuple

from starlette.responses import HTMLResponse

from dashboards.access.pairings import in_groups
from dashboards.screens import links

_ASSETS = f"{links.PREFIX}assets/"
_STYLES = "\n".join(
    f'<link rel="stylesheet" href="{_ASSETS}{name}.css">' for name in ("fonts", "icons", "wall", "tokens", "pairing")
)
_PAGE = """<!DOCTYPE html>
<html lang="vi" class="wall dark idle">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · IOC Đồng Nai</title>
<link rel="icon" href="{icon}">
{styles}
{script}
</head>
<body data-state="{state}">
<div class="screen pairing">
<header class="top"><h1>{title}</h1><span class="sp"></span><span class="src">IOC Đồng Nai</span></header>
<div class="lead{band}">{lead}</div>
<main>{main}
<div class="dead" id="offline" hidden>
<p class="tag"><span class="i i-silent" aria-hidden="true"></span><span></span></p></div>
</main>
<footer class="foot"><span class="sp"></span>{foot}</footer>
</div>
<div id="clock-wrong" hidden></div>
</body>
</html>"""
_MAIN = """<p class="code" aria-label="Mã ghép {code}">{letters}</p>
<ol class="steps">
<li>Quản trị viên mở <b>{admin}</b> trên máy của mình.</li>
<li>Nhập mã trên trước <b class="n">{until}</b>; hết giờ, màn hình này hiện mã mới.</li>
</ol>"""
_WARNED = '<span class="i i-warn warn" aria-hidden="true"></span><p class="w"><b>{what}</b> {then}</p>'
_AWAY = """<div class="dead away-box">
<p class="tag"><span class="i i-silent" aria-hidden="true"></span>{words}</p></div>"""
KEPT_NOWHERE = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


class Wrong(NamedTuple):
    what: str
    then: str


def code_page(code: str, admin: str, until: str, who: str, wrong: Wrong | None) -> HTMLResponse:
    """``who``: as the administrator will see this screen."""
    lead = (
        "<b>Màn hình này chưa được ghép.</b> Ghép xong, nó tự mở màn hình số liệu và giữ quyền cho tới khi bị thu hồi."
    )
    if wrong is not None:
        lead = _WARNED.format(what=escape(wrong.what), then=escape(wrong.then))
    letters = "".join(f"<i>{letter}</i>" for letter in code)
    main = _MAIN.format(code=in_groups(code), letters=letters, admin=escape(admin), until=escape(until))
    return _page("waiting", lead, main, f"Máy này: {who}", band=wrong is not None)


def away_page(words: str) -> HTMLResponse:
    lead = "<b>Chưa có mã ghép.</b>"
    return _page("away", lead, _AWAY.format(words=escape(words)), "", status=HTTPStatus.SERVICE_UNAVAILABLE)


def refused_page(what: str, own: str, after: int) -> HTMLResponse:
    """Of a wall that this screen may not show. ``own``: where it goes after so many seconds."""
    lead = _WARNED.format(what=escape(what), then=escape(f"Sau {after} giây nó về màn hình của mình."))
    answer = _page("refused", lead, "", "", band=True, status=HTTPStatus.FORBIDDEN)
    answer.headers["Refresh"] = f"{after}; url={own}"
    return answer


def _page(
    state: str, lead: str, main: str, foot: str, *, band: bool = False, status: HTTPStatus = HTTPStatus.OK
) -> HTMLResponse:
    text = _PAGE.format(
        icon=f"{links.PREFIX}_favicon.ico",
        styles=_STYLES,
        script="" if state == "refused" else f'<script src="{_ASSETS}pairing.js" defer></script>',
        state=state,
        title="Không được phép" if state == "refused" else "Ghép màn hình lớn",
        band=" band" if band else "",
        lead=lead,
        main=main,
        foot=f"<span>{escape(foot)}</span>",
    )
    return HTMLResponse(text, status, KEPT_NOWHERE)
