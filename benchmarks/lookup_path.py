"""How fast look-ups go the whole way into tables and rollups: Kafka, decode, database, one worker, all on this machine.

Two runs of the same log, each in a database and topics of its own; the audit is clean after each. ``…_at_2_cores`` is
what two cores of which nobody else takes anything would give: the worker is one thread, and it, PostgreSQL and Kafka
share two cores. Prints one JSON line a value; progress goes to standard error.
"""

from statistics import median

from benchmarks.case_path import benched, report
from benchmarks.lookup_log import lookup_log
from schemas.topics import LOOKUPS

SEED = 6
EVENTS = 600_000


def main() -> None:
    with benched((LOOKUPS,), lambda events: lookup_log(events, SEED)) as bench:
        runs = [bench.bulk(name, EVENTS, "streams") for name in ("first", "again")]
    million = 1_000_000 / EVENTS
    worker = median(run.worker_cpu_s for run in runs) * million
    postgres = median(run.postgres_cpu_s for run in runs) * million
    kafka = median(run.kafka_cpu_s for run in runs) * million
    report("lookup_path_events_per_s", median(run.rate for run in runs), "events/s")
    report("lookup_path_cpu_s_worker", worker, "s/million")
    report("lookup_path_cpu_s_postgres", postgres, "s/million")
    report("lookup_path_cpu_s_kafka", kafka, "s/million")
    report("lookup_path_at_2_cores", 1_000_000 / max(worker, (worker + postgres + kafka) / 2), "events/s")
    report("lookup_path_rss_mb", max(run.peak_rss_mb for run in runs), "MB")


if __name__ == "__main__":
    main()
