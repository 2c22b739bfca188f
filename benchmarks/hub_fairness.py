"""How fair the hub is: the pauses of quick views beside views that are always too slow, and how soon a new one is read.

The hub over screens that ask the real database what a case wants (tests/integration/probe_screens.py), on a private
stack. Prints one JSON line a value; progress goes to standard error.
"""

import asyncio
from itertools import pairwise
from statistics import median

from benchmarks.case_path import benched, report
from infra.endpoints import DatabaseUrls
from tests.integration.probe_screens import running, watching

QUICK = {f"quick-{index}": "SELECT pg_sleep(0.005)" for index in range(20)}
SLOW = {f"slow-{index}": "SELECT pg_sleep(0.5)" for index in range(8)}
NEVER = {f"never-{index}": "SELECT pg_sleep(20)" for index in range(8)}
NEW = {f"new-{index}": "SELECT 1" for index in range(5)}
SECONDS = 30.0


async def measure(urls: DatabaseUrls) -> None:
    async with running(urls, QUICK | SLOW | NEVER | NEW) as hub, watching(hub, *QUICK, *SLOW, *NEVER) as seen:
        for name in QUICK:
            await seen[name].until("live", 30)
        await asyncio.sleep(SECONDS)
        first = []
        for name in NEW:
            async with watching(hub, name) as late:
                first.append(await late[name].until("live", 30))
        pauses = [b - a for name in QUICK for a, b in pairwise(seen[name].moments)]
        slow = [len(seen[name].states) for name in SLOW]
        wrong = sum(state == "error" for name in QUICK | SLOW for state in seen[name].states)
    report("hub_quick_pause_median_s", median(pauses), "s")
    report("hub_quick_pause_longest_s", max(pauses), "s")
    report("hub_slow_read_least", min(slow), "readings")
    report("hub_slow_read_most", max(slow), "readings")
    report("hub_new_view_first_s", max(first), "s")
    report("hub_views_marked_by_others", wrong, "snapshots")


def main() -> None:
    with benched() as bench:
        asyncio.run(measure(bench.prepare("hub", 0)))


if __name__ == "__main__":
    main()
