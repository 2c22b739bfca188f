"""Why a sign-in by OpenID Connect is not one: a word for the record, a sentence for the person, never a value."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType


class Reason(StrEnum):
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
SENTENCES: Mapping[Reason, tuple[str, HTTPStatus]] = MappingProxyType(
    {
        Reason.AWAY: ("Không hỏi được dịch vụ đăng nhập của tỉnh.", _AWAY),
        Reason.STATE: (
            "Lần đăng nhập này đã dùng, đã quá 10 phút hoặc bắt đầu ở trình duyệt khác; hãy đăng nhập lại.",
            HTTPStatus.BAD_REQUEST,
        ),
        Reason.DENIED: ("Dịch vụ đăng nhập của tỉnh đã từ chối lần đăng nhập này.", _FORBIDDEN),
        Reason.CODE: (_NOT_TAKEN, HTTPStatus.BAD_REQUEST),
        Reason.CLIENT: ("Dịch vụ đăng nhập của tỉnh chưa nhận trung tâm này; báo quản trị viên.", _AWAY),
        Reason.ISSUER: (_NOT_TAKEN, _FORBIDDEN),
        Reason.AUDIENCE: (_NOT_TAKEN, _FORBIDDEN),
        Reason.NONCE: (_NOT_TAKEN, _FORBIDDEN),
        Reason.SIGNATURE: (_NOT_TAKEN, _FORBIDDEN),
        Reason.EXPIRED: (_NOT_TAKEN, _FORBIDDEN),
        Reason.CLOCK: (
            "Đồng hồ của trung tâm và của dịch vụ đăng nhập lệch nhau quá 1 phút; báo quản trị viên chỉnh đồng hồ.",
            _FORBIDDEN,
        ),
        Reason.ROLE: ("Tài khoản này chưa được giao vai trò ở trung tâm; báo quản trị viên.", _FORBIDDEN),
        Reason.UNITS: ("Tài khoản này chưa được giao đơn vị ở trung tâm; báo quản trị viên.", _FORBIDDEN),
        Reason.DISABLED: ("Tài khoản này đã bị khóa ở trung tâm.", _FORBIDDEN),
        Reason.OFTEN: ("Đã sai nhiều lần; thử lại sau 15 phút.", HTTPStatus.TOO_MANY_REQUESTS),
        Reason.STORE: ("Chưa kiểm tra được quyền, thử lại sau ít giây.", _AWAY),
    }
)


class NotAdmitted(Exception):
    """The message is the reason's word alone. ``account``: whose it was, where that is known."""

    def __init__(self, reason: Reason, account: str = "") -> None:
        super().__init__(reason.value)
        self.reason, self.account = reason, account
