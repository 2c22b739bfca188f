"""Mappings and what is said of those that are not usable."""

from importlib.resources import files
from pathlib import Path

import pytest

from streams.intake.errors import IntakeError
from streams.intake.mapping import Columns, load, parse, shipped
from streams.intake.portal.layout import load as load_layout
from streams.intake.rows import FIELDS
from streams.intake.tables.mapping import parse as parse_table
from tests.unit.intake import SOURCE, mapping

WHOLE = f"""
[file]
format = "csv"
[columns]
case = "a"
step = "b"
time = "c"
[constants]
{SOURCE}
unit = "U"
"""


@pytest.mark.parametrize("name", shipped())
def test_the_mappings_that_come_with_the_product_load_by_name(name: str) -> None:
    assert load(name) == load(f"{name}.toml")


def test_a_file_wins_over_a_shipped_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wabo.toml").write_text(WHOLE, "utf-8-sig")
    monkeypatch.chdir(tmp_path)

    assert load("wabo.toml").columns.case == "a"


def test_a_mapping_that_is_nowhere_is_refused_with_what_there_is() -> None:
    with pytest.raises(IntakeError, match=r"no mapping nowhere: neither a file nor one of wabo, xes"):
        load("nowhere")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('format = "csv"', 'format = "xls"'), r"file\.format must be 'csv', 'xes' or 'xlsx'"),
        (('format = "csv"', 'format = "csv"\ndelimiter = ";;"'), r"file\.delimiter must have at most 1 letter"),
        (('format = "csv"', 'format = "csv"\nencoding = "tcvn3"'), r"file\.encoding: .*no such encoding: tcvn3"),
        (('format = "csv"', 'format = "csv"\nzone = "Asia/Bien_Hoa"'), r"file\.zone: .*no such time zone"),
        (('format = "csv"', 'format = "csv"\ndates = ["dd/MM/jjjj"]'), r"file\.dates\.0: .*unknown letters 'jjjj'"),
        (('time = "c"', 'time = "c"\nname = "d"'), r"my\.toml is not usable: columns\.name is no key that there is$"),
        (('step = "b"', ""), r"columns\.step and columns\.time go together"),
        (('step = "b"\ntime = "c"', ""), r"columns\.start is missing"),
        (('unit = "U"', ""), r"as a whole: no unit: name columns\.unit, columns\.step_unit or constants\.unit"),
        (('unit = "U"', 'unit = "U"\n[events]\nx = "rated"'), r"events\.x must be 'submitted'"),
        (('unit = "U"', 'unit = "U"\n[events]\nx = "extended"'), r"columns\.new_due must name"),
        (('time = "c"\n', 'time = "c"\nstart = "d"\n[events]\nx = "accepted"\n'), r"exclude each other"),
        (("[file]", "[file"), r"is not TOML"),
    ],
)
def test_a_fault_is_named_with_its_place(change: tuple[str, str], said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        parse(WHOLE.replace(*change), "my.toml")


@pytest.mark.parametrize(
    ("table", "one", "other"),
    [
        ("events", '"withdrawn"', '"stopped"'),
        ("units", '"so-tu-phap"', '"so-y-te"'),
        ("channels", '"online"', '"post"'),
        ("ends", '"withdrawn"', '"stopped"'),
        ("statuses", "5", "7"),
        ("verdicts", '"late"', '"on_time"'),
    ],
)
def test_one_word_in_two_spellings_has_one_meaning(table: str, one: str, other: str) -> None:
    said = '{}\n[{}]\n"Hủy" = {}\n"Huỷ" = {}\n'

    with pytest.raises(IntakeError, match=rf"{table}: .*'Hủy' and 'Huỷ' are one word with two meanings"):
        parse(said.format(WHOLE, table, one, other), "my.toml")
    parse(said.format(WHOLE, table, one, one), "my.toml")


def test_words_of_a_tables_fields_have_one_meaning_too() -> None:
    said = """
        source = "urn:test"
        file = {{ format = "csv" }}
        [[event]]
        type = "petition.received.v1"
        time = "Ngày"
        subject = "{{Mã}}"
        columns = {{ unit = "Đơn vị", kind = "Loại" }}
        [event.words.kind]
        "Hủy" = "feedback"
        "Huỷ" = "{other}"
        "HỦY " = "feedback"
    """

    with pytest.raises(IntakeError, match=r"event\.0\.words: .*kind: 'Hủy' and 'Huỷ' are one word with two meanings"):
        parse_table(said.format(other="complaint"), "my.toml")
    parse_table(said.format(other="feedback"), "my.toml")


def test_names_of_a_portals_layout_have_one_meaning_too(tmp_path: Path) -> None:
    own = files("streams.intake.portal").joinpath("layout.toml").read_text("utf-8")
    path = tmp_path / "layout.toml"
    path.write_text(own.replace("[petition_kinds]", '[petition_kinds]\nx = ["Hủy"]\ny = ["Huỷ"]', 1), "utf-8")

    with pytest.raises(IntakeError, match=r"petition_kinds: .*'Hủy' and 'Huỷ' are one word with two meanings"):
        load_layout(path)


def test_every_fault_is_listed_at_once() -> None:
    with pytest.raises(IntakeError) as caught:
        parse('[file]\nformat = "csv"\nquote = ""\n[columns]\nstep = "a"\n', "my.toml")

    assert str(caught.value).splitlines() == [
        "the mapping my.toml is not usable:",
        "  file.quote must have at least 1 letter(s)",
        "  columns.case is missing",
        "  constants is missing",
    ]


def test_a_row_has_the_fields_of_the_mapping() -> None:
    assert tuple(Columns.model_fields) == FIELDS


def test_names_are_compared_without_case_spaces_and_the_way_letters_are_composed() -> None:
    decomposed = "Tru\u031b\u0323c tuye\u0302\u0301n"

    assert mapping(channels=f'" {decomposed} " = "online"').channels == {"trực tuyến": "online"}
