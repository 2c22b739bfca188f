"""Probes and scraping against real servers, through to the figures in the tables."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dashboards.readers.queries import query
from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from streams.intake.outgoing import Outgoing
from streams.intake.platform.counters import Counters
from streams.intake.platform.events import PlatformTeller
from streams.intake.platform.prober import Clock, look_once, utc
from streams.intake.platform.systems import Systems, load
from tests.integration.data_centre import Answers, certificate, serving, soon
from tests.integration.test_subjects import figures, take
from tests.settings import REPOSITORY

RECORDED = REPOSITORY / "tests/recorded/openmetrics"
NODE = (RECORDED / "node.txt").read_text("utf-8")
GARBAGE = (RECORDED / "garbage-line.prom").read_text("utf-8")
SYSTEM = """
[[system]]
key = "{key}"
timeout_s = 1.5
"""
METRICS = """
[system.metrics]
url = "http://127.0.0.1:{port}/metrics"
requests = [{{ name = "http_requests_total" }}]
errors = [{{ name = "http_requests_total", labels = {{ code = "5.." }} }}]
capacity = [{{ free = {{ name = "node_filesystem_avail_bytes", labels = {{ fstype = "xfs" }} }}, total = {{ name = "node_filesystem_size_bytes" }} }}]
"""  # noqa: E501


def probe(key: str, url: str) -> str:
    return SYSTEM.format(key=key) + f'[system.probe]\nurl = "{url}"\n'


def systems(folder: Path, *parts: str) -> Systems:
    path = folder / "platform.toml"
    path.write_text('source = "urn:test:probes"\n' + "".join(parts), "utf-8")
    return load(path)


async def seen(chosen: Systems, teller: PlatformTeller, now: Clock = utc) -> dict[str, list[dict[str, Any]]]:
    """What one look at all systems says, by its subject without the hour."""
    found: list[Outgoing] = []
    await look_once(chosen, teller, found.append, now)
    by_subject: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        event = json.loads(one.value)
        by_subject.setdefault(event["subject"].partition("/")[0], []).append(event)
    return by_subject


async def test_a_self_made_certificate_is_seen_with_its_end_and_a_new_one_as_new(tmp_path: Path) -> None:
    answers, until, teller = Answers(), soon(5), PlatformTeller("urn:test:probes", Counters())
    with serving(answers, certificate(tmp_path, until)) as port:
        chosen = systems(tmp_path, probe("web", f"https://127.0.0.1:{port}/"), probe("raw", f"tls://127.0.0.1:{port}"))
        first = await seen(chosen, teller)
        again = await seen(chosen, teller)

    ((web,), (raw,)) = first["web"], first["raw"]
    assert web["data"]["reachable"] is True
    assert raw["data"]["reachable"] is True
    assert 0 <= web["data"]["latency_ms"] < 1500
    assert answers.asked == ["HEAD /", "HEAD /"]
    (held,) = first[f"127.0.0.1:{port}"]
    assert held["type"] == "certificate.seen.v1"
    assert datetime.fromisoformat(held["data"]["expires_at"]) == until
    assert set(again) == {"web", "raw"}, "a certificate is said once"

    with serving(answers, certificate(tmp_path, until + timedelta(days=365))) as port:
        changed = systems(tmp_path, probe("web", f"https://127.0.0.1:{port}/"))
        (renewed,) = (await seen(changed, teller))[f"127.0.0.1:{port}"]
    assert datetime.fromisoformat(renewed["data"]["expires_at"]) == until + timedelta(days=365)


async def test_what_does_not_answer_is_an_event_and_no_crash(tmp_path: Path) -> None:
    slow, failing, plain = Answers(), Answers(), Answers()
    slow.delay_s, failing.status = 4.0, 503
    with serving(slow) as slow_port, serving(failing) as failing_port, serving(plain) as plain_port:
        chosen = systems(
            tmp_path,
            probe("slow", f"http://127.0.0.1:{slow_port}/"),
            probe("failing", f"http://127.0.0.1:{failing_port}/"),
            probe("closed", f"tcp://127.0.0.1:{free_port()}"),
            probe("open", f"tcp://127.0.0.1:{plain_port}"),
            probe("no-tls", f"https://127.0.0.1:{plain_port}/"),
            probe("no-host", "http://nobody.invalid/"),
        )
        found = await seen(chosen, PlatformTeller("urn:test:probes", Counters()))

    assert {key: event["data"]["reachable"] for key, (event,) in found.items()} == {
        "slow": False, "failing": False, "closed": False, "open": True, "no-tls": False, "no-host": False,
    }  # fmt: skip
    assert "latency_ms" not in found["slow"][0]["data"]
    assert "latency_ms" in found["failing"][0]["data"]


@pytest.mark.parametrize("probed", [True, False])
@pytest.mark.parametrize(
    ("spoilt", "status", "why"),
    [
        ("no metrics {", 200, "line"),
        (GARBAGE, 200, "line"),
        (NODE, 404, "status"),
    ],
)
async def test_a_page_that_cannot_be_read_costs_its_figures_only_and_says_why(
    tmp_path: Path, spoilt: str, status: int, why: str, probed: bool
) -> None:
    answers = Answers()
    with serving(answers) as port:
        part = probe("node", f"tcp://127.0.0.1:{port}") if probed else SYSTEM.format(key="node")
        chosen, teller = (
            systems(tmp_path, part + METRICS.format(port=port)),
            PlatformTeller("urn:test:probes", Counters()),
        )
        answers.metrics, answers.status = spoilt, status
        ((event,),) = (await seen(chosen, teller)).values()
    assert event["data"]["reachable"] is True
    assert event["data"]["unreadable"] == why
    assert "requests" not in event["data"]


async def test_what_was_seen_is_found_in_the_tables(tmp_path: Path, database: DatabaseUrls) -> None:
    answers, teller = Answers(), PlatformTeller("urn:test:probes", Counters())
    said: list[dict[str, Any]] = []
    clock = iter(datetime.fromisoformat(f"2024-01-31T08:00:{second:02d}+07:00") for second in range(60))
    with serving(answers) as port, serving(Answers(), certificate(tmp_path, soon(3))) as secure:
        chosen = systems(
            tmp_path,
            SYSTEM.format(key="node") + METRICS.format(port=port),
            probe("web", f"https://127.0.0.1:{secure}/"),
            probe("gone", f"tcp://127.0.0.1:{free_port()}"),
        )
        for metrics in (NODE, NODE.replace(" 1027", " 1100").replace(" 7\n", " 9\n"), GARBAGE):
            answers.metrics = metrics
            said += [event for events in (await seen(chosen, teller, lambda: next(clock))).values() for event in events]
    await take(database, "platform", said)

    found = figures(database, "system")
    assert {name: found[name] for name in ("looks", "unreachable", "requests", "errors", "full", "unreadable")} == {
        "looks": 9,
        "unreachable": 3,
        "requests": 75,
        "errors": 2,
        "full": 2,
        "unreadable": 1,
    }
    with psycopg.connect(database.screens) as db:
        since = {"since": "2024-01-31T07:00:00+07:00"}
        assert db.execute(query("systems_unread"), since).fetchall() == [("node", "line")]
    assert figures(database, "certificate") == {"seen": 1}
