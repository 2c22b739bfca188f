"""CSV files as programs and people write them."""

import gzip
import io
from pathlib import Path

import pytest

from streams.intake import csv_rows
from streams.intake.csv_rows import LONGEST_RECORD_LINES
from streams.intake.errors import IntakeError
from streams.intake.log import Log
from streams.intake.mapping import Mapping
from streams.intake.rows import LogRow, Rejection
from tests.unit.intake import from_csv, from_file, kinds, mapping, of_kind

HEAD = "case,step,time,unit\n"


def rows(text: str, chosen: Mapping | None = None) -> list[LogRow | Rejection]:
    return list(csv_rows.read(io.StringIO(text, newline=""), chosen or mapping()))


def brief(found: list[LogRow | Rejection]) -> list[tuple[int, str]]:
    """Line and case of a row, line and rule of a rejection."""
    return [(one.line, one.case if isinstance(one, LogRow) else f"!{one.rule}") for one in found]


def test_rows_know_their_line_and_hold_only_what_is_mapped() -> None:
    found = rows("name,case,step,time,unit\nÔng A,c1,s,t,u\nBà B,c2,s,t,u\n")

    assert found == [LogRow(2, "c1", "s", "t", step_unit="u"), LogRow(3, "c2", "s", "t", step_unit="u")]


def test_what_a_vietnamese_excel_saves_is_read(tmp_path: Path) -> None:
    """BOM, semicolons, CRLF, dd/MM/yyyy, quoted line breaks, a hint about the delimiter, empty rows at the end."""
    text = (
        "sep=;\r\nMã hồ sơ;Bước;Thời điểm;Đơn vị;Ghi chú\r\n"
        '000.00.19.H19-240131-0001;"Thẩm định; lần 2";31/01/2024 08:30;Phường Trấn Biên;"dòng 1\ndòng 2"\r\n'
        ";;;;\r\n"
        "000.00.19.H19-240131-0001;Trả kết quả;01/02/2024;Phường Trấn Biên;\r\n\r\n"
    )
    path = tmp_path / "xuat.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    chosen = mapping(
        file='format = "csv"\ndelimiter = ";"\ndates = ["dd/MM/yyyy", "dd/MM/yyyy HH:mm"]',
        columns='case = "Mã hồ sơ"\nstep = "BƯỚC"\ntime = "Thời điểm"\nstep_unit = "Đơn vị"',
        events='"trả kết quả" = "returned"',
    )

    with Log(path, chosen) as log:
        found = list(log)
        assert log.position == log.size == path.stat().st_size

    assert brief(found) == [(3, "000.00.19.H19-240131-0001"), (5, ""), (6, "000.00.19.H19-240131-0001")]
    events, rejections = from_csv(chosen, text)
    assert kinds(events) == ["step", "step", "returned", "accepted"]
    assert events[0]["data"] == {"name": "Thẩm định; lần 2", "unit": "Phường Trấn Biên"}
    assert [event["time"] for event in events] == [
        "2024-01-31T01:30:00Z",
        "2024-01-31T17:00:00Z",
        "2024-01-31T17:00:01Z",
        "2024-01-31T01:30:00Z",
    ]
    assert rejections == [Rejection(5, "case", "missing")]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "Ký duyệt"), ("utf-8-sig", "Ký duyệt"), ("utf-16", "Ký duyệt"), ("cp1258", "Ky\u0301 duyê\u0323t")],
)
def test_the_encoding_is_the_mappings(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(f"case,step,time,unit\nc1,{name},t,u\n".encode(encoding))

    with Log(path, mapping(file=f'format = "csv"\nencoding = "{encoding}"')) as log:
        assert list(log) == [LogRow(2, "c1", name, "t", step_unit="u")]


def test_a_byte_that_is_not_of_the_encoding_costs_only_its_row(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(HEAD.encode() + b"c1,s\xff,2024-01-31,u\nc2,s,2024-01-31,u\n")

    with Log(path, mapping()) as log:
        found = list(log)

    text = HEAD + "".join(f"{row.case},{row.step},{row.time},u\n" for row in found if isinstance(row, LogRow))
    events, rejections = from_csv(mapping(), text)
    assert rejections == [Rejection(2, "step", "encoding")]
    assert kinds(events) == ["step", "accepted"]


def test_a_gzipped_file_is_read_and_one_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    lines = "".join(f"c{number},s,t,{number * 7919}\n" for number in range(50_000))
    packed = gzip.compress((HEAD + lines).encode())
    whole, broken = tmp_path / "a.csv.gz", tmp_path / "b.csv.gz"
    whole.write_bytes(packed)
    broken.write_bytes(packed[: len(packed) // 2])

    with Log(whole, mapping()) as log:
        assert len(list(log)) == 50_000
    with Log(broken, mapping()) as log:
        found = list(log)
    assert 100 < len(found) < 50_000
    assert isinstance(found[-1], Rejection)
    assert found[-1].rule == "gzip_broken"


def test_too_many_columns_reject_the_row_alone() -> None:
    found = rows(HEAD + "c1,s,t,u\nc3,s,t,u,more\nc4,s,t,u,,\nc5,s,t,u\n")

    assert brief(found) == [(2, "c1"), (3, "!column_count"), (4, "c4"), (5, "c5")]


def test_cells_that_are_left_out_at_the_end_of_a_line_are_empty() -> None:
    assert rows(HEAD + "c1,s,t\nc2\n") == [LogRow(2, "c1", "s", "t"), LogRow(3, "c2", "", "")]

    events, rejections = from_file("C2/log.csv", "map.toml")
    assert rejections == []
    assert len(of_kind(events, "accepted")) == 32
    assert len(of_kind(events, "finished")) == 16


def test_a_title_above_the_header_is_passed_over() -> None:
    title = 'UBND TỈNH ĐỒNG NAI,,,\n,,,\n"SỔ THEO DÕI\nHỒ SƠ",,,\nTừ ngày 01/11,,đến ngày 30/11,\n'

    assert brief(rows(title + HEAD + "c1,s,t,u\n")) == [(7, "c1")]
    assert brief(rows('Sổ "một cửa" quý IV\nSổ của "bà,con\n' + HEAD + "c1,s,t,u\n")) == [(4, "c1")]


def test_without_a_header_the_row_is_named_that_is_nearest_to_one() -> None:
    title = "Sổ,theo,dõi,hồ sơ\n"

    with pytest.raises(IntakeError, match=r"line 3: .*: columns\.time = 'time': not there$"):
        rows(2 * title + "case,step,unit\nc1,s,u\n" + 100 * "c,s,u\n")


def test_a_quote_that_never_closes_costs_one_line() -> None:
    after = "".join(f"c{number},s,t,u\n" for number in range(3, 3 + 3 * LONGEST_RECORD_LINES))

    found = rows(HEAD + 'c2,"s,t,u\n' + after)

    assert brief(found) == [(2, "!quote_not_closed")] + [
        (number, f"c{number}") for number in range(3, 3 + 3 * LONGEST_RECORD_LINES)
    ]


def test_a_quote_that_never_closes_near_the_end_costs_one_line() -> None:
    assert brief(rows(HEAD + 'c2,"s,t,u\nc3,s,t,u\nc4,s,t,u')) == [(2, "!quoting"), (3, "c3"), (4, "c4")]


def test_a_stray_quote_that_another_one_closes_costs_one_line() -> None:
    found = rows(HEAD + 'c2,"s,t,u\nc3,s,t,u\nc4,s",t,u\nc5,s,t,u\n')

    assert brief(found) == [(2, "!line_break"), (3, "c3"), (4, "c4"), (5, "c5")]


def test_an_endless_line_is_rejected_and_passed_over() -> None:
    assert brief(rows(HEAD + "x" * 3_000_000 + "\nc3,s,t,u\n")) == [(2, "!line_too_long"), (3, "c3")]


def test_a_cell_beyond_every_measure_is_rejected() -> None:
    assert brief(rows(HEAD + "c2," + "x" * 200_000 + ",t,u\nc3,s,t,u\n")) == [(2, "!field_too_long"), (3, "c3")]


def test_a_quoted_cell_of_several_lines_keeps_the_count_of_lines() -> None:
    found = rows('case,step,time,unit,note\nc2,s,t,u,"a\nb\nc"\nc5,s,t,u,\n')

    assert brief(found) == [(2, "c2"), (5, "c5")]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("case;step;time;unit", r"is file\.delimiter = ',' right\?"),
        ("case,step,when,unit", r"columns\.time = 'time': not there"),
        ("case,step,time,unit,Step", r"columns\.step = 'step': there twice"),
        ('case,"step', r"the header cannot be read \(quoting\)"),
    ],
)
def test_a_header_that_does_not_fit_is_refused_before_anything_is_read(header: str, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        rows(header + "\nc1,s,t,u\n")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="No such file"):
        Log(tmp_path / "absent.csv", mapping())


def test_an_empty_file_has_no_rows() -> None:
    assert rows("") == rows(HEAD) == []
