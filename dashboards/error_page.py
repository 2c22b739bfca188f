"""What is said where no page can be drawn: in the product's frame for a person, as one sentence for a program."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from dashboards.screens import links

TITLES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "Địa chỉ không đúng",
    HTTPStatus.NOT_FOUND: "Không có trang này",
    HTTPStatus.METHOD_NOT_ALLOWED: "Không làm được việc này",
    HTTPStatus.UNAUTHORIZED: "Chưa đăng nhập",
    HTTPStatus.FORBIDDEN: "Không được phép",
    HTTPStatus.MISDIRECTED_REQUEST: "Không phục vụ tên máy này",
    HTTPStatus.SERVICE_UNAVAILABLE: "Chưa đọc được số liệu",
}
_PAGE = """<!DOCTYPE html>
<html lang="vi" class="tablet light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="{assets}fonts.css">
<link rel="stylesheet" href="{assets}icons.css">
<link rel="stylesheet" href="{assets}tablet.css">
<link rel="stylesheet" href="{assets}tokens.css">
</head>
<body>
<div class="screen untabbed">
<header class="top"><a class="back" href="{back}"><span class="i i-prev" aria-hidden="true"></span>Hồ sơ</a>
<h1>{title}</h1></header>
<main><div class="off dead"><span class="tag"><span class="i i-{shape}" aria-hidden="true"></span>{tag}</span>
<span class="was">{words}</span></div>
<p><a class="btn" href="{back}">Về trang hồ sơ</a></p></main>
</div>
</body>
</html>"""


def answer(
    status: HTTPStatus,
    words: str,
    asked: Headers,
    headers: Mapping[str, str] | None = None,
    *,
    back: str = links.TABLET,
) -> Response:
    """``words`` say what happened, for a person; ``back`` is where the page leads."""
    headers = {"Cache-Control": "no-store", **(headers or {})}
    if "text/html" not in asked.get("accept", ""):
        return PlainTextResponse(words, status, headers)
    title = TITLES.get(status, "Lỗi")
    page = _PAGE.format(
        title=escape(title),
        tag=escape(title.upper()),
        words=escape(words),
        back=links.TABLET,
        assets=f"{links.PREFIX}assets/",
        shape="error" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "none",
    )
    return HTMLResponse(page, status, headers)
