"""A database as an earlier release left it, for the tests of what lifts its cases to the present rules."""

import psycopg

from schemas.counters import COUNTER, FLOW_COUNTERS

TABLES = ("case_by_unit_day", "case_by_procedure_day", "case_by_unit_procedure_month")


def as_rules_2_left_it(owner: psycopg.Connection) -> None:
    """What migrations 0014 and 0015 find: new columns empty, nothing of new counters in contributions and rollups."""
    judged = [name for name in FLOW_COUNTERS if COUNTER[name].judged or COUNTER[name].scored]
    empty = [
        "due_61",
        "due_766",
        "ended_766",
        "late_766",
        "late_cause",
        "portal_learned_at",
        "judged_from",
        "judged_to",
    ]
    owner.execute(
        f"""UPDATE case_state SET rules_version = 2, rules_edition = 0, score_flags = 0,
        {", ".join(f"{name} = NULL" for name in empty)},
        flows = (
            SELECT coalesce(json_agg(f), '[]') FROM json_array_elements(flows) f WHERE f ->> 0 <> ALL (%(judged)s)
        ),
        contribution = json_build_array(contribution::json -> 0, contribution::json -> 1, (
            SELECT coalesce(json_agg(r), '[]') FROM json_array_elements(contribution::json -> 2) r
            WHERE r ->> 2 <> ALL (%(judged)s)
        ))""",  # noqa: S608  (names from above)
        {"judged": judged},
    )
    for table in TABLES:
        owner.execute(f"UPDATE {table} SET {', '.join(f'{name} = 0' for name in judged)}")  # noqa: S608
        owner.execute(f"DELETE FROM {table} WHERE {' + '.join(FLOW_COUNTERS)} = 0")  # noqa: S608
