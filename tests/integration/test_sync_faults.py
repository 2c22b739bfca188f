"""A simulated year with faults of the sync planted among look-alikes: the gap names every one with its cause, and none
other. All ten seeds: ``benchmarks/sync_faults.py``."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest

from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import Cause
from infra.db.reference import load
from infra.endpoints import DatabaseUrls
from infra.simulate import sync_faults
from infra.simulate.case_stories import Story
from infra.simulate.check import FigureDifference, compare
from infra.simulate.run import Plan
from infra.simulate.scenarios import Drill
from infra.simulate.sync_faults import FAULTS, LIKES, kind_of
from infra.simulate.truth import read_head, read_rows
from schemas.province import day_number
from schemas.reference.reading import read
from tests.integration.simulated import fill, moment, told

FIRST, LAST = day_number(date(2024, 1, 1)), day_number(date(2025, 1, 1))
A_FAULT = 20


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", range(3))
async def test_the_gap_of_a_simulated_year_is_what_was_planted(
    seed: int, database: DatabaseUrls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = Counter[str]()

    def counted(random: Random, story: Story) -> str:
        kind = kind_of(random, story)
        kinds[kind] += 1
        return kind

    monkeypatch.setattr(sync_faults, "kind_of", counted)
    truth = tmp_path / "truth.jsonl"
    plan = Plan(seed, FIRST, LAST, 0.005, topics=("cases",), drills=(Drill("sync-faults", FIRST),))
    load(database.migrate, read(), moment(LAST))
    await fill(database.streams, told(plan, truth), LAST)

    compared, found = compare(database.screens, truth)
    planted = Counter(row.counter for row in read_rows(truth) if row.figure == "portal_gap")

    assert "portal_gap" in read_head(truth).figures
    assert (compared > 10_000, found) == (True, [])
    assert {name.partition("/")[0] for name in planted} == set(Indicator)
    assert {cause: planted[f"finished/{cause}"] for cause in Cause if planted[f"finished/{cause}"] < A_FAULT} == {}
    assert {
        kind: kinds[kind] for kind in (*FAULTS, "rewritten", *LIKES, "like_put_right") if kinds[kind] < A_FAULT
    } == {}

    lines = truth.read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if '"portal_gap"' in line and n)
    figure, _, *rest = json.loads(lines[place])
    lines[place] = json.dumps([figure, "finished/not_sent", "Nơi khác", *rest[1:]])
    truth.write_text("\n".join(lines) + "\n")
    wrong = compare(database.screens, truth)[1]
    assert sorted((one.truth, one.shown) for one in wrong) == [(0, 1), (1, 0)], "one that differs is found"
    assert all(isinstance(one, FigureDifference) for one in wrong)
