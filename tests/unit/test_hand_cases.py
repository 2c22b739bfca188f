"""Cases that were reckoned by hand from the articles, and ``ioc check``, which holds such files against the rules."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli.__main__ import build
from infra.errors import OperatorError
from streams.hand.file import HandCase, compare, read
from streams.hand.lines import UnreadableLine
from tests.documents import blocks
from tests.settings import REPOSITORY
from tests.unit.judging import packaged

FILES = sorted((REPOSITORY / "tests/reference/hand").glob("*.toml"))
CASES = [(path.stem, case) for path in FILES for case in read(path.read_text("utf-8"))]
WRONG = """[[ho_so]]
ten = "Sai một giá trị"
su_kien = ["02/03/2026 09:00 tiếp nhận; hẹn trả 09/03/2026"]
dung = ["hạn NĐ 61: 10/03/2026", "hạn QĐ 766: 09/03/2026"]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IOC_HOME", str(tmp_path))
    return tmp_path


def run(*arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(build(), ["check", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout.splitlines()


@pytest.mark.parametrize(("file", "case"), CASES, ids=lambda one: one.name if isinstance(one, HandCase) else one)
def test_a_case_comes_to_what_was_reckoned_by_hand(file: str, case: HandCase) -> None:
    found = list(compare(case, packaged()))

    assert {one.value: one.found for one in found} == {one.value: one.expected for one in found}, file


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for _, case in CASES}) == len(CASES) >= 60


def test_every_value_is_said_to_be_right_and_the_exit_code_is_0(tmp_path: Path) -> None:
    code, said = run(*map(str, FILES))

    assert code == 0
    assert said[0].startswith("đúng  Bổ sung một lần: hai cách tính hạn: hẹn trả: 09/03/2026")
    assert said[-1].startswith(f"{len(CASES)} hồ sơ, ")
    assert said[-1].endswith(" 0 khác.")


def test_a_difference_is_said_with_both_values_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "sai.toml").write_text(WRONG, "utf-8")
    code, said = run(str(tmp_path / "sai.toml"))

    assert code == 1
    assert said == [
        "khác  Sai một giá trị: hạn NĐ 61: tệp ghi 10/03/2026, trung tâm tính 09/03/2026",
        "đúng  Sai một giá trị: hạn QĐ 766: 09/03/2026",
        "1 hồ sơ, 2 giá trị: 1 đúng, 1 khác.",
    ]


def test_the_installation_s_own_rules_are_asked(home: Path) -> None:
    own = home / "reference"
    own.mkdir()
    (own / "rules.csv").write_text(
        (REPOSITORY / "schemas/reference/rules.csv")
        .read_text("utf-8")
        .replace("next_day_after,15:00", "next_day_after,10:00"),
        "utf-8",
    )
    code, said = run("--brief", str(REPOSITORY / "tests/reference/hand/thoi-han.toml"))

    assert code == 1
    assert "khác  Nhận đúng 15:00 tính từ ngày đó: hạn NĐ 61: tệp ghi 04/03/2026, trung tâm tính 05/03/2026" in said


def test_the_example_of_the_page_is_read_and_right(tmp_path: Path) -> None:
    (example,) = (block for block in blocks(REPOSITORY / "docs/rules.md") if block.name)
    (tmp_path / "mau.toml").write_text(example.text, "utf-8")

    assert run("--brief", str(tmp_path / "mau.toml")) == (0, ["1 hồ sơ, 4 giá trị: 4 đúng, 0 khác."])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("09:00 tiếp nhận", "tiếp nhận", "su_kien: dòng 1: phải là: NN/TT/NNNN GG:PP"),
        ("02/03/2026 09:00", "32/03/2026 09:00", "su_kien: dòng 1: thời điểm phải là"),
        ("tiếp nhận", "tiếp nhậm", "su_kien: dòng 1: không có việc này; có: nộp, tiếp nhận"),
        ("hẹn trả 09", "hạn trả 09", "su_kien: dòng 1: không có chi tiết này"),
        ("hẹn trả 09/03/2026", "kênh fax", "su_kien: dòng 1: kênh: chỉ có thể là: trực tuyến"),
        ("hẹn trả 09/03/2026", "trạng thái 11", "su_kien: dòng 1: data.status: "),
        ("hạn NĐ 61:", "hạn 61:", "dung: dòng 1: phải là"),
        ("ten =", "tên =", "không phải tệp TOML"),
        ("su_kien", "sukien", "sukien: không có mục này"),
        ("[[ho_so]]", "[[hoso]]", "tệp chỉ gồm các mục [[ho_so]]"),
    ],
)
def test_what_cannot_be_read_is_named_by_case_and_line(old: str, new: str, said: str) -> None:
    with pytest.raises(UnreadableLine) as found:
        read(WRONG.replace(old, new, 1))
    assert said in str(found.value)


def test_a_file_that_is_no_text_or_not_there_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(OperatorError, match="is not in UTF-8"):
        run(str(tmp_path / "a.toml"))
    with pytest.raises(OperatorError, match="cannot read"):
        run(str(tmp_path / "b.toml"))
