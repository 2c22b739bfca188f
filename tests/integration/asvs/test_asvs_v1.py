"""OWASP ASVS 5.0, chapters 1 and 2: encoding, injection, validation."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import quote

import openpyxl
import psycopg
import pytest

from dashboards.access import addresses
from infra.cli.rejected_file import RejectedFile
from schemas.json_text import NotJson, decode
from streams.intake.rows import Rejection
from tests.integration.asvs.centre import WALL, Centre, words
from tests.settings import REPOSITORY

SCRIPT = '"><script>alert(1)</script>'
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\0=1")


def test_1_1_1_an_address_is_decoded_once(running: Centre) -> None:
    browser = running.browser("auditor")
    once, twice = (words(browser.get(f"{addresses.RECORD}?viec={said}")) for said in ("case_read", "case%255Fread"))
    assert "Không có việc này" not in once
    assert "Không có việc này" in twice


def test_1_2_1_what_is_typed_comes_back_as_text(running: Centre) -> None:
    auditor, administrator = running.browser("auditor"), running.browser("administrator")
    for answer in (
        running.browser().get(f"{addresses.SIGN_IN}?{addresses.NEXT}={quote(SCRIPT)}"),
        auditor.get(f"{addresses.RECORD}?nguoi={quote(SCRIPT)}&don-vi={quote(SCRIPT)}"),
        auditor.get(f"{addresses.OF_OUR_DATA}?don-vi={quote(SCRIPT)}"),
        administrator.post(addresses.ACCOUNTS, {"viec": "them", "ten": SCRIPT, "ho-ten": SCRIPT, "vai": "leader"}),
    ):
        assert "<script>alert" not in answer.text, answer.url
        assert not re.search(r'="[^"]*"><script', answer.text), answer.url


@pytest.mark.parametrize("asked", ["javascript:alert(1)", "data:text/html,x", "https://evil.example"])
def test_1_2_2_links_are_built_of_encoded_parts_and_lead_to_ours(running: Centre, asked: str) -> None:
    answer = running.browser().get(f"{WALL}?a=%22%3E%3Cscript%3E&b=%0d%0a")
    assert re.fullmatch(r"/[\w/?=.%&;:-]*", answer.headers.get("location", "/")), answer.headers
    page = running.browser().get(f"{addresses.SIGN_IN}?{addresses.NEXT}={quote(asked)}").text
    assert not re.search(rf'href="{re.escape(asked)}', page)


def test_1_2_3_an_answer_in_json_holds_what_was_sent_as_text_or_not_at_all(running: Centre) -> None:
    key = running.key()
    for said in ('"}],"x":[{', "</script>", "\u2029"):
        answer = running.api.get("/api/v1/cases", params={"code": said}, headers=key)
        told = json.loads(answer.text)
        assert told.get("cases", []) == [], said
        assert set(told) >= {"status"} or "list_as_of" in told


def test_1_2_4_what_is_asked_of_the_database_is_a_value_and_no_sql(running: Centre) -> None:
    auditor, key = running.browser("auditor"), running.key()
    before = running.last()
    for said in ("' OR 1=1 --", "'; DROP TABLE access_record; --", "%' OR who LIKE '%", "\\'; --"):
        page = words(auditor.get(f"{addresses.RECORD}?nguoi={quote(said)}&don-vi={quote(said)}"))
        assert "Lúc Người Việc" in page
        assert "test" not in page.partition("Từ địa chỉ Số")[2], "no row fits"
        assert running.api.get("/api/v1/cases", params={"code": said}, headers=key).json().get("cases", []) == []
        assert running.browser().sign_in(said, said).status_code == 401
    assert running.last() > before


def test_1_2_5_nothing_of_a_request_reaches_a_shell() -> None:
    """What serves starts no program, and what starts programs gives them lists of words."""
    for path in (*REPOSITORY.glob("dashboards/**/*.py"), *REPOSITORY.glob("streams/**/*.py")):
        assert not re.search(r"subprocess|os\.system|popen|shell=True", path.read_text(encoding="utf-8")), path
    for path in REPOSITORY.glob("infra/**/*.py"):
        assert "shell=True" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("said", FORMULAS)
def test_1_2_10_a_cell_that_we_write_is_no_formula(tmp_path: Path, said: str) -> None:
    """Of what a file names itself, its sheets' names come back in the list of what was rejected."""
    rejection = Rejection(2, "unit", "missing", column=said, sheet=said)
    for name in ("wrong.csv", "wrong.xlsx"):
        if name.endswith("xlsx") and "\0" in said:
            continue  # no cell of a workbook can hold it
        kept = RejectedFile(tmp_path / name, tmp_path / "none.xlsx")
        kept.note(rejection)
        kept.close()
    with (tmp_path / "wrong.csv").open(newline="", encoding="utf-8") as file:
        written = [cell for row in csv.reader(file) for cell in row]
    if "\0" not in said:
        page = openpyxl.load_workbook(tmp_path / "wrong.xlsx").active
        assert page is not None
        cells = [cell for row in page.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}, "none is a formula"
        written += [str(cell.value) for cell in cells if cell.value is not None]
    assert f"'{said}".strip() in [cell.strip() for cell in written]
    assert not [cell for cell in written if cell.startswith(FORMULAS)]


def test_1_3_2_nothing_is_run_that_was_sent() -> None:
    for folder in ("dashboards", "streams", "schemas", "infra"):
        for path in REPOSITORY.glob(f"{folder}/**/*.py"):
            assert not re.search(r"(?<![\w.])(eval|exec)\(|pickle\.loads", path.read_text(encoding="utf-8")), path
    for path in REPOSITORY.glob("dashboards/assets/**/*.js"):
        assert not re.search(r"\beval\(|new Function\(", path.read_text(encoding="utf-8")), path


def test_1_5_2_of_json_only_known_shapes_are_taken(running: Centre) -> None:
    browser = running.browser("leader")
    for said in ('{"output": "page.children", "inputs": "x"}', "[1]", '{"output": "other.children"}', "{", '"x"'):
        answer = browser.http.post(
            "/man-hinh/_dash-update-component",
            content=said,
            headers={
                "Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items()),
                "Content-Type": "application/json",
                "Sec-Fetch-Site": "same-origin",
            },
        )
        assert answer.status_code == 400, said
    with pytest.raises(NotJson):
        decode(b'{"a": NaN}')


def test_2_2_1_what_is_not_of_the_expected_form_is_refused(running: Centre) -> None:
    key = running.key()
    for said in ("from=2024-13-01", "limit=0", "limit=1e9", "counter=dreams", "x=1", "from=2024-02-01&to=2024-01-01"):
        answer = running.api.get(f"/api/v1/cases?{said}", headers=key)
        assert answer.status_code == 422, said
        assert answer.json()["errors"], said


def test_2_2_2_what_a_form_asks_for_the_server_asks_again(running: Centre) -> None:
    administrator = running.browser("administrator")
    for wrong in ({"ten": "A B"}, {"ten": "x" * 300}, {"ten": "dung.ten", "vai": "emperor"}, {"ten": "dung.ten"}):
        answer = administrator.post(addresses.ACCOUNTS, {"viec": "them", "ho-ten": "Người", **wrong})
        assert answer.status_code in (413, 422), wrong
    assert running.rows("SELECT FROM access_account WHERE subject LIKE 'dung%%'") == []


def test_2_3_3_a_deed_and_its_row_on_record_are_one_or_none(running: Centre) -> None:
    before = running.rows("SELECT count(*) FROM access_credential WHERE kind = 'key'")
    with psycopg.connect(running.database.migrate, autocommit=True) as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION access_recorded FROM access")
        try:
            answer = running.browser("administrator").post(
                addresses.KEYS, {"viec": "cap", "ten": "khong-thanh", "ngay": "9"}
            )
        finally:
            owner.execute("GRANT EXECUTE ON FUNCTION access_recorded TO access")
    assert answer.status_code >= 400
    assert running.rows("SELECT count(*) FROM access_credential WHERE kind = 'key'") == before
