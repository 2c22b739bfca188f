"""What the administrator's pages share: who may open them, their tabs, what is said above them."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import Asker, AskerKind, Right, asking
from dashboards.access.fit_access import UnfitAccess
from dashboards.access.frame import line, page, tabs

TABS = (("Màn hình", addresses.DEVICES), ("Tài khoản", addresses.ACCOUNTS), ("Khóa", addresses.KEYS))
NOT_YOURS = "Trang này của quản trị viên; vai của bạn không mở được."
TRIAL = "Bản xem thử: xem được, không đổi được."
NOT_THERE = "Không còn dòng này; có thể người khác vừa đổi."


class NotManaged(Exception):
    """This asker may not; ``answer`` says so, and is what he is told (:func:`not_managed`)."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


async def not_managed(_request: Request, exc: Exception) -> Response:
    assert isinstance(exc, NotManaged)  # noqa: S101  registered for it
    return exc.answer


async def manager(access: Access, address: str, *, writes: bool = False) -> Asker:
    """Who asks, if he may. In a demo nothing is made: what a visitor made would stay when people sign in. Raises
    :class:`NotManaged`."""
    asker = asking()
    if not asker.may(Right.MANAGE):
        await access.denials.tell(asker, address)
        raise NotManaged(page("Không được phép", [line(NOT_YOURS, "wrong")], status=HTTPStatus.FORBIDDEN))
    if writes and asker.kind is AskerKind.DEMO:
        raise NotManaged(managed(address, [line(TRIAL, "wrong")], asker, status=HTTPStatus.FORBIDDEN))
    return asker


def managed(
    address: str, main: Iterable[str], asker: Asker, *, said: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HTMLResponse:
    """``said``: what was wrong."""
    told = [line(said, "wrong")] if said else []
    return page("Quản trị", [tabs(TABS, address), *told, *main], status=status, who=asker.name, wide=True)


def unfit(exc: UnfitAccess) -> str:
    return f"Chưa được: {exc.said}."


def listed(typed: str) -> list[str]:
    """Keys of units, by commas."""
    return [part for part in (piece.strip() for piece in typed.split(",")) if part]
