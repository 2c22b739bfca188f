"""Whatever comes as a message to the national portal: no crash, no value of it in an error, no person in the output."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.contracts import CONTRACTS
from streams.intake.dvcqg import convert
from tests.unit.dvcqg import CASE, HASHER, MESSAGES, PROGRESS, SOURCE, base, converted, one, text_of

SECRET = "ZWWQ"  # in every text that is thrown in; no field or rule holds it
NAMES = ("", CASE, PROGRESS, "TraCuuHoSo")
PEOPLE = ("Nguyễn Thị Gieo", "12/3 hẻm Gieo, khu phố Gieo", "gieo@example.invalid")
NUMBERS = ("075188888888", "271888888")
IN_PERSON_FIELDS = (
    *("ChuHoSo", "MaDoiTuong", "SoGiayToChuHoSo", "ThongTinKhac", "Email", "Fax", "SoDienThoai", "TrichYeuHoSo"),
    *("NoiNopHoSo", "GhiChu", "ThongTinTra", "NguoiXuLy", "NoiDungXuLy", "ChucDanh", "SoDinhDanh", "TenTTHC"),
)

_texts = st.one_of(
    st.text(max_size=12).map(lambda text: SECRET + text),
    st.sampled_from(("20240131080000", "2024-01-31", "9", "2", "", "H19.19-240131-0001", "0", "99999999999999")),
)
_leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _texts)


def items_of(said: Any) -> list[dict[str, Any]]:
    """The cases or rows of a recorded message."""
    found: list[dict[str, Any]] = said if isinstance(said, list) else said["data"]
    return found


FIELDS = sorted({name for message in MESSAGES for item in items_of(base(message)) for name in item})
_names = st.one_of(
    st.sampled_from([*FIELDS, "service", "data", "response", "sent_at", "error_code"]), st.text(max_size=5)
)
_json = st.recursive(
    _leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_names, inner, max_size=6)),
    max_leaves=30,
)


@given(st.sampled_from(NAMES), st.one_of(_json, st.lists(st.dictionaries(st.sampled_from(FIELDS), _json))))
@settings(max_examples=150)
def test_any_json_gives_events_of_the_contract_and_faults_without_values(message: str, said: Any) -> None:
    found = one(said, message)
    for event in found.events:
        assert CONTRACTS["cases"].parse(event.model_dump_json(exclude_none=True)) == event
    for rejection in found.rejections:
        assert SECRET not in rejection.field + rejection.rule
    assert found == one(said, message)


@given(st.sampled_from(NAMES), st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(message: str, body: bytes) -> None:
    convert(message, body, SOURCE, HASHER)


def test_a_body_nested_beyond_reading_is_refused() -> None:
    assert convert("", b"[" * 100_000, SOURCE, HASHER).rejections[0][1:3] == ("body", "json_invalid")


@given(st.sampled_from(sorted(MESSAGES)), st.data())
@settings(max_examples=150)
def test_a_recorded_message_with_one_field_changed_gives_no_value_back(name: str, data: st.DataObject) -> None:
    said = copy.deepcopy(base(name))
    item = data.draw(st.sampled_from(items_of(said)))
    field = data.draw(st.sampled_from(FIELDS))
    item[field] = data.draw(_json)
    for rejection in one(said).rejections:
        assert SECRET not in rejection.field + rejection.rule


def planted(value: Any, name: str) -> Any:
    """``value`` with a person behind every text, and one in place of every field that speaks of a person."""
    if isinstance(value, dict):
        return {key: planted(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [planted(item, name) for item in value]
    if name in IN_PERSON_FIELDS:
        return " ".join((*PEOPLE, *NUMBERS)) if name != "SoDinhDanh" else NUMBERS[0]
    return f"{value} {NUMBERS[0]} {NUMBERS[1]}" if isinstance(value, str) else value


def test_persons_are_nowhere_in_the_output_wherever_they_stood() -> None:
    for name in MESSAGES:
        found = one(planted(base(name), ""), CASE if "TrangThaiHoSo" in items_of(base(name))[0] else PROGRESS)
        assert found.rejections, "a moment with a number behind it is none"
        for secret in (*PEOPLE, *NUMBERS):
            assert secret not in text_of(found), name


@given(st.sampled_from(sorted(MESSAGES)), st.sampled_from(FIELDS), st.sampled_from(NUMBERS), st.data())
@settings(max_examples=150)
def test_a_number_in_any_one_field_does_not_come_out(name: str, field: str, number: str, data: st.DataObject) -> None:
    said = copy.deepcopy(base(name))
    item = data.draw(st.sampled_from(items_of(said)))
    item[field] = data.draw(st.sampled_from(("{}", "HS-{}", "{}-H19", "xã {} cũ"))).format(number)
    assert number not in text_of(one(said))


def test_no_person_of_the_recorded_messages_comes_out() -> None:
    for name in MESSAGES:
        text = text_of(converted(name))
        for secret in ("Mẫu", "075199999999", "000000001", "mau@", "0900000000", "don.pdf"):
            assert secret not in text, (name, secret)
