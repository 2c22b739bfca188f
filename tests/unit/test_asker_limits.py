"""How much one asker may have, over any time; and what makes two requests one question."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from dashboards.access.asker import Asker, AskerKind, Role
from dashboards.api.answer_cache import in_order
from dashboards.api.buckets import Buckets
from dashboards.api.limits import AskerLimits, LimitRule, is_longer
from dashboards.api.settings import ApiSettings


@given(
    st.floats(0.1, 50),
    st.floats(1, 100),
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 5)), min_size=1, max_size=60),
)
def test_nobody_has_more_than_what_flowed_in_and_the_last_that_was_begun(
    a_second: float, most: float, asked: list[tuple[float, float]]
) -> None:
    buckets, now, had, largest = Buckets(a_second, most), 0.0, 0.0, 0.0
    for pause, amount in asked:
        now += pause
        if buckets.wait("a", now) == 0:
            buckets.take("a", now, amount)
            had, largest = had + amount, max(largest, amount)
        assert had <= most + now * a_second + largest + 1e-6
    rest = buckets.wait("a", now)
    assert buckets.wait("a", now + rest + 1e-6) == pytest.approx(0, abs=1e-6)
    assert buckets.wait("b", now) == 0


def limited(**settings: Any) -> AskerLimits:
    return AskerLimits(ApiSettings(database_api=SecretStr(""), database_access=SecretStr("x"), **settings))


def test_an_address_has_some_times_what_one_key_has() -> None:
    limits = limited(api_requests_per_s=0.1, api_address_times=2)

    def asked(id_: str, address: str) -> bool:
        asker = Asker(AskerKind.KEY, id_, id_, Role.PROGRAM, address=address)
        return limits.request(asker, "/api/v1/figures") is None

    assert [asked("a", "one"), asked("a", "one"), asked("a", "other")] == [True, False, False]
    assert [asked("b", "one"), asked("c", "one"), asked("c", "other")] == [True, False, True]


def test_a_refusal_says_which_rule_and_when_to_ask_again() -> None:
    limits = limited(api_rows_per_minute=1000)
    asker = Asker(AskerKind.KEY, "a", "a", Role.PROGRAM)
    assert limits.request(asker, "/api/v1/cases") is None
    limits.handed(asker, 2000)  # as many as there are known afterwards
    refused = limits.request(asker, "/api/v1/cases")
    assert refused is not None
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert f'"rule":"{LimitRule.ROWS}"'.encode() in bytes(refused.body)
    assert limits.request(asker, "/api/v1/figures") is None


@pytest.mark.parametrize(
    ("query", "long"),
    [
        ("", False),
        ("period=all", False),
        ("from=2024-01-01&to=2024-12-31", False),
        ("by=unit&to=2025-12-31&from=2024-01-01", True),
        ("to=2025-12-31", True),
        (f"from={date(2020, 1, 1)}", True),
        (f"from={date.today() - timedelta(days=30)}", False),  # noqa: DTZ011
        ("from=2024-13-01", False),
        ("xfrom=2000-01-01&to=2024-01-01&from=2023-12-01", False),
    ],
)
def test_a_question_of_a_long_time_is_known_by_its_days(query: str, long: bool) -> None:
    assert is_longer(query, 400) is long


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (b"by=unit&period=month", b"period=month&by=unit", True),
        (b"by=unit", b"by=day", False),
        (b"by=unit&by=day", b"by=day&by=unit", False),  # twice: which of them counts may depend on their order
        (b"%62y=unit&by=day", b"by=day&%62y=unit", False),
        (b"a=1&", b"&a=1", False),
        (b"", b"", True),
    ],
)
def test_parameters_are_one_question_in_whatever_order(one: bytes, other: bytes, same: bool) -> None:
    assert (in_order(one) == in_order(other)) is same
