"""Identity numbers in whatever spelling, and what only looks like one; in the stream too, whoever wrote it there."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import CONTRACTS
from schemas.identity_numbers import found, is_citizen, may_hold
from schemas.topics import BY_CONTRACT
from streams.decode import Decoder
from streams.errors import Reject
from streams.intake.gateway.grants import contract_of
from streams.intake.gateway.scrub import planted_in, scrub
from streams.intake.identity_hashing import looks_like_identity
from tests.unit.gateway import HASHER, NOW, examples
from tests.unit.test_gateway_persons import planted, strings
from tests.unit.told import Record

NUMBER = "079204001234"
GROUPED = (
    *("079 204 001234", "079204 001 234", "079 204001234", "0792 04001234"),
    "079 204 001 234",
    "0792 0400 1234",
    "079204 001234",
    "079 2 04 001234",
    "07 92 04 00 12 34",
    " ".join(NUMBER),
)
SEPARATORS = (" ", "  ", "-", ".", "/", "_", ",", ", ", ";", "|", "*", " - ",
              "\u00a0", "\u2009", "\u3000", "\u2010", "\u2011", "\u2013",
              "\u2014", "\u2212", "\u2044", "\u2215", "\uff0f", "\ufe63", "\uff0d")  # fmt: skip
DIGITS = {
    "full width": "".join(chr(0xFF10 + int(d)) for d in NUMBER),
    "Arabic": "".join(chr(0x660 + int(d)) for d in NUMBER),
    "Khmer": "".join(chr(0x17E0 + int(d)) for d in NUMBER),
    "circled": "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(d)] for d in NUMBER),
    "raised": "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(d)] for d in NUMBER),
    "lowered": "".join(chr(0x2080 + int(d)) for d in NUMBER),
    "bold": "".join(chr(0x1D7CE + int(d)) for d in NUMBER),
    "negative circled": "".join("⓿❶❷❸❹❺❻❼❽❾"[int(d)] for d in NUMBER),
    "zero-width joined": "\u200b".join(NUMBER),
    "soft hyphens": "079\u00ad204\u00ad001\u00ad234",
    "keycaps": "".join(f"{d}\ufe0f\u20e3" for d in NUMBER),
}
LONGER = ("20240131079204001234", "0792040012349", "1079204001234", "079204001234079204001235", "CCCD079204001234X",
          "số 1.079.204.001.234", "079.204.001.234.5")  # fmt: skip


def spelt() -> list[str]:
    return [*(one.replace(" ", sep) for one in GROUPED for sep in SEPARATORS), *DIGITS.values(), *LONGER]


@pytest.mark.parametrize("text", spelt())
def test_a_citizens_number_is_found_in_any_spelling_and_nothing_of_it_stays(text: str) -> None:
    once = HASHER.scrub(f"công dân {text}, nộp")
    assert HASHER.person(NUMBER) in once
    assert not looks_like_identity(once)
    assert HASHER.scrub(once) == once
    assert may_hold(json.dumps({"x": text}, ensure_ascii=False).encode())
    assert may_hold(json.dumps({"x": text}).encode())


@pytest.mark.parametrize(
    "text", ["271234567", "271 234 567", "271-234-567", "271/234/567", "271–234–567", "２７１２３４５６７"]
)
def test_nine_digits_are_found_alone(text: str) -> None:
    assert HASHER.scrub(text) == HASHER.person("271234567")


@pytest.mark.parametrize(
    "text",
    [
        "036:085:001234",
        "cccd:036:085:001234",
        "036 : 085 : 001234",
        "036：085：001234",
        "036085:001234",
        "036:085001234",
        "036:0:85:001234",
    ],
)
def test_a_citizens_number_by_colons_is_found_where_no_time_or_address_is_written_so(text: str) -> None:
    once = HASHER.scrub(f"công dân {text}, nộp")
    assert HASHER.person("036085001234") in once
    assert not looks_like_identity(once)
    assert may_hold(json.dumps({"x": text}, ensure_ascii=False, separators=(",", ":")).encode())
    assert may_hold(json.dumps({"x": text}, separators=(",", ":")).encode())


@pytest.mark.parametrize(
    "text",
    [
        "12:34:56",
        "12:34:56.123456",
        "08:00:00 09:00:00",
        "2024-01-31 08:00:00.000000+07:00",
        "03:60:85:00:12:34",
        "00:36:08:50:01:23",
        "0360:8500:1234",
        "2001:036:085:001:234:1:2:3",
        "003:204:001234",
        "tỷ lệ 123:456:789012",
        "10.0.0.1:8080",
    ],
)
def test_times_and_addresses_by_colons_are_no_numbers_of_persons(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("CMND: ", ""), ("số ", " cấp tại Đồng Nai"), ("", " Đồng Nai"), ("", " đồng Nai"), ("lệ phí CMND ", ""),
     ("phí 50,000 đồng; ", "")],
)  # fmt: skip
@pytest.mark.parametrize("number", ["271,234,567", "012,345,678", "271，234，567"])
def test_nine_digits_in_thousands_are_found_where_no_amount_is_written(number: str, before: str, after: str) -> None:
    plain = number.replace(",", "").replace("，", "")
    assert HASHER.scrub(f"{before}{number}{after}") == f"{before}{HASHER.person(plain)}{after}"
    assert may_hold(json.dumps({"x": number}, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    "text",
    [
        "123,456,789 đồng",
        "123,456,789đ",
        "123,456,789 VNĐ",
        "Số tiền: 123,456,789",
        "tổng 123,456,789 lượt",
        "$123,456,789",
        "1,123,456,789",
        "123,456,789.50",
        "123,456,789,012",
        "456,789,123",
        "phòng 101,102,103",
        "các mục 101, 102, 205",
    ],
)
def test_amounts_and_lists_in_thousands_are_no_numbers_of_persons(text: str) -> None:
    assert found(text) == []


def test_a_notes_number_behind_it_hides_nothing() -> None:
    assert HASHER.scrub("079204001234²") == f"{HASHER.person(NUMBER)}²"
    assert HASHER.scrub("①271234567") == f"①{HASHER.person('271234567')}"


@pytest.mark.parametrize("number", ["271234567", NUMBER])
@given(before=st.text("0123456789 -./_aĐ", max_size=20), after=st.text("0123456789 -./_aĐ", max_size=20))
def test_no_digits_beside_it_hide_a_number_that_stands_alone(number: str, before: str, after: str) -> None:
    text = f"{before} {number} {after}"
    start = len(before) + 1
    assert any(place.start <= start and start + len(number) <= place.end for place in found(text))


def test_a_codes_last_digits_hide_nothing_behind_them() -> None:
    assert HASHER.scrub("PAKN-240103-001 271234567") == f"PAKN-240103-001 {HASHER.person('271234567')}"


@pytest.mark.parametrize(
    "text",
    [
        "H19.02-230131-0001",
        "H02-230131-0001",
        "000.00.22.H19-230131-0001",
        "2024-01-31 08:00:00.000000+07:00",
        "1706662800000",
        "0251 3822 501",
        "30/05/so-tu-phap",
        "H19.26/2024-01/DOSSIER_SYNC/1.001612",
        "2024-0131-0001",
        "Quyết định 766/QĐ-TTg ngày 23/6/2022",
        "1.000.815.000.00.00.H19",
        "99999999999999",
    ],
)
def test_codes_moments_and_paths_are_no_numbers_of_persons(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("number", "built"),
    [
        ("079204001234", True),
        ("001099000001", True),
        ("079404001234", False),  # the 22nd century
        ("003204001234", False),  # no province
        ("079001001234", False),  # older than anybody
        ("07920400123", False),
    ],
)
def test_twelve_digits_are_built_as_a_citizens_number_is(number: str, built: bool) -> None:
    assert is_citizen(number) is built


@pytest.mark.parametrize("letters", ["0" * 20 + NUMBER, NUMBER + "a" * 20, "f" * 10 + NUMBER + "fa" * 5, "1" * 32])
def test_a_hash_that_is_a_number_in_disguise_is_hashed(letters: str) -> None:
    said = f"k1:{letters}"
    assert NUMBER not in HASHER.scrub(said)
    kept = scrub({"type": "lookup.performed.v1", "data": {"person": said}}, HASHER)["data"]["person"]
    assert kept != said
    assert planted_in({"data": {"person": said}}) == "data.person"
    assert planted_in({"data": {"person": kept}}) is None


@given(st.text(st.sampled_from('0123456789 .-/:,\u00a0\uff11\u0663²①–\u200baĐế\u0001"\\'), max_size=60))
def test_the_look_at_the_bytes_passes_over_nothing(text: str) -> None:
    if looks_like_identity(text):
        assert may_hold(json.dumps({"x": text}, ensure_ascii=False).encode())
        assert may_hold(json.dumps({"x": text}).encode())


def test_no_event_with_a_number_in_any_string_passes_the_stream() -> None:
    """Straight into Kafka: it becomes a dead letter that names the field, and no example without one does."""
    decoders = {name: Decoder(BY_CONTRACT[name]) for name in CONTRACTS}
    received = int(NOW.timestamp() * 1000)
    named = 0

    def taken(event: Any) -> Reject | None:
        raw = json.dumps(event, ensure_ascii=False).encode()
        try:
            accepted = decoders[contract_of(example["type"], None).name].decode(Record(raw, timestamp=received))
        except Reject as reject:
            return reject
        assert NUMBER not in f"{accepted.subject} {accepted.entry} {accepted.data}"
        return None

    for example in examples():
        assert taken(example) is None
        for path in strings(example):
            reject = taken(planted(example, path, f"{NUMBER}"))
            if reject is not None and reject.rule == "identity_number":
                assert reject.field == ".".join(map(str, path))
                named += 1
    assert named > 150
