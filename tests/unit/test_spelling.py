"""When two writings are one name."""

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.reference.reading import read
from schemas.reference.spelling import MARKS, same, spellings, tidy
from streams.intake.mapping import load
from tests.unit.intake import from_csv, mapping, of_kind

RECORDED = Path(__file__).parents[1] / "recorded" / "names"
REFERENCE = read()
NAMES = sorted(
    {placed.row.name for placed in REFERENCE.units}
    | {placed.row.name for placed in REFERENCE.procedures}
    | {placed.row.name for placed in REFERENCE.sectors}
)
CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.title)
LOOK_ALIKE = {"Đ": "\u00d0", "đ": "\u00f0"}


@st.composite
def written(draw: st.DrawFn, name: str) -> str:
    """The name as some source or other might write it."""
    text = draw(st.sampled_from(spellings(name)))
    text = "".join(LOOK_ALIKE[letter] if letter in LOOK_ALIKE and draw(st.booleans()) else letter for letter in text)
    text = draw(st.sampled_from(CASES))(text)
    text = normalize(draw(st.sampled_from(["NFC", "NFD"])), text)
    blank = draw(st.sampled_from([" ", "\u00a0", "  ", " \u202f", "\t", "\u200b "]))
    return draw(st.sampled_from(["", " ", "\ufeff"])) + text.replace(" ", blank) + draw(st.sampled_from(["", "\n"]))


@given(st.data())
def test_every_name_of_the_reference_is_itself_however_it_is_written(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))

    assert same(data.draw(written(name))) == same(name)


def test_names_of_the_reference_that_are_two_stay_two() -> None:
    by_form: dict[str, set[str]] = {}
    for name in NAMES:
        by_form.setdefault(same(name), set()).add(same(normalize("NFC", name).casefold()))

    assert all(len(forms) == 1 for forms in by_form.values())
    assert same("Xã Tân Phú") != same("Xã Tân Phù")
    assert same("Sở Nội vụ") != same("Sở Ngoại vụ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hủy hồ sơ", "Huỷ hồ sơ"),
        ("Phường Hòa Bình", "PHƯỜNG HOÀ BÌNH"),
        ("Điện lực", "\u00d0iện lực"),
        ("Lao động - Thương binh", "Lao động – Thương binh"),
        ("Sở Y tế", "  sở\u00a0y  tế "),
        ("Sở Y tế", "Sở Y\u200b tế"),
    ],
)
def test_one_name_in_two_writings_is_one(one: str, other: str) -> None:
    assert same(one) == same(other)


def test_only_the_end_of_a_syllable_has_two_places_for_its_mark() -> None:
    assert tidy("Hoàng Hoà quý Hoậc THUỶ khoẻ") == "Hoàng Hòa quý Hoậc THỦY khỏe"


@given(st.text(alphabet=st.sampled_from("oaeuyqhnĐ\u00d0 -\u00a0" + MARKS + "\u0302\u031b"), max_size=20))
def test_the_form_of_a_form_is_itself_and_does_not_depend_on_how_letters_are_composed(text: str) -> None:
    assert same(same(text)) == same(text)
    assert tidy(tidy(text)) == tidy(text)
    assert same(normalize("NFD", text)) == same(normalize("NFC", text)) == same(tidy(text))


def test_a_step_that_the_mapping_names_is_known_in_either_spelling() -> None:
    events, rejections = from_csv(load(str(RECORDED / "c12-map.toml")), (RECORDED / "c12-log.csv").read_text("utf-8"))

    assert rejections == []
    withdrawn = of_kind(events, "withdrawn")
    assert {event["subject"] for event in withdrawn} == {"C12-0001", "C12-0002"}


WORDS = {"columns": 'case = "c"\nstep = "s"\ntime = "t"\nstep_unit = "u"\nchannel = "k"\nstatus = "z"'}


@pytest.mark.parametrize("unit", ["Phường Hòa Bình", "phường hoà bình", normalize("NFD", "Phường Hòa Bình")])
def test_units_channels_and_statuses_of_a_mapping_are_found_in_any_spelling(unit: str) -> None:
    chosen = mapping(
        **WORDS,
        units='"Phường Hoà  Bình" = "26038"',
        channels='"Bưu chính công ích, Ðiện tử, uỷ quyền" = "online"',
        statuses='"Đã huỷ" = 10',
    )
    line = f"a;Nộp;2024-01-31T08:00:00;{unit};BƯU CHÍNH CÔNG ÍCH, ĐIỆN TỬ, ỦY QUYỀN;đã hủy".split(";")

    events, rejections = from_csv(chosen, "c,s,t,u,k,z\n" + ",".join(f'"{cell}"' for cell in line) + "\n")

    assert rejections == []
    assert {event["data"]["unit"] for event in events if "unit" in event["data"]} == {"26038"}
    assert of_kind(events, "accepted")[0]["data"]["channel"] == "online"
    assert of_kind(events, "step")[0]["data"]["status"] == 10
