"""Case states written straight into the tables, with the rollups they stand for: what readers are tested on.

The rollups are GROUP BY over ``case_flow``, so a reader that asks a rollup and a list that asks the view can only agree
if both mean the same unit, channel, procedure and day.
"""

import psycopg
from psycopg import sql

from schemas.counters import FLOW_COUNTERS

GRAINS = {
    "case_by_unit_day": ("unit", "day", "channel"),
    "case_by_procedure_day": ("procedure", "day", "channel"),
    "case_by_unit_procedure_month": ("unit", "procedure", "month"),
}


def write_rollups(conn: psycopg.Connection) -> None:
    """Every rollup anew from the states."""
    for table, keys in GRAINS.items():
        conn.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        amounts = [
            sql.SQL("coalesce(sum(amount) FILTER (WHERE counter = {}), 0)").format(sql.Literal(name))
            for name in FLOW_COUNTERS
        ]
        conn.execute(
            sql.SQL(
                "INSERT INTO {table} ({columns}) SELECT {keys}, {amounts}"
                " FROM (SELECT *, date_trunc('month', day::timestamp)::date AS month FROM case_flow) f GROUP BY {keys}"
            ).format(
                table=sql.Identifier(table),
                columns=sql.SQL(", ").join(map(sql.Identifier, (*keys, *FLOW_COUNTERS))),
                keys=sql.SQL(", ").join(map(sql.Identifier, keys)),
                amounts=sql.SQL(", ").join(amounts),
            )
        )
