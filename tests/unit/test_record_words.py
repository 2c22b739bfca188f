"""What stands on record is said in words."""

import re
from pathlib import Path

import dashboards
from dashboards.access.record import DEED_WORDS, Deed
from dashboards.access.record_words import REFUSED_WORDS, deed_words, object_words, role_words


def test_every_deed_and_every_refusal_has_words() -> None:
    assert set(DEED_WORDS) == set(Deed)
    said = set()
    for path in Path(dashboards.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        said |= set(re.findall(r'denials\.note\([^"\n]*"(\w+)"\)', text))
        said |= set(re.findall(r'_record\.refused\("(\w+)"\)', text))
    assert len(said) > 4
    assert said - set(REFUSED_WORDS) == set()


def test_a_number_that_was_opened_is_said_by_its_label_and_a_code_stands_as_it_is() -> None:
    assert object_words("list_opened", "case/overdue AbC") == "Đang quá hạn, danh sách AbC"
    assert object_words("list_opened", "task/open AbC").endswith(", danh sách AbC")
    assert "task/" not in object_words("list_opened", "task/open AbC")
    assert object_words("list_opened", "gone/x AbC") == "gone/x, danh sách AbC"
    assert object_words("case_read", "H19.26/1") == "H19.26/1"
    day = "lookup/tk-1/2026-11-30"
    assert object_words("case_read", day) == day
    assert object_words("case_read", day, accounts=False) == "một tài khoản tra cứu, ngày 2026-11-30"
    assert object_words("refused", "cases") == "cases"
    assert deed_words("dreamt") == "chưa có tên: dreamt"
    assert (role_words(""), role_words("leader")) == ("vận hành", "Lãnh đạo")
