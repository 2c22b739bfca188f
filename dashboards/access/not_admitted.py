"""Why a sign-in by OpenID Connect is not one: a word for the record, a sentence for the person, never a value."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType


class WhyNot(StrEnum):
    AWAY = "provider_away"
    STATE = "state"  # not this browser's, used before, or older than ten minutes
    DENIED = "denied"  # by the provider
    CODE = "code"
    CLIENT = "client"  # the provider does not know us
    ISSUER = "issuer"
    AUDIENCE = "audience"
    NONCE = "nonce"
    SIGNATURE = "signature"  # and everything else by which a token is none
    EXPIRED = "expired"
    CLOCK = "clock"
    ROLE = "no_role"
    UNITS = "no_units"
    DISABLED = "disabled"
    OFTEN = "too_often"
    STORE = "store_away"


_NOT_TAKEN = "Không nhận được xác nhận đăng nhập hợp lệ từ dịch vụ của tỉnh; hãy đăng nhập lại."
_FORBIDDEN, _AWAY = HTTPStatus.FORBIDDEN, HTTPStatus.SERVICE_UNAVAILABLE
SENTENCES: Mapping[WhyNot, tuple[str, HTTPStatus]] = MappingProxyType(
    {
        WhyNot.AWAY: ("Không hỏi được dịch vụ đăng nhập của tỉnh.", _AWAY),
        WhyNot.STATE: (
            "Lần đăng nhập này đã dùng, đã quá 10 phút hoặc bắt đầu ở trình duyệt khác; hãy đăng nhập lại.",
            HTTPStatus.BAD_REQUEST,
        ),
        WhyNot.DENIED: ("Dịch vụ đăng nhập của tỉnh đã từ chối lần đăng nhập này.", _FORBIDDEN),
        WhyNot.CODE: (_NOT_TAKEN, HTTPStatus.BAD_REQUEST),
        WhyNot.CLIENT: ("Dịch vụ đăng nhập của tỉnh chưa nhận trung tâm này; báo quản trị viên.", _AWAY),
        WhyNot.ISSUER: (_NOT_TAKEN, _FORBIDDEN),
        WhyNot.AUDIENCE: (_NOT_TAKEN, _FORBIDDEN),
        WhyNot.NONCE: (_NOT_TAKEN, _FORBIDDEN),
        WhyNot.SIGNATURE: (_NOT_TAKEN, _FORBIDDEN),
        WhyNot.EXPIRED: (_NOT_TAKEN, _FORBIDDEN),
        WhyNot.CLOCK: (
            "Đồng hồ của trung tâm và của dịch vụ đăng nhập lệch nhau quá 1 phút; báo quản trị viên chỉnh đồng hồ.",
            _FORBIDDEN,
        ),
        WhyNot.ROLE: ("Tài khoản này chưa được giao vai trò ở trung tâm; báo quản trị viên.", _FORBIDDEN),
        WhyNot.UNITS: ("Tài khoản này chưa được giao đơn vị ở trung tâm; báo quản trị viên.", _FORBIDDEN),
        WhyNot.DISABLED: ("Tài khoản này đã bị khóa ở trung tâm.", _FORBIDDEN),
        WhyNot.OFTEN: ("Đã sai nhiều lần; thử lại sau 15 phút.", HTTPStatus.TOO_MANY_REQUESTS),
        WhyNot.STORE: ("Chưa kiểm tra được quyền, thử lại sau ít giây.", _AWAY),
    }
)


class NotAdmitted(Exception):
    """The message is the reason's word alone. ``account``: whose it was, where that is known."""

    def __init__(self, reason: WhyNot, account: str = "") -> None:
        super().__init__(reason.value)
        self.reason, self.account = reason, account
