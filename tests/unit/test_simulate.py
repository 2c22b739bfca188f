"""The simulated province: the same for ever, as large as the real one, and told in events that keep to the contract."""

import ast
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import infra.simulate
from infra.simulate import lookups
from infra.simulate.calendar import FEWEST, MOST, cases_of, day_at, office, seconds_of
from infra.simulate.case_stories import LONGEST
from infra.simulate.cases import intake
from infra.simulate.datasets import holders, sectors
from infra.simulate.platform import SYSTEMS
from infra.simulate.play import play
from infra.simulate.procedures import COMMUNE, OWN
from infra.simulate.province import epoch_of, epochs
from infra.simulate.reference_files import write_reference
from infra.simulate.scenarios import NAMES, Drill, Drills, parse
from infra.simulate.tasks import tasks
from infra.simulate.telling import NONE, USUAL, Disturbances
from infra.simulate.truth import TruthRow
from infra.simulate.world import TOPICS, build
from schemas.cases import SIMULATED
from schemas.contracts import CONTRACTS
from schemas.province import as_date, day_number
from schemas.reference.check import check
from schemas.reference.reading import PACKAGED, read
from schemas.reference.rows import Confidence, Tier

FIRST = day_number(date(2024, 1, 15))
ACTING = {"send", "run", "live", "loading", "__main__"}
DECIDING = [path for path in Path(infra.simulate.__path__[0]).glob("*.py") if path.stem not in ACTING]


def played(
    days: int, seed: int = 3, disturbances: Disturbances = USUAL, drills: Drills | None = None, scale: float = 0.008
) -> tuple[list[tuple[str, bytes, bytes, int]], list[TruthRow]]:
    world = build(seed, scale, disturbances, drills or Drills(), FIRST, FIRST + days)
    rows: list[TruthRow] = []
    batches = play(world, FIRST, FIRST + days, rows.extend)
    return [(batch.topic, key, value, at) for batch in batches for at, key, value in batch.records], rows


@pytest.fixture(scope="module")
def week() -> tuple[list[tuple[str, bytes, bytes, int]], list[TruthRow]]:
    return played(10)


def test_the_same_seed_plays_the_same_events_and_the_same_truth(
    week: tuple[list[tuple[str, bytes, bytes, int]], list[TruthRow]],
) -> None:
    assert played(10) == week


def test_another_seed_plays_another_province(week: tuple[list[tuple[str, bytes, bytes, int]], list[TruthRow]]) -> None:
    assert {value for _, _, value, _ in played(10, seed=4)[0]}.isdisjoint(value for _, _, value, _ in week[0])


def test_every_event_keeps_to_its_contract_and_says_that_it_is_simulated() -> None:
    drills = Drills(Drill(name, FIRST + 3) for name in NAMES)
    seen: Counter[str] = Counter()
    for topic, key, value, _ in played(12, drills=drills)[0]:
        event = CONTRACTS[topic].parse(value)
        assert event.source == SIMULATED
        assert event.subject.encode() == key
        seen[event.type] += 1

    told = {kind for kind in seen if not kind.endswith((".corrected.v1", ".voided.v1"))}
    rare = {"case.extended.v1", "case.withdrawn.v1", "case.stopped.v1", "case.suspended.v1", "case.resumed.v1"}
    rare |= {"case.portal_status.v1", "campaign.ended.v1", "petition.rated.v1", "task.cancelled.v1"}
    said_here = CONTRACTS["actions"].types  # by people, not by a simulated source
    declared = {name for contract in CONTRACTS.values() for name in contract.types if name not in said_here}
    assert {kind for kind in declared if not kind.endswith((".corrected.v1", ".voided.v1"))} - told <= rare


def test_what_arrives_lies_within_the_span_and_in_order(
    week: tuple[list[tuple[str, bytes, bytes, int]], list[TruthRow]],
) -> None:
    for topic in TOPICS:
        arrivals = [at for name, _, _, at in week[0] if name == topic]
        assert arrivals == sorted(arrivals)
        assert seconds_of(FIRST) <= arrivals[0] <= arrivals[-1] < seconds_of(FIRST + 10)


def test_mistakes_are_as_many_as_asked_for_and_none_where_none_are() -> None:
    told, _ = played(10, disturbances=Disturbances(0.1, 0.2, 0.03))
    values = Counter(value for _, _, value, _ in told)
    mended = [value for value in values if b".corrected.v1" in value or b".voided.v1" in value]

    assert 0.08 < sum(count - 1 for count in values.values()) / len(values) < 0.12
    assert 0.02 < len(mended) / len(values) < 0.04

    plain, _ = played(10, disturbances=NONE)
    assert len({value for _, _, value, _ in plain}) == len(plain)
    assert not any(b".corrected.v1" in value or b".voided.v1" in value for _, _, value, _ in plain)


def test_mistakes_do_not_change_what_is_true(week: tuple[list[tuple[str, bytes, bytes, int]], list[TruthRow]]) -> None:
    """But for the cases that were entered by mistake: only those are counted, as voided."""

    def kept(rows: list[TruthRow]) -> set[TruthRow]:
        return {row for row in rows if not row.figure.startswith("case_")}

    assert kept(played(10, disturbances=NONE)[1]) == kept(week[1])


def test_an_id_names_one_event() -> None:
    told, _ = played(20)
    named: dict[tuple[str, bytes], bytes] = {}
    for _, key, value, _ in told:
        id = value.split(b'"id":"', 1)[1].split(b'"', 1)[0]
        assert named.setdefault((id.decode(), key), value) == value
    assert len({id for id, _ in named}) == len(named), "and is never used for another subject"


def test_a_working_day_has_the_cases_of_a_province() -> None:
    for first in (date(2024, 1, 1), date(2025, 7, 1)):
        days = range(day_number(first), day_number(first) + 180)
        on_work = [cases_of(1, day) for day in days if office().is_working(day)]
        assert FEWEST <= min(on_work) < 4_000
        assert 5_900 < max(on_work) <= MOST
        assert 4_300 < sum(on_work) / len(on_work) < 5_300
        assert all(cases_of(1, day) < 500 for day in days if not office().is_working(day))


def test_online_shares_rise_but_of_the_two_services_that_the_notice_calls_very_low() -> None:
    licences, benefit = OWN["so-giao-thong-van-tai"][0], OWN["so-lao-dong-tbxh"][0]
    notice, later = day_number(date(2024, 1, 31)), day_number(date(2025, 3, 1))

    assert licences.share(notice) == pytest.approx(0.0068)
    assert benefit.share(notice) == pytest.approx(0.0296)
    assert licences.share(later) == pytest.approx(0.0068)
    assert benefit.share(later) == pytest.approx(0.0296)
    assert COMMUNE[0].share(later) > COMMUNE[0].share(notice) + 0.2


def test_a_month_of_a_small_province_shows_the_two_low_shares_of_the_notice() -> None:
    first = day_number(date(2026, 11, 1))
    world = build(6, 0.12, NONE, Drills(), first, None, ["cases"], digests=False)
    for day in range(first, first + 30):
        world[0].day(day)
    low, synced, accepted = ("MP.18", "1.001978"), set[str](), dict[str, tuple[str, bool]]()
    for _, subject, value in world[0].teller.outbox.drain():
        said = json.loads(value)
        if said["type"] == "case.accepted.v1" and said["data"]["procedure"] in low:
            accepted[subject.decode()] = said["data"]["procedure"], said["data"]["channel"] == "online"
        if said["type"] == "case.synced.v1":
            synced.add(subject.decode())
    own = Counter(accepted.values())
    portals = Counter(kind for subject, kind in accepted.items() if subject in synced)
    shares, there = ({c: of[c, True] / (of[c, True] + of[c, False]) for c in low} for of in (own, portals))

    assert shares["MP.18"] == pytest.approx(0.0068, abs=0.004)
    assert shares["1.001978"] == pytest.approx(0.0296, abs=0.008)
    assert there == {code: pytest.approx(share, rel=0.02) for code, share in shares.items()}, "as the portal has them"


def test_the_portals_figure_of_a_service_is_near_the_services_own_share() -> None:
    day = day_number(date(2026, 11, 6))
    world = build(6, 0.3, NONE, Drills(), day, None, ["portal"], digests=False)
    world[0].day(day)
    told = [json.loads(value)["data"] for _, _, value in world[0].teller.outbox.drain() if b"MP.18" in value]

    assert told
    assert all(figure["numerator"] / figure["denominator"] == pytest.approx(0.0068, abs=0.005) for figure in told)


def test_the_work_of_departments_goes_to_their_successors_with_the_mergers() -> None:
    before, since = day_number(date(2025, 2, 28)), day_number(date(2025, 3, 1))
    of = {
        day: {p.code: u.code for u in epoch_of(day).of(Tier.DEPARTMENT) for p in u.procedures}
        for day in (before, since)
    }

    assert (of[before]["MP.18"], of[since]["MP.18"]) == ("so-giao-thong-van-tai", "cong-an-tinh")
    assert (of[before]["1.001978"], of[since]["1.001978"]) == ("so-lao-dong-tbxh", "so-noi-vu")
    assert of[since]["MP.77"] == "so-nong-nghiep-va-moi-truong"
    for sector in sectors():
        day = day_number(date(2026, 11, 27))
        assert set(holders(sector, day)) <= {code for codes in epoch_of(day).codes.values() for code in codes}
    assert set(sectors()) == {"ho-tich", "dat-dai", "lao-dong", "bao-hiem", "thue"}


def test_every_year_has_the_39_tasks_and_43_models_of_the_plans_and_the_three_late_ones_are_late() -> None:
    now = seconds_of(day_number(date(2026, 11, 27)))
    of_year = [task for task in tasks(6) if task.year == 2026]
    late = [task for task in of_year if task.kind == "late"]

    assert Counter(task.kind for task in of_year) == {"late": 3, "common": 10, "specific": 26, "pilot": 43}
    assert all(task.assigned < now and task.due(now) < now <= task.ended for task in late)
    assert all(task.ended < now for task in tasks(6) if task.year < 2025), "nothing of earlier years is left open"
    units = {code for codes in epoch_of(day_number(date(2026, 11, 27))).codes.values() for code in codes}
    assert {task.unit for task in of_year} <= units, "of one date"
    assert len({task.subject for task in tasks(6)}) == len(list(tasks(6)))


def test_a_demo_has_cases_of_every_essential_service_that_the_reference_knows(tmp_path: Path) -> None:
    write_reference(tmp_path)
    found = read(PACKAGED, tmp_path)
    known = [placed.row for placed in found.services if placed.row.confidence is not Confidence.NOT_FOUND]
    played = {p.code for unit in epoch_of(day_number(date(2026, 11, 27))).units for p in unit.procedures}

    assert check(found) == []
    assert len(known) == 43
    assert [row.number for row in known if not set(row.codes) & played] == []
    assert {placed.row.code for placed in found.procedures} >= played, "every procedure has a name"
    assert {placed.row.code for placed in found.systems} >= set(SYSTEMS), "and every system"


def test_units_are_those_of_their_day() -> None:
    early, late = epoch_of(day_number(date(2024, 5, 1))), epoch_of(day_number(date(2026, 5, 1)))

    assert [len(epoch.codes[Tier.COMMUNE]) for epoch in epochs()][-1] == 95
    assert (len(early.codes[Tier.COMMUNE]), len(early.codes[Tier.DISTRICT])) == (170, 11)
    assert (len(late.codes[Tier.COMMUNE]), len(late.codes[Tier.DISTRICT])) == (95, 0)
    assert epoch_of(0) == epochs()[0]


def test_case_codes_are_used_once() -> None:
    codes = [code for day in range(FIRST, FIRST + 3) for _, code in intake(1, day, 1.0)]

    assert len(codes) > 9_000
    assert len(set(codes)) == len(codes)


def test_no_story_is_longer_than_a_restart_looks_back() -> None:
    world = build(1, 0.1, NONE, Drills([Drill("stalled-chain", FIRST)]), FIRST, None, ["cases"])
    for day in (FIRST, FIRST + 7, FIRST + 14):
        world[0].day(day)
        last = max(day_at(at) for at, _, _ in world[0].teller.outbox.drain())
        assert last - day < LONGEST


def test_office_hours_are_one_continuous_count() -> None:
    at = office()
    friday = day_number(date(2024, 1, 19))
    opens = at.opening(friday)

    assert at.moment(opens) == seconds_of(friday) + 7 * 3_600 + 1_800
    assert at.moment(opens + 4 * 3_600) == seconds_of(friday) + 13 * 3_600
    assert day_at(at.moment(opens + 8 * 3_600)) == friday + 3, "and Monday is the next day"
    for clock in range(opens, opens + 3 * 8 * 3_600, 1_234):
        assert at.clock(at.moment(clock)) == clock
    assert at.clock(seconds_of(friday) + 12 * 3_600) == opens + 4 * 3_600, "at noon nobody works"


def test_a_scenario_has_a_day_of_its_own() -> None:
    year = day_number(date(2024, 1, 1)), day_number(date(2024, 12, 31))

    assert str(parse("lookup-surge", *year)) == "lookup-surge@2024-01-23"
    assert str(parse("stalled-chain@2024-03-04", *year)) == "stalled-chain@2024-03-04"
    assert as_date(parse("commune-behind-before-tet", *year).day) < date(2024, 2, 8)
    for wrong in ("flood", "stalled-chain@4/3/2024"):
        with pytest.raises(ValueError, match=r"no such scenario|YYYY-MM-DD"):
            parse(wrong, *year)


def test_what_decides_and_what_is_true_know_nothing_of_the_stream() -> None:
    assert {path.stem for path in DECIDING} >= {"truth", "case_figures", "cases", "lookups", "telling", "digests"}
    wrong = [
        f"{path.name} imports {name}"
        for path in DECIDING
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.split(".")[0] in {"streams", "dashboards", "benchmarks"}
        or name in {"infra.simulate.send", "infra.simulate.run"}
    ]

    assert wrong == []


@pytest.mark.parametrize("scale", [0.1, 0.4, 1.0])
def test_an_ordinary_day_fills_a_good_part_of_the_province_s_own_limit_at_every_size(scale: float) -> None:
    told = {fact.subject: json.loads(fact.data)["lookups"] for fact in lookups.limits(scale, Drills())}
    tuesday = day_number(date(2026, 12, 1))
    usual = cases_of(3, tuesday, scale) * lookups.A_CASE

    assert 0.3 < usual / told["province/day"] < 0.9
