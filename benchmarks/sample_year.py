"""Years of cases written straight into the tables, in a minute instead of half an hour, for what reads them."""

import psycopg

CASES = 1_250_000
UNITS = 203

_STATES = """
INSERT INTO case_state (
    subject, unit, procedure, channel, accepted_at, due_at, ended_at, end_kind, last_at, last_unit, flows, oversized,
    simulated, contribution, rules_version, judged_from, judged_to, path
)
SELECT
    '000.00.' || lpad((i %% 40)::text, 2, '0') || '.H19-' || to_char(day, 'YYMMDD') || '-' || lpad(i::text, 7, '0'),
    'H19.' || (i %% %(units)s), '1.' || lpad((i * 7 %% 1800)::text, 6, '0'),
    (ARRAY['online','direct','post'])[1 + i %% 3], day, day + interval '5 days',
    CASE WHEN i %% 20 > 0 THEN day + (i %% 7) * interval '1 day' END,
    CASE WHEN i %% 20 > 0 THEN 'finished' END, day + (i %% 7) * interval '1 day', 'H19.' || (i %% %(units)s),
    '[["steps","H19.1",20000,2],["steps","H19.2",20001,2]]', false, true,
    '[["accepted","H19.1",20000,1],["finished","H19.1",20003,1],["on_time","H19.1",20003,1]]', 1000,
    day::date, day::date, ARRAY['receive', 'check', 'decide', 'sign']
FROM (
    SELECT i, first + (i::float / %(cases)s) * (now() - first) AS day
    FROM generate_series(1, %(cases)s) AS i,
        (SELECT date_trunc('year', now()) - make_interval(years => %(years)s - 1)) AS began (first)
) AS each
"""
_ROLLUP = """
INSERT INTO case_by_unit_day (unit, day, channel, accepted, finished)
SELECT unit, province_day(accepted_at), channel, count(*), count(ended_at) FROM case_state GROUP BY 1, 2, 3
"""


def write(url: str, cases: int = CASES, years: int = 1) -> None:
    """Cases of the running year, or of more up to now, accepted evenly, with the rollup of walls, a source and a worker
    that lives."""
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(_STATES, {"cases": cases, "units": UNITS, "years": years})
        db.execute(_ROLLUP)
        db.execute(
            "INSERT INTO stream_offset VALUES ('c', 'ioc.cases', 'ioc.cases', 0, %(n)s, %(n)s, 0, 0, now(), now())",
            {"n": cases},
        )
        db.execute(
            "INSERT INTO stream_source"
            " VALUES ('urn:ioc:simulated', 'ioc.cases', 'ioc.cases', 0, %(n)s, 0, 0, now(), now())",
            {"n": cases},
        )
        db.execute("INSERT INTO heartbeat VALUES ('worker-1', now(), now() + interval '1 day', 'running', '')")
        db.execute("VACUUM ANALYZE case_state")
