"""The truth against a fold of the simulated events: what was decided is what the stream comes to."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.simulate.calendar import seconds_of
from infra.simulate.case_figures import KNOWN, CaseFigures
from infra.simulate.check import FigureDifference, months
from infra.simulate.play import play
from infra.simulate.run import Plan, rehearse
from infra.simulate.scenarios import NAMES, Drill, Drills
from infra.simulate.telling import USUAL
from infra.simulate.truth import Head, Truth, TruthFile, TruthRow, read_head, read_rows
from infra.simulate.world import build
from schemas.contracts import CONTRACTS, DOMAINS
from schemas.counter_kinds import SOON_DAYS, DueLook
from schemas.counters import FLOW_COUNTERS
from schemas.province import ZONE, as_date, day_number
from schemas.state import NOTHING
from streams.entries import subjects as entries
from streams.entries.cases import entry_of
from streams.folds.cases import contribution, fold, merge
from streams.folds.registry import FOLDS
from streams.folds.subject import come_to
from streams.rollup_changes import Delta
from tests.unit.judging import packaged

FIRST = day_number(date(2024, 1, 15))
DAYS = 30
LAST = FIRST + DAYS
UNTIL_US = seconds_of(LAST) * 1_000_000
DRILLS = Drills(Drill(name, FIRST + 8) for name in NAMES)
MONDAY = day_number(date(2024, 1, 22))
Figures = dict[tuple[str, str, str, str, str], int]
JUDGED = set(FLOW_COUNTERS) - set(KNOWN)


def told_and_true(
    topic: str, scale: float = 0.01, seed: int = 8, drills: Drills = DRILLS, first: int = FIRST, last: int = LAST
) -> tuple[dict[tuple[str, str], list[Any]], Figures]:
    """Events by domain and subject, in the order in which they arrive; and the truth."""
    world = build(seed, scale, USUAL, drills, first, last, [topic])
    rows: list[TruthRow] = []
    told: dict[tuple[str, str], list[Any]] = {}
    for batch in play(world, first, last, rows.extend):
        for _, _, value in batch.records:
            event = CONTRACTS[topic].parse(value)
            if event.type != "source.digest.v1":
                told.setdefault((event.type.partition(".")[0], event.subject), []).append(event)
    truth: Counter[tuple[str, str, str, str, str]] = Counter()
    for row in rows:
        truth[row[:5]] += row.amount
    return told, {key: amount for key, amount in truth.items() if amount}


def test_cases() -> None:
    told, truth = told_and_true("cases")
    shown = folded(told, LAST)

    assert shown == {key: amount for key, amount in truth.items() if key[0] != "portal_gap"}
    counted = {key[1] for key in truth}
    assert set(FLOW_COUNTERS) - counted - JUDGED <= {"conflicts", "oversized", "stopped", "withdrawn"}
    assert {"open", "overdue"} <= counted


def test_a_case_entered_by_mistake_counts_until_somebody_sees_it() -> None:
    """One of seed 11 is submitted on the Sunday on which the span ends; its office sees it on Monday."""
    told, truth = told_and_true("cases", 0.1, 11, Drills(()), MONDAY - 3, MONDAY)

    assert folded(told, MONDAY) == truth


def folded(told: dict[tuple[str, str], list[Any]], last: int) -> Figures:
    """The figures of cases that a fold of these events comes to, as far as the events alone say them."""
    until_us = seconds_of(last) * 1_000_000
    delta, shown = Delta(), Counter[tuple[str, str, str, str, str]]()
    for (_, code), events in told.items():
        state = fold(code, merge(code, [], [entry_of(event) for event in events])[0], packaged())
        delta.replace(NOTHING, contribution(state))
        if state.accepted_at is not None and state.ended_at is None and state.voided_at is None:
            place = (state.unit, state.channel, as_date(last).isoformat())
            shown["case_open", "open", *place] += 1
            shown["case_open", "overdue", *place] += state.due_at is not None and state.due_at < until_us
    for grain, figure, order in (
        ("unit_day", "case_by_unit_day", (0, 2, 1)),
        ("procedure_day", "case_by_procedure_day", (0, 2, 1)),
        ("unit_procedure_month", "case_by_unit_procedure_month", (0, 1, 2)),
    ):
        for key, amounts in delta.of(grain).items():
            unit, part, day = (key[place] for place in order)
            slot = as_date(day).isoformat() if isinstance(day, int) else str(day)
            for counter, amount in zip(FLOW_COUNTERS, amounts, strict=True):
                shown[figure, counter, str(unit), str(part), slot] += amount

    return {key: amount for key, amount in shown.items() if amount and key[1] not in JUDGED}


@pytest.mark.parametrize("topic", ["datasets", "tasks", "platform", "portal", "outreach", "lookups"])
def test_every_other_topic(topic: str) -> None:
    told, truth = told_and_true(topic)
    shown: Counter[tuple[str, str, str, str, str]] = Counter()
    for (name, subject), events in told.items():
        domain = DOMAINS[name]
        said = [entries.said_of(domain, event)[0] for event in events]
        held = entries.merge(domain, subject, [], said)[0]
        if name == "lookup":
            for key, amount in _looked_up(entries.standing(domain, subject, held).told):
                shown[key] += amount
            continue
        state = come_to(domain, FOLDS[name], subject, held, packaged().names)
        for counter, unit, part, day, amount in state.rows:
            shown[name, counter, unit, part, as_date(day).isoformat()] += amount
        for known in domain.counters:
            if state.standing in known.standings and _due(known.due, state.due_at):
                shown[name, known.name, state.unit, state.part, as_date(LAST).isoformat()] += 1

    assert {key: amount for key, amount in shown.items() if amount} == truth
    assert len(truth) > 100


def _due(asked: DueLook | None, due_at: int | None) -> bool:
    soon = UNTIL_US + SOON_DAYS * 86_400_000_000
    if asked is None:
        return True
    return due_at is not None and (due_at < UNTIL_US if asked is DueLook.PAST else UNTIL_US <= due_at < soon)


def _looked_up(told: list[entries.Told]) -> Iterator[tuple[tuple[str, str, str, str, str], int]]:
    """What each look-up adds."""
    for fact in told:
        data = fact.data
        hour = f"{datetime.fromtimestamp(fact.time / 1e6, UTC).astimezone(ZONE):%Y-%m-%dT%H}"
        latency = data.latency_ms
        adds = {
            "lookups": 1,
            "without_case": data.case is None,
            "errors" if data.result == "error" else str(data.result): data.result != "found",
            "automatic": data.channel == "automatic",
            "timed": latency is not None,
            "latency_total": latency or 0,
        }
        low = -1
        for bound in (100, 250, 500, 1_000, 2_500, 5_000, 10_000):
            adds[f"latency_{bound}"] = latency is not None and low < latency <= bound
            low = bound
        yield from ((("lookup_hour", name, data.unit, data.application, hour), int(n)) for name, n in adds.items())


def test_the_truth_of_a_day_is_written_once_it_is_over(tmp_path: Path) -> None:
    truth = Truth(seconds_of(20_003))
    for day in (20_000, 20_001, 20_002, 20_003):
        truth.add("task", "done", "u", "p", seconds_of(day) + 5)
    truth.add_now("task", "open", "u", "p", 4)

    assert [row.slot for row in truth.closed(20_001)] == ["2024-10-04"]
    assert [(row.counter, row.amount) for row in truth.closed(None)] == [("done", 1), ("done", 1), ("open", 4)]
    assert not [*truth.closed(None)], "and what happens at the end or later is not known"


def test_case_figures_of_a_month_are_written_once_it_is_over() -> None:
    figures = CaseFigures(seconds_of(20_100))
    january = day_number(date(2024, 1, 31))
    for day in (january, january + 1):
        figures.add(0, 1, 1, 1, seconds_of(day))

    before = [*figures.closed(january + 1)]
    assert {row.figure for row in before} == {
        "case_by_unit_day",
        "case_by_procedure_day",
        "case_by_unit_procedure_month",
    }
    assert {row.slot for row in before} == {"2024-01-31", "2024-01-01"}
    assert {row.slot for row in figures.closed(None)} == {"2024-02-01"}


def test_a_truth_file_is_there_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "truth.jsonl"
    plan = Plan(1, FIRST, FIRST + 3, 0.01)
    with pytest.raises(ZeroDivisionError), TruthFile(path, plan.head()) as file:
        file.write([TruthRow("task", "done", "u", "p", "2024-01-01", 1 // 0)])
    assert not any(tmp_path.iterdir())

    records = rehearse(plan, path, lambda day, records: None)
    assert records > 100
    assert isinstance(read_head(path), Head)
    assert read_head(path) == plan.head()
    assert {row.figure for row in read_rows(path)} <= set(plan.head().figures)


def test_the_months_of_a_comparison_leave_no_day_out() -> None:
    pieces = list(months(date(2024, 1, 15), date(2024, 3, 1)))

    assert [first for first, _ in pieces[1:]] == [last for _, last in pieces[:-1]]
    assert [last for _, last in pieces[:-1]] == [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]
    assert pieces[0][0] < date(2010, 1, 1)
    assert pieces[-1][1] > date(2100, 1, 1)
    assert FigureDifference("f", "c", "u", "p", "2024-01-01", 1, 0).truth == 1
    assert pieces[-1][0] + timedelta(days=0) == date(2024, 3, 1)
