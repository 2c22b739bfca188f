"""The guard's pure rules: what a few minutes of look-ups come to."""

from dataclasses import replace
from datetime import date
from math import exp, isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.lookup_findings import FindingRule
from schemas.lookups import Scope, Window
from schemas.province import day_number, day_start
from schemas.rules.worktime import WorkTime
from streams.guard.account_rules import GuardGround
from streams.guard.accounts import MINUTE_US, Accounts, SeenLook
from streams.guard.announced import Announced, Campaigns
from streams.guard.creep import AccountDays, of_all
from streams.guard.guard import LookupGuard, WholeGuard
from streams.guard.reach import reach
from streams.guard.rings import Ring
from streams.guard.tails import discoveries, poisson_tail
from streams.guard.thresholds import GuardThresholds
from streams.guard.usual import DayCounts, Usual

TUESDAY = day_number(date(2024, 1, 23))
MORNING = day_start(TUESDAY) // MINUTE_US + 9 * 60
RULES = FindingRule
WORK = WorkTime()  # forty thousand days: made once


def usual(days: int = 30, a_day: int = 40) -> Usual:
    known = Usual(WORK)
    accounts = {f"cb.26041.0{n}": ("26041", a_day, a_day // 8) for n in range(1, 6)}
    for day in range(TUESDAY - days, TUESDAY):
        hours = {("mot-cua", hour): 5 * a_day // 8 for hour in (8, 9, 10, 11, 13, 14, 15, 16)}
        known.learn(DayCounts(day, accounts, {"26041": 5 * a_day}, {"mot-cua": 5 * a_day}, hours, 25, 8))
    return known


def ground(**more: object) -> GuardGround:
    return replace(GuardGround(usual(), {}, Campaigns(), GuardThresholds(), among=900), **more)  # type: ignore[arg-type]


def looks(number: int, every_s: float = 2.0, begin: int = MORNING, **more: object) -> list[SeenLook]:
    one = SeenLook(0, "s", "", "cb.26041.01", "26041", "mot-cua", "h19-1", "k1:a", "found", True, "10.0.0.1")
    found = []
    for n in range(number):
        said = {key: value(n) if callable(value) else value for key, value in more.items()}
        found.append(one._replace(time=begin * MINUTE_US + int(n * every_s * 1e6), id=str(n), **said))  # type: ignore[arg-type]
    return found


def rules_of(seen: list[SeenLook], by: GuardGround | None = None) -> set[FindingRule]:
    return {told.finding.rule for told in LookupGuard(by or ground()).observe(seen)}


def test_a_script_on_one_account_is_a_surge_with_its_numbers() -> None:
    guard = LookupGuard(ground())
    told = [one for n in range(212) for one in guard.observe([looks(212, person=str)[n]])]
    surge = next(one.finding for one in told if one.finding.rule is RULES.SURGE)
    assert (surge.key, surge.unit) == ("cb.26041.01", "26041")
    assert surge.lookups <= 12
    assert surge.seen - surge.began < 120_000_000
    last = [one for one in told if one.finding.rule is RULES.SURGE][-1]
    assert (last.id, last.fresh) == (next(one.id for one in told if one.finding.rule is RULES.SURGE), False)
    assert last.finding.lookups > 100


def test_a_usual_morning_is_no_finding() -> None:
    assert rules_of(looks(8, every_s=400.0, case=lambda n: f"h19-{n}", person=str)) == set()


@pytest.mark.parametrize(
    ("rule", "seen"),
    [
        (RULES.RETRY_STORM, looks(60, person="k1:b", result="error")),
        (RULES.WITHOUT_CASE, looks(60, case=None, person=str)),
        (RULES.MANY_PERSONS, looks(60, person=str)),
        (RULES.SAME_PERSON, looks(60, case=lambda n: f"h19-{n // 100}", person="k1:b")),
        (RULES.GUESSING, looks(12, every_s=30.0, person=str, result="not_found")),
        (RULES.OUTSIDE_HOURS, looks(12, every_s=20.0, begin=MORNING - 7 * 60, person=str)),
        (RULES.TWO_ADDRESSES, looks(10, every_s=40.0, client=lambda n: f"10.0.0.{n % 2}")),
        (RULES.WAKES, looks(40, every_s=60.0, account="cb.26041.09", case=lambda n: f"h19-{n}", person=str)),
    ],
)
def test_each_rule_finds_what_it_is_for(rule: FindingRule, seen: list[SeenLook]) -> None:
    assert rule in rules_of(seen)


def test_a_limit_is_found_when_it_is_reached_and_its_own_before_all_accounts() -> None:
    limits = {(Scope.ACCOUNT, "", Window.HOUR): 20, (Scope.ACCOUNT, "cb.26041.01", Window.HOUR): 9}
    told = LookupGuard(ground(limits=limits)).observe(looks(9, every_s=60.0))
    assert [(one.finding.rule, one.finding.limit) for one in told] == [(RULES.LIMIT_REACHED, 9)]


def test_an_announced_campaign_is_no_surge() -> None:
    busy = looks(40, every_s=15.0, case=lambda n: f"h19-{n}", person=str)
    assert RULES.SURGE in rules_of(busy)
    campaign = Announced("tuyển sinh", "26041", "", MORNING - 60, MORNING + 600, 2_000)
    assert rules_of(busy, ground(campaigns=Campaigns([campaign]))) == set()


def test_without_any_past_a_script_is_found_on_the_first_day() -> None:
    first_day = GuardGround(Usual(WORK), {}, Campaigns(), GuardThresholds(), among=900)
    assert RULES.SURGE in rules_of(looks(60, person=str), first_day)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_within_a_span_changes_nothing(random) -> None:  # type: ignore[no-untyped-def]
    seen = [*looks(60, person=str), *looks(30, account="cb.26041.02", result="not_found")]
    mixed = seen.copy()
    random.shuffle(mixed)
    assert LookupGuard(ground()).observe(mixed) == LookupGuard(ground()).observe(seen)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=1, max_size=60))
def test_a_ring_counts_what_lies_in_its_windows(minutes: list[int]) -> None:
    ring, taken, head = Ring(0), list[int](), 0
    for minute in minutes:
        if ring.add(minute):
            taken.append(minute)
        head = max(head, minute)
    assert ring.ten == sum(head - 10 < minute <= head for minute in taken)
    assert ring.hour == sum(head - 60 < minute <= head for minute in taken)
    assert ring.sum(60) == ring.hour


def test_memory_is_bounded_by_the_most_accounts() -> None:
    accounts = Accounts(most=100)
    accounts.take(looks(5_000, every_s=0.001, account=lambda n: f"cb.{n}"))
    assert len(accounts) <= 100


def test_a_unit_that_surges_with_cases_is_a_peak_and_without_a_finding() -> None:
    for case, found in ((None, True), ("h19-1", False)):
        guard = WholeGuard(ground(among=1))
        people = looks(1_200, every_s=0.5, case=case, account=lambda n: f"cb.26041.x{n}", person=str)
        told = [one for n in range(0, 1_200, 50) for one in guard.observe(people[n : n + 50])]
        assert any(one.finding.scope is Scope.UNIT for one in told) is found


def test_slow_creep_is_found_and_everybody_together_is_not() -> None:
    steady = [20, 22, 18, 21, 19] * 7
    creeping = [*steady[:25], *(20 + 4 * day for day in range(10))]
    accounts = {f"cb.{n}": AccountDays(f"{n // 5}", steady) for n in range(300)}
    totals = [300 * count for count in steady]
    found = of_all({**accounts, "cb.7": AccountDays("1", creeping)}, totals, GuardThresholds())
    assert list(found) == ["cb.7"]
    assert found["cb.7"].now > 1.5 * found["cb.7"].usual
    together = {key: AccountDays(one.unit, creeping) for key, one in accounts.items()}
    assert of_all(together, [300 * count for count in creeping], GuardThresholds()) == {}


def test_the_tail_of_a_count_is_exact_and_discoveries_are_few() -> None:
    chance = sum(exp(-3.0) * 3.0**n / f for n, f in zip(range(8), [1, 1, 2, 6, 24, 120, 720, 5040], strict=True))
    assert isclose(exp(poisson_tail(8, 3.0)), 1 - chance, rel_tol=1e-9)
    assert poisson_tail(8, 3.0, spread=0.5) > poisson_tail(8, 3.0)
    assert discoveries([-20.0, -19.0, -5.0], 1_000, 0.1) == 2


def test_a_limit_ahead_is_told_with_its_moment_and_interval() -> None:
    shares = Usual(WORK).shares("", 0)
    last = [29] * 50 + [94] * 10
    at = reach(14_900, 18_000, 14 * 60 + 32, last, shares, 14_000)
    assert at.at is not None
    assert at.soonest is not None
    assert at.soonest <= at.at <= (at.latest or 1_440)
    assert 15 * 60 < at.at < 15 * 60 + 12
    assert reach(3_000, 18_000, 14 * 60, [5] * 60, shares, 5_000).at is None
