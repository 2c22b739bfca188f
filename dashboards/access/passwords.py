"""Passwords of our own accounts: argon2id, with the time that it takes also for names that do not exist."""

import asyncio
import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256  # characters (ASVS 5.0: 6.2.1 asks for 8, recommends 15)
_AT_ONCE = asyncio.Semaphore(2)  # each takes 64 MB for a moment
_HASHER = PasswordHasher()
COMMON = frozenset({"matkhau12345", "dongnai2024", "dongnai2025", "dongnai2026", "password1234", "123456789012"})


class UnfitPassword(ValueError):
    """The message says which rule it breaks, in Vietnamese, never the password."""


def check_fit(password: str, *context: str) -> None:
    """Length and nothing easily guessed; no rule about kinds of letters (ASVS 5.0: 6.2.5). Raises
    :class:`UnfitPassword`."""
    if len(password) < SHORTEST:
        raise UnfitPassword(f"mật khẩu ngắn hơn {SHORTEST} ký tự")
    if len(password) > LONGEST:
        raise UnfitPassword(f"mật khẩu dài hơn {LONGEST} ký tự")
    plain = password.lower()
    if plain in COMMON or len(set(plain)) < 5 or re.fullmatch(r"\d+", plain):
        raise UnfitPassword("mật khẩu dễ đoán")
    if any(len(word) >= 4 and word.lower() in plain for word in context):
        raise UnfitPassword("mật khẩu chứa tên đăng nhập")


def hashed(password: str) -> str:
    return _HASHER.hash(password)


async def hashed_aside(password: str) -> str:
    """Beside the loop: it takes a tenth of a second."""
    async with _AT_ONCE:
        return await asyncio.to_thread(hashed, password)


def new_password() -> str:
    """One to be typed once: four groups of five letters, without those that look alike."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


async def fits(password: str, known: str | None) -> bool:
    """Whether it is the one that was hashed. Without a hash it takes as long and is not."""
    if len(password) > LONGEST:
        password = ""
    async with _AT_ONCE:
        return await asyncio.to_thread(_fits, password, known or _nobodys()) and known is not None


def _fits(password: str, known: str) -> bool:
    try:
        return _HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return hashed(secrets.token_urlsafe(16))
