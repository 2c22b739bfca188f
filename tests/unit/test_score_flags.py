"""Which cases must pay, and which paid online (3.6 of Quyết định 766)."""

import pytest

from schemas.history import Entry
from schemas.rules.score_flags import BIT, flags
from tests.unit.folded import state
from tests.unit.told import entry


def paid(amount: int | None, *, online: bool = True) -> Entry:
    return entry("paid", "2024-01-31T09:00", f"paid {amount} {online}", online=online, amount_vnd=amount)


@pytest.mark.parametrize(
    ("fee", "told", "must", "online"),
    [
        (True, [], True, False),  # owed by the catalogue, and nothing was told
        (None, [], False, False),
        (False, [], False, False),
        (True, [paid(0)], False, False),  # every fee of it is nothing
        (True, [paid(0), paid(20_000)], True, True),
        (True, [paid(20_000, online=False)], True, False),
        (None, [paid(20_000)], True, True),
        (False, [paid(None)], True, True),  # somebody paid, whatever the catalogue says
        (None, [paid(0)], False, False),
    ],
)
def test_a_case_must_pay_by_the_catalogue_or_because_it_paid(
    fee: bool | None, told: list[Entry], must: bool, online: bool
) -> None:
    found = flags(told, "direct", known=False, fee=fee)
    assert (bool(found & BIT["fee_cases"]), bool(found & BIT["paid_online"])) == (must, online)


def test_the_fee_is_that_of_the_catalogue_on_the_day_of_acceptance() -> None:
    def must_pay(day: str, procedure: str) -> bool:
        accepted = entry("accepted", f"{day}T09:00", unit="26068", channel="direct", procedure=procedure)
        return bool(state(accepted).score_flags & BIT["fee_cases"])

    assert must_pay("2024-01-31", "1.004222")  # đăng ký thường trú
    assert must_pay("2024-01-31", "1.004222.000.00.00.H19")
    assert not must_pay("2021-12-31", "1.004222")  # the catalogue begins on 6 January 2022
    assert not must_pay("2024-01-31", "2.001178")  # which has none
    assert not must_pay("2024-01-31", "1.001193")  # of which it says nothing
