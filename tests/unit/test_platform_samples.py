"""What endpoints say, and what becomes of it; without a network."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.contracts import CONTRACTS
from streams.intake.errors import IntakeError
from streams.intake.platform.counters import Counters
from streams.intake.platform.events import PlatformTeller
from streams.intake.platform.look import Finding
from streams.intake.platform.samples import OPENMETRICS, Sample, UnreadableSample, chosen, parse, permille
from streams.intake.platform.systems import Capacity, PolledSystem, Series, Systems, load
from tests.settings import REPOSITORY

RECORDED = REPOSITORY / "tests/recorded/openmetrics"
AT = datetime(2024, 1, 31, 16, 59, tzinfo=UTC)  # 23:59 in the province
EXAMPLE = REPOSITORY / "docs/examples/platform.toml"


def example(key: str) -> PolledSystem:
    (found,) = [system for system in load(EXAMPLE).system if system.key == key]
    return found


def samples(name: str = "node.txt", kind: str = "text/plain; version=0.0.4") -> list[Sample]:
    return parse((RECORDED / name).read_text("utf-8"), kind)


def measured(teller: PlatformTeller, system: PolledSystem, found: Finding, at: datetime = AT) -> dict[str, object]:
    (event,) = teller.events(system, found, at)
    CONTRACTS["platform"].parse(event.value)
    data: dict[str, object] = json.loads(event.value)["data"]
    return data


def test_both_formats_are_read_and_series_are_chosen_by_labels() -> None:
    errors = Series(name="http_requests_total", labels={"code": "5.."})
    assert sum(sample.value for sample in chosen(samples(), errors)) == 9
    openmetrics = samples("service.txt", f"{OPENMETRICS}; version=1.0.0; charset=utf-8")
    assert [sample.value for sample in chosen(openmetrics, Series(name="http_requests"))] == [2048, 4]


def test_the_fullest_resource_counts_and_others_file_systems_do_not() -> None:
    metrics = example("truc-lien-thong").metrics
    assert metrics is not None
    assert permille(samples(), metrics.capacity) == 950  # /data; tmpfs would be 1000
    assert permille(samples(), metrics.capacity[1:]) == 750
    assert permille([Sample("pg_connections_used_ratio", (), 7.1)], metrics.capacity) == 1000
    assert permille([], metrics.capacity) is None


def test_counters_become_differences_and_a_restarted_one_is_taken_from_zero() -> None:
    teller, system = PlatformTeller("urn:test", Counters()), example("truc-lien-thong")

    def look(ok: float, failed: float, more: float | None = None) -> tuple[object, object]:
        found = [Sample("http_requests_total", (("code", "200"),), ok)]
        found.append(Sample("http_requests_total", (("code", "500"),), failed))
        if more is not None:
            found.append(Sample("http_requests_total", (("code", "301"),), more))
        data = measured(teller, system, Finding(True, 5, None, found))
        return data.get("requests"), data.get("errors")

    assert look(1000, 10) == (None, None)
    assert look(1100, 12) == (102, 2)
    assert look(1100, 12) == (0, 0)
    assert look(30, 12) == (30, 0)  # one of its processes was started again
    assert look(40, 12, more=5) == (15, 0)


def test_counters_are_kept_for_the_next_start_and_taken_once(tmp_path: Path) -> None:
    path, counters = tmp_path / "kept.json", Counters()
    counters.added("s", "requests", [Sample("a", (), 5)])
    counters.keep(path)

    assert Counters.kept(path).added("s", "requests", [Sample("a", (), 8)]) == 3
    assert Counters.kept(path).added("s", "requests", [Sample("a", (), 8)]) is None
    path.write_text('{"s/requests": {"x": "y"}, "t": 3}')
    assert Counters.kept(path).added("s", "requests", [Sample("a", (), 8)]) is None


@given(steps=st.lists(st.integers(0, 10**9), min_size=1, max_size=20), restart=st.integers(0, 19))
def test_what_is_added_over_all_looks_is_what_was_counted_whenever_it_restarts(steps: list[int], restart: int) -> None:
    counters, value, total = Counters(), 0, 0
    counters.added("s", "requests", [Sample("a", (), 0)])
    for number, step in enumerate(steps):
        value = step if number == restart and step < value else value + step
        total += counters.added("s", "requests", [Sample("a", (), float(value))]) or 0
    assert total == sum(steps)


def test_an_event_is_of_its_hour_in_the_province_and_unreachable_is_one_too() -> None:
    system = example("csdl-dung-chung")
    teller = PlatformTeller("urn:test", Counters())
    (event,) = teller.events(system, Finding(False, trouble="TimeoutError"), AT)
    (next_,) = teller.events(system, Finding(True, 3), AT + timedelta(minutes=1))

    said = json.loads(event.value)
    assert said["subject"] == "csdl-dung-chung/2024-01-31T23"
    assert json.loads(next_.value)["subject"] == "csdl-dung-chung/2024-02-01T00"
    assert said["data"] == {"system": "csdl-dung-chung", "unit": "so-thong-tin-va-truyen-thong", "reachable": False}
    assert next(teller.events(system, Finding(False), AT)).value == event.value, "the same look is the same event"


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    found = samples("bom.prom")
    assert [sample.value for sample in chosen(found, Series(name="http_requests_total"))] == [100, 3]
    assert [sample.value for sample in found if sample.name == "disk_used_ratio"] == [0.71]


@pytest.mark.parametrize(
    ("name", "kind", "why", "line"),
    [
        ("garbage-line.prom", "text/plain", "line", 7),
        ("noeof.om", OPENMETRICS, "unfinished", 4),
        ("repeat.om", OPENMETRICS, "repeated", 7),
    ],
)
def test_a_page_that_cannot_be_read_says_why_and_where_and_nothing_of_it(
    name: str, kind: str, why: str, line: int
) -> None:
    with pytest.raises(UnreadableSample) as told:
        samples(name, kind)
    assert (told.value.why, told.value.line) == (why, line)
    assert "http_requests" not in str(told.value)


@pytest.mark.parametrize("kind", ["text/plain", OPENMETRICS])
@given(text=st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("utf-8", "replace"))))
def test_whatever_an_endpoint_says_it_is_samples_or_unreadable(kind: str, text: str) -> None:
    try:
        found = parse(text, kind)
    except UnreadableSample:
        return
    teller = PlatformTeller("urn:test", Counters())
    measured(teller, example("truc-lien-thong"), Finding(True, 1, None, found))


NAMES = ["http_requests_total", "node_filesystem_avail_bytes", "node_filesystem_size_bytes", "up", "# TYPE up"]
LINE = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(["", '{code="500"}', '{fstype="ext4"}', '{code="\\"}', "{", '{a="b",a="b"}']),
    st.one_of(st.floats().map(str), st.integers().map(str), st.text(max_size=5)),
).map(lambda parts: f"{parts[0]}{parts[1]} {parts[2]}")  # fmt: skip


@given(looks=st.lists(st.lists(LINE, max_size=6).map("\n".join), min_size=1, max_size=3))
def test_whatever_numbers_it_has_the_event_keeps_to_the_contract(looks: list[str]) -> None:
    teller = PlatformTeller("urn:test", Counters())
    for text in looks:
        try:
            found = parse(text + "\n", "text/plain")
        except UnreadableSample:
            continue
        measured(teller, example("truc-lien-thong"), Finding(True, 1, None, found))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('key = "mot-cua"', 'key = "Một cửa"'), "system.0.key"),
        (('key = "mot-cua"', 'key = "thu-dien-tu"'), "there twice"),
        (("https://motcua.example.vn/", "https://me:secret@motcua.example.vn/"), "without a login"),
        (("tcp://10.0.0.31:5432", "tcp://10.0.0.31"), "a host and a port"),
        (("tls://mail.example.vn:993", "ftp://mail.example.vn"), "an address of http"),
        (('code = "5.."', 'code = "("'), "not a regular expression"),
        (("interval_s = 60", "interval_s = 1"), "interval_s"),
        (('share = { name', 'used = { name'), "either used and total"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_work_is_told(change: tuple[str, str], fault: str, tmp_path: Path) -> None:
    path = tmp_path / "platform.toml"
    path.write_text(EXAMPLE.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(IntakeError, match=f"(?s)not usable.*{fault}") as told:
        load(path)
    assert "secret" not in str(told.value)


def test_the_example_names_every_kind_of_probe() -> None:
    found = load(EXAMPLE)
    assert isinstance(found, Systems)
    assert {system.probe.url.partition(":")[0] for system in found.system if system.probe} == {"https", "tcp", "tls"}
    assert any(
        isinstance(one, Capacity) for system in found.system if system.metrics for one in system.metrics.capacity
    )
