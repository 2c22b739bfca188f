"""Whether the gap to the national portal names every planted fault of the sync with its cause, and none other.

One private stack; for each seed a database and topics of its own, and a simulated year of cases with the drill
``sync-faults`` through Kafka and a worker. Then every figure, and with them every case of the gap in every month, is
compared with the truth. Prints one JSON line a value; ends with code 1 if a figure differs or a fault is too rare.

    python -m benchmarks.sync_faults [--seeds 10] [--begin 0] [--days 365] [--scale 0.01]
"""

import argparse
import asyncio
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.case_path import Bench, benched, report, say
from infra.db.reference import load
from infra.simulate.check import compare
from infra.simulate.gap_truth import FIGURE
from infra.simulate.run import Plan, perform
from infra.simulate.scenarios import Drill
from infra.simulate.truth import read_rows
from schemas.province import day_number
from schemas.reference.reading import read
from schemas.topics import CASES

FIRST = date(2024, 1, 1)
AT_LEAST = 20  # of each fault in a year
CAUSES = ("not_sent", "status_behind", "other_code", "rewritten_status", "other_period", "own_behind")


def played(bench: Bench, plan: Plan, truth: Path) -> tuple[int, int]:
    """Figures compared, and how many differ."""
    name = f"faults{plan.seed}"
    urls = bench.prepare(name, 0)
    load(urls.migrate, read(), datetime.now(UTC))
    with bench.process(name, urls, "streams"):
        told = perform(plan, bench.kafka, urls.streams, truth, lambda day, sent: None, lambda *_: None, f".{name}")
        events = asyncio.run(told)
    compared, found = compare(urls.screens, truth)
    for one in found[:20]:
        say(f"differs: {one}")
    say(f"seed {plan.seed}: {events:,} events, {compared:,} figures, {len(found)} differ")
    return compared, len(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--begin", type=int, default=0, help="the first seed")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--scale", type=float, default=0.01)
    asked = parser.parse_args()
    first = day_number(FIRST)
    compared = differing = named = 0
    rarest: list[int] = []
    with benched((CASES,)) as bench:
        for seed in range(asked.begin, asked.begin + asked.seeds):
            drill = Drill("sync-faults", first)
            plan = Plan(seed, first, first + asked.days, asked.scale, topics=("cases",), drills=(drill,))
            truth = bench.root / f"truth.{seed}.jsonl"
            figures, wrong = played(bench, plan, truth)
            planted = Counter(row.counter for row in read_rows(truth) if row.figure == FIGURE)
            compared, differing = compared + figures, differing + wrong
            named += sum(planted.values())
            rarest.append(min(planted[f"finished/{cause}"] for cause in CAUSES))
    report("sync_faults_seeds", asked.seeds, "years")
    report("sync_faults_rarest", min(rarest), "cases")
    report("sync_faults_named", named, "cases")
    report("sync_faults_figures", compared, "figures")
    report("sync_faults_differences", differing, "figures")
    if differing or min(rarest) < AT_LEAST:
        sys.exit(1)


if __name__ == "__main__":
    main()
