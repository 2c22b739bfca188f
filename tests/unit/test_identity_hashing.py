"""Identity numbers do not get past the scrubbing, and nothing else is touched."""

import hmac
import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.identity_hashing import HASHED, Hasher, looks_like_identity

KEY = b"a key of the tests, 16 bytes+"
HASHER = Hasher("k1", KEY)
NUMBERS = st.one_of(st.from_regex(r"[0-9]{9}", fullmatch=True), st.from_regex(r"[0-9]{12}", fullmatch=True))


def test_the_hash_is_an_hmac_behind_the_keys_id() -> None:
    expected = hmac.new(KEY, b"000000001", sha256).hexdigest()[:32]
    assert HASHER.person("000000001") == f"k1:{expected}"


@given(NUMBERS)
def test_a_hash_has_its_form_and_holds_no_identity_number(number: str) -> None:
    hashed = HASHER.person(number)
    assert HASHED.fullmatch(hashed)
    assert re.search(r"[0-9]{9}", hashed) is None


def test_a_hash_with_nine_digits_in_a_row_is_hashed_again() -> None:
    number = next(
        str(number)
        for number in range(10**11, 10**11 + 10_000)
        if re.search(r"[0-9]{9}", hmac.new(KEY, str(number).encode(), sha256).hexdigest()[:32])
    )
    again = hmac.new(KEY, hmac.digest(KEY, number.encode(), sha256), sha256).hexdigest()[:32]
    assert HASHER.person(number) == f"k1:{again}"


@pytest.mark.parametrize(
    "spelt",
    [
        "079204001234",
        "079 204 001 234",
        "079.204.001.234",
        "0792 0400 1234",
        "０７９２０４００１２３４",
        "079-204-001-234",
    ],
)
def test_one_number_has_one_hash_however_it_is_spelt(spelt: str) -> None:
    assert HASHER.scrub(f"hồ sơ {spelt}!") == f"hồ sơ {HASHER.person('079204001234')}!"


@given(NUMBERS, st.text().filter(lambda t: not t[-1:].isdecimal()), st.text().filter(lambda t: not t[:1].isdecimal()))
def test_a_number_in_any_text_is_gone_and_scrubbing_again_changes_nothing(number: str, left: str, right: str) -> None:
    once = HASHER.scrub(left + number + right)
    assert number not in once
    assert not looks_like_identity(once)
    assert HASHER.scrub(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "000.00.19.H19-240131-0001",
        "H19.19-240131-0001",
        "G09.20-20260609-0092637",
        "20240131080000",
        "0251 3822 501",
        "2.000.815.000.00.00.H19",
        "1.004873.000.00.00.H19",
        "Chờ ký duyệt lần 2",
        "k7:1234567890123456789a12345678901b",
        "20240131080000123",
    ],
)
def test_case_codes_moments_and_hashes_stay_as_they_are(text: str) -> None:
    assert HASHER.scrub(text) == text


def test_another_key_makes_another_hash() -> None:
    assert Hasher("k1", b"another key of 16").person("079204001234") != HASHER.person("079204001234")


@pytest.mark.parametrize(("key_id", "key"), [("k1", b"short"), ("079204001234", KEY), ("", KEY), ("k:1", KEY)])
def test_an_unfit_key_or_key_id_is_refused(key_id: str, key: bytes) -> None:
    with pytest.raises(ValueError, match="the key"):
        Hasher(key_id, key)


def test_a_hasher_does_not_show_its_key() -> None:
    assert KEY.decode() not in repr(HASHER)
