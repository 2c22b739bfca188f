"""Writes the SQL that is one text for several tables or columns: ``make sql``. A test holds the files against it. A
counter of cases that no migration knows yet gets its columns by a new one.

What stands in one list (:mod:`schemas.rollups`, :class:`schemas.state.CaseState`) is told once there and written out
here, so that whoever reads a query, or runs it by hand, has it whole.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import fill

from infra.db.revisions import FOLDER, migrations
from schemas.counters import FLOW_COUNTERS
from schemas.rollups import CASE_ROLLUPS, LOOKUP_ROLLUPS, Rollup
from schemas.state import CaseState

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = "-- Written by `make sql` (infra/db/written_sql.py).\n"
# How a key is stored: its type in a parameter, and the stored value of a parameter. Other keys are texts.
_KEYS = {
    "day": ("integer", "date '1970-01-01' + {}"),
    "month": ("integer", "date '1970-01-01' + {}"),
    "hour": ("bigint", "moment_at({})"),
}
# How a case's state is stored: the types of parameters, and what is made of them. Other fields are texts.
_MOMENTS = ("_at", "_since", "_61", "_766")
_TYPES = {
    "boolean": ("oversized", "simulated", "portal_rewritten", "late_766"),
    "smallint": ("status", "portal_status"),
    "integer": ("supplement_requests", "judged_from", "judged_to", "score_flags", "loops"),
    "bigint": ("office_us", "citizen_us", "agency_us", "payment_us"),
}
_JSON = ("flows", "chain_stays", "deadline_moves")
_ARRAYS = {"path": "text", "path_office_s": "integer", "path_waited_s": "integer", "names": "text", "readings": "text"}
_WIDTH, _GLUE = 110, "\x00"
_DAYS = ("judged_from", "judged_to")


def texts() -> Iterator[tuple[Path, str]]:
    """Every file that is written, and its text."""
    for book, rollups in (("cases", CASE_ROLLUPS), ("lookups", LOOKUP_ROLLUPS)):
        folder = ROOT / "streams/sql" / book
        for rollup in rollups:
            yield folder / f"add_{rollup.name}.sql", HEAD + _add(rollup)
            yield folder / f"drop_zero_{rollup.name}.sql", HEAD + _drop_zero(rollup)
            yield folder / f"audit_count_{rollup.name}.sql", HEAD + _audit_count(rollup)
    for rollup in CASE_ROLLUPS:
        yield ROOT / f"streams/sql/cases/audit_{rollup.name}.sql", HEAD + _audit_cases(rollup)
        yield ROOT / f"dashboards/sql/flows_{rollup.name}.sql", HEAD + _flows(rollup)
    yield ROOT / "streams/sql/cases/write_states.sql", HEAD + _write_states()
    yield ROOT / "streams/sql/cases/audit_states.sql", HEAD + _audit_states()


def _type(key: str) -> str:
    return _KEYS.get(key, ("text", ""))[0]


def _stored(key: str, value: str) -> str:
    return _KEYS.get(key, ("", "{}"))[1].format(value)


def _listed(names: Iterable[str], before: str = "") -> str:
    return ", ".join(f"{before}{name}" for name in names)


def _lines(parts: Iterable[str], between: str = ", ") -> str:
    """Joined, and broken where a line is full."""
    joined = between.join(part.replace(" ", _GLUE) for part in parts)
    return (
        fill(joined, _WIDTH, break_long_words=False, break_on_hyphens=False).replace("\n", "\n    ").replace(_GLUE, " ")
    )


def _keys_given(rollup: Rollup) -> str:
    return ", ".join(f"%({key})s::{_type(key)}[]" for key in rollup.keys)


def _ordered(key: str) -> str:
    return f"n.{key}" if key in _KEYS else f'n.{key} COLLATE "C"'


def _add(rollup: Rollup) -> str:
    keys, counters = rollup.keys, rollup.counters
    selected = [_stored(key, f"n.{key}") for key in keys] + [f"n.{name}" for name in counters]
    return f"""-- Adds the span's differences to the rollup, in the order of its key.
INSERT INTO {rollup.table} AS r (
    {_lines((_listed(keys), *counters))}
)
SELECT
    {_lines(selected)}
FROM unnest(
    {_lines((_keys_given(rollup), *(f"%({name})s::bigint[]" for name in counters)))}
) AS n (
    {_lines((_listed(keys), *counters))}
)
ORDER BY {", ".join(map(_ordered, rollup.order))}
ON CONFLICT ({_listed(rollup.order)}) DO UPDATE SET
    {_lines(f"{name} = r.{name} + excluded.{name}" for name in counters)};
"""


def _drop_zero(rollup: Rollup) -> str:
    same = " AND ".join(f"r.{key} = {_stored(key, f'n.{key}')}" for key in rollup.keys)
    return f"""-- Rows of which nothing is left.
DELETE FROM {rollup.table} r
USING unnest({_keys_given(rollup)}) AS n ({_listed(rollup.keys)})
WHERE {same}
    AND {_lines((f"r.{name} = 0" for name in rollup.counters), " AND ")};
"""


def _when(rollup: Rollup) -> str:
    return next(key for key in rollup.keys if key in _KEYS)


def _since(rollup: Rollup) -> str:
    key, day = _when(rollup), "%(since)s::date"
    since = f"{day}::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'" if key == "hour" else day
    return f"{key} >= coalesce({since}, '-infinity')"


def _audit_count(rollup: Rollup) -> str:
    zero = _lines((f"{name} = 0" for name in rollup.counters), " AND ")
    return f"""-- How many rows the rollup has from a day on, and how many of them count nothing (none should).
SELECT count(*), count(*) FILTER (WHERE
    {zero}
)
FROM {rollup.table}
WHERE {_since(rollup)};
"""


# What a key is of a stored contribution: [procedure, channel, [[unit, day, counter, amount], …]].
_CONTRIBUTED = {
    "unit": '(r.row ->> 0) COLLATE "C"',
    "procedure": '(c.contribution ->> 0) COLLATE "C"',
    "channel": '(c.contribution ->> 1) COLLATE "C"',
    "day": "date '1970-01-01' + (r.row ->> 1)::integer",
    "month": "date_trunc('month', date '1970-01-01' + (r.row ->> 1)::integer)::date",
}


def _audit_cases(rollup: Rollup) -> str:
    keys = rollup.keys
    numbers = ", ".join(str(place + 1) for place in range(len(keys) + 1))
    return f"""-- Every counter of every row of the rollup that is not the sum of the stored contributions.
-- From a day on, or all.
WITH stored AS (
    SELECT
        {", ".join(f"{_CONTRIBUTED[key]} AS {key}" for key in keys)},
        (r.row ->> 2) COLLATE "C" AS counter, sum((r.row ->> 3)::bigint) AS amount
    FROM (
        SELECT contribution::json AS contribution FROM case_state
        WHERE %(since)s::date IS NULL OR last_at IS NULL
            OR last_at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    ) AS c CROSS JOIN LATERAL json_array_elements(c.contribution -> 2) AS r (row)
    GROUP BY {numbers}
), rolled AS (
    SELECT {_listed(keys, "b.")}, n.key COLLATE "C" AS counter, n.value::bigint AS amount
    FROM {rollup.table} b
    CROSS JOIN LATERAL jsonb_each_text(to_jsonb(b) - ARRAY[{", ".join(f"'{key}'" for key in keys)}]) AS n
    WHERE n.value <> '0'
), compared AS (
    SELECT {_listed(keys)}, counter, coalesce(s.amount, 0) AS stored, coalesce(r.amount, 0) AS rolled
    FROM stored s FULL JOIN rolled r USING ({_listed(keys)}, counter)
    WHERE %(since)s::date IS NULL OR {_when(rollup)} >= %(since)s::date
)
SELECT {", ".join(f"{key}::text" for key in keys)}, counter, stored::bigint, rolled::bigint, count(*) OVER ()
FROM compared
WHERE stored <> rolled
ORDER BY {numbers}
LIMIT %(limit)s;
"""


def _flows(rollup: Rollup) -> str:
    """``dashboards.readers.figures`` asks it."""
    time, kept = _when(rollup), [key for key in rollup.keys if key not in _KEYS]
    grouped = [(key, key) for key in kept] + [("day", "day::text")] * (time == "day")
    groups = "\n        ".join(f"WHEN '{name}' THEN {value}" for name, value in grouped)
    sums = ",\n    ".join(f"sum({name})::bigint AS {name}" for name in rollup.counters)
    filters = "\n".join(f"    AND (%({key})s::text IS NULL OR {key} = %({key})s::text)" for key in kept)
    return f"""-- Every flow counter of a span of {time}s by one of the keys or in total, optionally of one key each.
-- No row where nothing was counted. Parameters: by, first, last (they begin and end {time}s), {", ".join(kept)}.
SELECT
    CASE %(by)s::text
        {groups}
        ELSE ''
    END AS key,
    {sums}
FROM {rollup.table}
-- coalesce, not OR: it stays an index condition in a generic plan too.
WHERE {time} BETWEEN coalesce(%(first)s::date, '-infinity') AND coalesce(%(last)s::date, 'infinity')
{filters}
GROUP BY 1
"""


def _is_moment(field: str) -> bool:
    return field.endswith(_MOMENTS) and field != "late_766"


def _state_type(field: str) -> str:
    if _is_moment(field):
        return "bigint"
    return next((kind for kind, fields in _TYPES.items() if field in fields), "text")


def _state_stored(field: str) -> str:
    value = f"n.{field}"
    if _is_moment(field):
        return f"moment_at({value})"
    if field in _DAYS:
        return f"date '1970-01-01' + {value}"
    if field in _JSON:
        return f"{value}::json"
    return f"{value}::{_ARRAYS[field]}[]" if field in _ARRAYS else value


def _state_read(field: str) -> str:
    value = f"s.{field}"
    if _is_moment(field):
        return f"(extract(epoch FROM {value}) * 1000000)::bigint"
    if field in _DAYS:
        return f"{value} - date '1970-01-01'"
    return f"{value}::text" if field in _JSON else value


def _write_states() -> str:
    fields = CaseState.__struct_fields__
    given, by = ("subject", *fields, "contribution"), ("rules_version", "rules_edition")
    return f"""-- States of the cases whose histories have grown, each with the contribution that this transaction adds
-- for it. A lower version of the rules never overwrites a higher one.
INSERT INTO case_state AS s (
    {_lines((*given, *by))}
)
SELECT
    {_lines((*map(_state_stored, given), *(f"%({name})s" for name in by)))}
FROM unnest(
    {_lines(f"%({name})s::{_state_type(name)}[]" for name in given)}
) AS n (
    {_lines(given)}
)
ON CONFLICT (subject) DO UPDATE SET
    {_lines(f"{name} = excluded.{name}" for name in (*given[1:], *by))}
WHERE (s.rules_version, s.rules_edition) <= (excluded.rules_version, excluded.rules_edition);
"""


def _audit_states() -> str:
    return f"""-- Histories with what was stored of their fold, in key order.
SELECT h.subject, h.events, h.oversized, s.subject IS NOT NULL,
    {_lines(map(_state_read, CaseState.__struct_fields__))},
    s.contribution,
    s.rules_version <> %(rules_version)s
        OR judged_before(s.rules_edition, s.judged_from, s.judged_to, s.procedure, s.names)
FROM case_history h FULL JOIN case_state s ON s.subject = h.subject
WHERE coalesce(h.subject, s.subject) > %(after)s
    AND (%(until)s::text IS NULL OR coalesce(h.subject, s.subject) <= %(until)s)
ORDER BY coalesce(h.subject, s.subject);
"""


def columns() -> tuple[Path, str] | None:
    """The migration that gives counters their columns; ``None`` where all have one."""
    told = "".join(one.file.read_text("utf-8") for one in migrations())
    new = [name for name in FLOW_COUNTERS if not re.search(rf"\b{name}\s+bigint\b", told)]
    if not new:
        return None
    added = ",\n".join(f"    ADD COLUMN {name} bigint NOT NULL DEFAULT 0" for name in new)
    tables = "\n".join(f"ALTER TABLE {rollup.table}\n{added};" for rollup in CASE_ROLLUPS)
    head = "-- Counters of cases: columns with a constant default, so no row is written again; the sweep fills them.\n"
    return FOLDER / f"{len(migrations()) + 1:04d}_counter_{new[0]}.sql", f"{head}{tables}\n"


if __name__ == "__main__":
    for path, text in (*texts(), *filter(None, (columns(),))):
        path.write_text(text, "utf-8")
