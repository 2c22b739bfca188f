"""What accounts, keys and screens may be called and given: the rules, once, for the command line and for the pages."""

import re
from collections.abc import Sequence
from datetime import timedelta

from dashboards.access.asker import PEOPLE, RIGHTS, Role

SUBJECT = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
KEY_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
LONGEST_NAME = 60
LONGEST_SUBJECT = 255  # of a provider's account (OpenID Connect Core 2)
UNIT = re.compile(r"[A-Za-z0-9._-]{1,40}")
KEY_LIVES = timedelta(days=366)
KEY_USUAL = timedelta(days=90)
OVERLAP = timedelta(days=7)  # that a key lives beside the one that follows it
DEVICE_NAME = 40


class UnfitAccess(ValueError):
    """What was asked for cannot be; the message says why, to an operator in English, on a page in Vietnamese."""

    def __init__(self, words: str, said: str) -> None:
        super().__init__(words)
        self.said = said


def name_taken() -> UnfitAccess:
    return UnfitAccess("there is an account of that name", "đã có tài khoản tên này")


def two_keys(name: str) -> UnfitAccess:
    return UnfitAccess(
        f"there are two keys called {name} already: end one first", "đã có hai khóa tên này; kết thúc một khóa trước"
    )


def two_tokens(name: str) -> UnfitAccess:
    return UnfitAccess(
        f"there are two tokens of the source {name} already: end both with --at-once, or wait for the older one's end",
        "nguồn này đã có hai khóa; kết thúc một khóa trước",
    )


def check_account(subject: str, name: str, role: str, units: Sequence[str]) -> None:
    """Raises :class:`UnfitAccess`, as all of these."""
    if SUBJECT.fullmatch(subject) is None:
        raise UnfitAccess(
            "a name to sign in with has 2 to 64 letters a-z, digits, '.', '_', '@' and '-'",
            "tên đăng nhập có 2 đến 64 ký tự a-z, chữ số, '.', '_', '@', '-'",
        )
    _check_named(name, role, units)


def check_provided(subject: str, name: str, role: str, units: Sequence[str]) -> None:
    """Of an account of a provider, who calls it as he likes."""
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise UnfitAccess(
            f"a subject (sub) has 1 to {LONGEST_SUBJECT} characters", f"mã (sub) có 1 đến {LONGEST_SUBJECT} ký tự"
        )
    _check_named(name, role, units)


def _check_named(name: str, role: str, units: Sequence[str]) -> None:
    if not _shown(name, LONGEST_NAME):
        raise UnfitAccess(
            f"the name that is shown has 1 to {LONGEST_NAME} characters",
            f"họ tên có 1 đến {LONGEST_NAME} ký tự",
        )
    check_role(role, units)


def check_role(role: str, units: Sequence[str]) -> None:
    if role not in PEOPLE:
        raise UnfitAccess(f"a role is one of {', '.join(PEOPLE)}", "không có vai này")
    if (role == Role.UNIT_OFFICER) != bool(units):
        raise UnfitAccess(
            "a unit officer has units, and nobody else has", "cán bộ đơn vị phải có đơn vị, vai khác thì không"
        )
    check_units(units)


def check_units(units: Sequence[str]) -> None:
    if any(UNIT.fullmatch(unit) is None for unit in units):
        raise UnfitAccess(
            "units are named by their keys: 26041, H19.26", "đơn vị được gọi bằng mã, ví dụ 26041 hoặc H19.26"
        )


def check_key(name: str, units: Sequence[str], scopes: Sequence[str], lives: timedelta) -> None:
    if KEY_NAME.fullmatch(name) is None:
        raise UnfitAccess(
            "a key's name has up to 64 letters a-z, digits, '.', '_' and '-'",
            "tên khóa có tới 64 ký tự a-z, chữ số, '.', '_', '-'",
        )
    if set(scopes) - {right.value for right in RIGHTS[Role.PROGRAM]}:
        raise UnfitAccess(
            f"no scope is called that: one of {', '.join(sorted(RIGHTS[Role.PROGRAM]))}", "không có quyền này"
        )
    check_units(units)
    check_lives(lives)


def check_lives(lives: timedelta) -> None:
    if not timedelta(0) < lives <= KEY_LIVES:
        raise UnfitAccess(f"a key lives for 1 to {KEY_LIVES.days} days", f"khóa có hạn 1 đến {KEY_LIVES.days} ngày")


def check_device_name(name: str) -> None:
    if not _shown(name, DEVICE_NAME):
        raise UnfitAccess(f"a screen's name has 1 to {DEVICE_NAME} characters", f"tên có 1 đến {DEVICE_NAME} ký tự")


def _shown(name: str, longest: int) -> bool:
    return 0 < len(name) <= longest and name.isprintable() and name == name.strip()
