"""What comes in from outside is checked in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import address
from dashboards.address import Malformed


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("127.0.0.1", "127.0.0.1"), ("127.0.0.1:8050", "127.0.0.1"), ("LocalHost:80", "localhost"),
        ("[::1]:8050", "::1"), ("[", ""), ("]", ""), ("[::1", ""), ("", ""), ("a@b", ""), ("a:b", ""),
        ("127.0.0.1:999999", ""),
        ("a" * 300, ""), ("127.0.0.1\x00", ""), ("127.0.0.1/x", ""),
    ],
)  # fmt: skip
def test_a_host_is_a_name_with_a_port_or_nothing(header: str, name: str) -> None:
    assert address.host_of(header) == name


@pytest.mark.parametrize(
    "query",
    ["a=%00", "a=%c2%85", "%00=a", "a=%ff", "a=%ed%a0%80", "a=%e2%80%ae", "a=" + "b" * 601, "a=" + "b" * 60_000,
     "&".join(f"a{index}=1" for index in range(100))],
)  # fmt: skip
def test_what_no_address_may_hold_is_refused_without_repeating_it(query: str) -> None:
    with pytest.raises(Malformed) as refused:
        address.values("?" + query)
    assert query not in str(refused.value)
    with pytest.raises(Malformed):
        address.check(b"/man-hinh/ho-so", query.encode())


def test_a_path_is_checked_as_a_query_is() -> None:
    assert address.text("/man-hinh/ho-so/H%E1%BB%93%20s%C6%A1") == "/man-hinh/ho-so/Hồ sơ"
    for path in ("/%00", "/%ff", "/a%0d%0ab"):
        with pytest.raises(Malformed):
            address.text(path)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_nothing_but_a_refusal_comes_of_any_bytes(path: bytes, query: bytes) -> None:
    try:
        address.check(path, query)
        found = address.values(query.decode("ascii", "replace"))
    except Malformed:
        return
    assert all("\x00" not in word for pair in found.items() for word in pair)
