"""The one registry of counters. Screens, API, reports and the audit take names, labels and meaning from here.

A *flow* counts on the day of its own event and lives in the rollups (one column a counter); its list is the view
``case_flow``. A *now* counter depends on the clock, is computed from ``case_state`` and its list is the view
``case_now``. ``tests/integration/test_every_counter.py`` compares count and list for every one.
"""

from schemas.case_counters import CASE_COUNTERS
from schemas.counter_kinds import Kind, Noun

COUNTER = {counter.name: counter for counter in CASE_COUNTERS}
FLOW_COUNTERS: tuple[str, ...] = tuple(c.name for c in CASE_COUNTERS if c.kind is Kind.FLOW)
NOW_COUNTERS: tuple[str, ...] = tuple(c.name for c in CASE_COUNTERS if c.kind is Kind.NOW)
COUNTER_INDEX = {name: index for index, name in enumerate(FLOW_COUNTERS)}
# What was not done as the law says: times, on the day of the event that breaks the rule.
BREACHES: tuple[str, ...] = tuple(c.name for c in CASE_COUNTERS if c.judged and c.noun is Noun.TIME)
