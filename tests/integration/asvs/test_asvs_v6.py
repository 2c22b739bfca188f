"""OWASP ASVS 5.0, chapters 6 and 11: passwords, guessing, hashes."""

import inspect
import re
import time

import pytest

from dashboards.access import addresses, passwords
from dashboards.access.sign_in import FAILURES_BY_NAME
from schemas.access_token import new_token
from tests.integration.asvs.centre import PASSWORD, Browser, Centre, words
from tests.settings import REPOSITORY

NEW = "Con bò vàng leo đồi lúc 5 giờ"


def changed(running: Centre, new: str, *, old: str = PASSWORD, again: str | None = None) -> tuple[Browser, int, str]:
    """Somebody who has signed in and asks for another password; the answer's status and words."""
    browser = running.browser()
    name = running.account()
    assert browser.sign_in(name).status_code == 303
    answer = browser.post(addresses.PASSWORD, {"cu": old, "moi": new, "lai": new if again is None else again})
    return browser, answer.status_code, words(answer)


def test_6_1_2_words_of_this_place_are_no_passwords() -> None:
    """The list that docs/security.md names."""
    assert {"matkhau12345", "dongnai2026"} <= passwords.COMMON


@pytest.mark.parametrize(("new", "taken"), [("ngan-7", False), ("muoi-mot-ky", False), ("muoi-hai-kyt", True)])
def test_6_2_1_a_password_is_long(running: Centre, new: str, taken: bool) -> None:
    _, status, said = changed(running, new)
    assert (status == 303) is taken, said


def test_6_2_2_people_change_their_password(running: Centre) -> None:
    name, browser = running.account(), running.browser()
    browser.sign_in(name)
    assert browser.post(addresses.PASSWORD, {"cu": PASSWORD, "moi": NEW, "lai": NEW}).status_code == 303
    assert running.browser().sign_in(name, PASSWORD).status_code == 401
    assert running.browser().sign_in(name, NEW).status_code == 303


def test_6_2_3_the_password_until_now_is_asked_for(running: Centre) -> None:
    for old in ("", "sai"):
        _, status, said = changed(running, NEW, old=old)
        assert (status, "hiện nay không đúng" in said) == (422, True)
    _, status, _ = changed(running, NEW, again="khac")
    assert status == 422


@pytest.mark.parametrize("new", ["toanchuthuong", "TOANCHUHOA ABC", "đường làng quanh co", "!!!???...,,,;;;---"])
def test_6_2_5_any_kinds_of_letters_will_do(running: Centre, new: str) -> None:
    _, status, said = changed(running, new)
    assert status == 303, said


def test_6_2_6_a_password_is_not_shown_while_it_is_typed(running: Centre) -> None:
    browser = running.browser("leader")
    browser.sign_in(running.account())
    pages = running.browser().get(addresses.SIGN_IN).text + browser.get(addresses.PASSWORD).text
    fields = [field for field in re.findall(r"<input[^>]*>", pages) if "mat-khau" in field or 'name="moi"' in field]
    assert fields
    assert all('type="password"' in field for field in fields)


def test_6_2_7_passwords_can_be_pasted_and_kept_by_a_manager(running: Centre) -> None:
    page = running.browser().get(addresses.SIGN_IN).text
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert not re.search(r"onpaste|<script", page)


@pytest.mark.parametrize("other", [PASSWORD.lower(), PASSWORD.upper(), f"{PASSWORD} ", f" {PASSWORD}", PASSWORD[:-1]])
def test_6_2_8_a_password_counts_as_it_was_typed(running: Centre, other: str) -> None:
    name = running.account()
    assert running.browser().sign_in(name, other).status_code == 401
    assert running.browser().sign_in(name, PASSWORD).status_code == 303


def test_6_2_9_long_passwords_count_in_full(running: Centre) -> None:
    long = "".join(f"{number:03}-" for number in range(64))
    browser, status, said = changed(running, long[: passwords.LONGEST])
    assert status == 303, said
    name = running.rows("SELECT subject FROM access_account ORDER BY created_at DESC LIMIT 1")[0][0]
    assert running.browser().sign_in(name, long[: passwords.LONGEST - 1]).status_code == 401
    assert running.browser().sign_in(name, long[: passwords.LONGEST]).status_code == 303
    assert browser.sees()


def test_6_2_10_a_password_does_not_grow_old(running: Centre) -> None:
    name = running.account()
    running.write("UPDATE access_account SET password_at = now() - interval '9 years' WHERE subject = %s", name)
    browser = running.browser()
    assert browser.sign_in(name).status_code == 303
    assert browser.sees()


@pytest.mark.parametrize("new", ["dongnai2026", "Matkhau12345", "123456789012", "aaaaaaaaaaaaaa", "tai.khoan.{name}"])
def test_6_2_11_what_is_easily_guessed_here_is_no_password(running: Centre, new: str) -> None:
    name, browser = running.account(), running.browser()
    browser.sign_in(name)
    said = f"{name}xyz" if "{name}" in new else new
    assert browser.post(addresses.PASSWORD, {"cu": PASSWORD, "moi": said, "lai": said}).status_code == 422


def test_6_3_1_who_guesses_waits(running: Centre) -> None:
    name = running.account()
    for _ in range(FAILURES_BY_NAME):
        assert running.browser().sign_in(name, "sai").status_code == 401
    assert running.browser().sign_in(name).status_code == 429
    assert running.browser().sign_in(running.account()).status_code == 303, "another name does not wait"


def test_6_3_2_no_account_is_there_that_nobody_made(running: Centre) -> None:
    for name in ("admin", "root", "administrator", "quantri", "sa", "ioc"):
        assert running.rows("SELECT FROM access_account WHERE subject = %s", name) == []
        for password in (name, "", "admin", "password"):
            assert running.browser().sign_in(name, password).status_code in (401, 429)


def test_6_3_8_no_answer_tells_whether_there_is_such_an_account(running: Centre) -> None:
    name, said, took = running.account(), set(), []
    for tried in (name, "khong.co.ai", name, "khong.co.ai.nua"):
        begun = time.perf_counter()
        answer = running.browser().sign_in(tried, "sai-mat-khau")
        took.append(time.perf_counter() - begun)
        said.add((answer.status_code, words(answer)))
    assert len(said) == 1
    assert min(took) > 0.02, "a hash is reckoned for a name that is not there, too"


def test_6_4_1_a_given_password_is_random_and_for_once(running: Centre) -> None:
    assert len({passwords.new_password() for _ in range(50)}) == 50
    assert len(passwords.new_password().replace("-", "")) >= 20, "of 31 letters: 99 bits"
    name, browser = running.account(change=True), running.browser()
    assert browser.sign_in(name).headers["location"] == addresses.PASSWORD
    for path in ("/man-hinh/ho-so", addresses.SESSIONS, "/man-hinh/_dash-layout"):
        assert browser.get(path).headers.get("location") == addresses.PASSWORD, path


def test_6_4_2_there_are_no_hints_and_no_questions(running: Centre) -> None:
    page = running.browser().get(addresses.SIGN_IN)
    assert re.findall(r'<input name="([^"]+)"', page.text) == ["ten", "mat-khau"]
    assert not re.search(r"gợi ý|câu hỏi|hint", words(page), re.IGNORECASE)


def test_11_4_1_hashes_are_of_the_sha_2_family_or_argon2() -> None:
    for path in REPOSITORY.glob("dashboards/**/*.py"):
        assert not re.search(r"md5|sha1\b|crypt\(", path.read_text(encoding="utf-8")), path


def test_11_4_2_passwords_are_kept_as_argon2id(running: Centre) -> None:
    kept = running.rows("SELECT password FROM access_account WHERE password IS NOT NULL")
    running.account()
    kept += running.rows("SELECT password FROM access_account WHERE password IS NOT NULL")
    assert kept
    for (one,) in kept:
        memory, passes = re.findall(r"^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$", one)[0]
        assert int(memory) >= 19_456, "KiB"
        assert int(passes) >= 2


def test_11_5_1_tokens_are_256_random_bits(running: Centre) -> None:
    made = {new_token() for _ in range(1_000)}
    assert len(made) == 1_000
    assert {len(one.partition("_")[2]) for one in made} == {43}, "32 bytes in base64"
    assert "secrets." in inspect.getsource(new_token)
    kept = running.rows("SELECT length(token) FROM access_credential")
    assert {length for (length,) in kept} <= {32}, "what is kept is a hash"
