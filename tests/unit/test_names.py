"""What names mean on a day, and that figures do not depend on which of a unit's names its sources write."""

from datetime import date
from functools import cache
from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.history import Entry
from schemas.province import day_number
from schemas.reference.names import PROCEDURE, SECTOR, UNIT, Meaning, Names
from schemas.reference.reading import read
from schemas.reference.spelling import same
from streams.folds.cases import contribution, fold, merge
from tests.unit.folded import state
from tests.unit.judging import packaged
from tests.unit.told import SUBJECT, entry


@cache
def names() -> Names:
    return Names.of(read())


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


@pytest.mark.parametrize(
    "written",
    ["so-tai-nguyen-va-moi-truong", "Sở TN&MT", "Sở Tài nguyên và Môi trường", "SỞ  TÀI NGUYÊN VÀ MÔI TRƯỜNG"],
)
def test_key_short_name_and_full_name_are_one_unit(written: str) -> None:
    assert names().unit(written, day("2024-06-03")) == "so-tai-nguyen-va-moi-truong"
    assert names().unit(normalize("NFD", written), day("2024-06-03")) == "so-tai-nguyen-va-moi-truong"


@pytest.mark.parametrize("written", ["1.001612", "1.001612.000.00.00.H19", "Đăng ký thành lập hộ kinh doanh"])
def test_code_long_code_and_name_are_one_procedure(written: str) -> None:
    assert names().key(PROCEDURE, written, day("2026-11-23")) == "1.001612"
    assert names().key(SECTOR, "HỘ TỊCH", day("2026-11-23")) == "ho-tich"


def test_a_name_means_what_it_meant_on_its_day() -> None:
    of = names().unit
    assert of("Phường Trung Dũng", day("2024-12-31")) == "26032"
    assert of("Phường Trung Dũng", day("2025-01-01")) == "26041"
    assert of("Phường Trấn Biên", day("2025-07-01")) == "26041"
    # Another unit has taken the place of that key: the name of the one before is not its name.
    assert of("Phường Trung Dũng", day("2025-07-01")) == "Phường Trung Dũng"
    assert of("Phường Trấn Biên", day("2025-06-30")) == "Phường Trấn Biên"
    assert of("26041", day("2025-06-30")) == of("26041", day("2025-07-01")) == "26041"


def test_a_name_of_two_units_is_nobodys() -> None:
    assert names().unit("Xã  Thanh Sơn", day("2024-05-01")) == "Xã Thanh Sơn"


def test_a_former_name_stays_a_name_and_days_before_the_reference_are_as_its_first() -> None:
    of = Names(
        [
            Meaning(UNIT, "Sở A", "a", 100, 199),
            Meaning(UNIT, "Sở B", "a", 200),
            Meaning(UNIT, "Sở C", "c", 150),
        ],
    ).unit
    assert [of("sở a", at) for at in (0, 100, 199, 200, 900)] == ["a"] * 5
    assert [of("sở b", at) for at in (199, 200)] == ["sở b", "a"]
    assert [of("Sở C", at) for at in (0, 149, 150)] == ["Sở C", "Sở C", "c"]


def test_what_a_file_states_goes_before_what_an_older_one_did() -> None:
    of = Names([Meaning(UNIT, "Sở A", "old", 0, kept=True), Meaning(UNIT, "Sở A", "new", 100)]).unit
    assert [of("Sở A", at) for at in (99, 100)] == ["old", "new"]


def test_a_name_that_is_not_known_is_one_in_all_its_spellings() -> None:
    of = names().unit
    assert (
        of("Trung tâm  Hoà Giải", 20_000) == of(normalize("NFD", "Trung tâm Hòa Giải"), 20_000) == "Trung tâm Hòa Giải"
    )


def test_two_editions_differ_in_just_the_names_that_mean_something_else_and_on_their_days() -> None:
    before = [
        Meaning(UNIT, "Sở A", "a", 100),
        Meaning(UNIT, "a", "a", 100),
        Meaning(UNIT, "Phòng", "a", 100, 300),
    ]
    after = [*before[:2], Meaning(UNIT, "Phòng", "c", 200, 300), Meaning(UNIT, "PHÒNG", "a", 100, 199)]
    (found,) = Names(before).differences(Names(after))
    assert (found.kind, found.form, found.first) == (UNIT, same("Phòng"), 200)
    assert list(Names(before).differences(Names(before))) == []


UNITS = {
    "so-tai-nguyen-va-moi-truong": ("Sở TN&MT", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "so-tai-nguyen-va-moi-truong"),
    "so-van-hoa-tt-dl": ("Sở VHTTDL", "Sở Văn hoá, Thể thao và Du lịch", "sở văn hóa,\u00a0thể thao và du lịch"),
    "dien-luc": ("\u00d0iện lực", "Điện lực", "ĐIỆN LỰC"),
}
PROCEDURES = ("1.001612", "1.001612.000.00.00.H19", "đăng ký thành lập hộ kinh doanh")
STEPS = ("Hủy hồ sơ", "Huỷ hồ sơ")


def life(unit: str, other: str, procedure: str, step: str) -> list[Entry]:
    return [
        entry("submitted", "2024-01-31T07:00", channel="online", procedure=procedure),
        entry("accepted", "2024-01-31T08:00", unit=unit, channel="online", procedure=procedure),
        entry("step", "2024-01-31T09:00", unit=other, name=step),
        entry("chain_step", "2024-01-31T10:00", chain="birth", step="bhyt", agency=unit, state="sent", to=other),
        entry("step", "2024-02-01T09:00", unit=unit, name=step),
    ]


@given(st.data(), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.integers())
def test_any_spelling_in_any_order_comes_to_the_same_case(
    data: st.DataObject, unit: str, other: str, seed: int
) -> None:
    plain = life(unit, other, PROCEDURES[0], STEPS[0])
    spelt = [
        *life(
            data.draw(st.sampled_from(UNITS[unit])),
            data.draw(st.sampled_from(UNITS[other])),
            data.draw(st.sampled_from(PROCEDURES)),
            data.draw(st.sampled_from(STEPS)),
        )
    ]
    Random(seed).shuffle(spelt)
    history: list[Entry] = []
    for one in spelt:
        history, _ = merge(SUBJECT, history, [one])
    found = fold(SUBJECT, history, packaged())

    whole = fold(SUBJECT, merge(SUBJECT, [], plain)[0], packaged())
    assert contribution(found) == contribution(whole)
    assert (found.unit, found.last_unit, found.procedure, found.chain_agency) == (unit, unit, PROCEDURES[0], other)
    assert (found.path, found.loops) == (whole.path, whole.loops)


def test_a_case_remembers_the_names_that_it_was_told_with() -> None:
    found = state(*life("Sở TN&MT", "Ðiện lực", PROCEDURES[1], STEPS[1])[1:])
    assert found.names == ("1.001612.000.00.00.h19", "sở tn&mt", "điện lực")
