"""When rejects are one source's matter, and when they are ours."""

import pytest

from streams.decode import Batch, Rejected
from streams.reject_rate import HOPELESS_RECORDS, LEAST, WINDOW, RejectWatch, nameable
from streams.span_columns import dead_letters, sources

KNOWN = {"urn:a", "urn:b"}


def test_a_few_rejects_are_no_alarm() -> None:
    watch = RejectWatch()
    assert watch.seen(["urn:a"] * 10, ["urn:a"] * (LEAST - 1), KNOWN) == []


def test_a_source_whose_share_rises_is_named_once() -> None:
    watch = RejectWatch()
    assert watch.seen(["urn:a"] * 500, [], KNOWN) == []
    (alarm,) = watch.seen([], ["urn:a"] * 40, KNOWN)
    assert (alarm.source, alarm.rejected, alarm.records, alarm.over) == ("urn:a", 40, 540, False)
    assert watch.seen([], ["urn:a"] * 40, KNOWN) == []


def test_a_source_that_sends_well_again_is_named_once_more() -> None:
    watch = RejectWatch()
    watch.seen([], ["urn:a"] * LEAST, KNOWN)
    assert watch.seen(["urn:a"] * (WINDOW - LEAST - 1), [], KNOWN) == []
    alarms = watch.seen(["urn:a"], [], KNOWN)
    assert [(a.source, a.over) for a in alarms] == [("urn:a", True)]
    assert watch.seen(["urn:a"] * WINDOW, [], KNOWN) == []


def test_a_name_that_nobody_knows_is_not_repeated_in_an_alarm() -> None:
    assert RejectWatch().seen([], ["0123456789"] * 100, KNOWN) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("urn:lgsp:moi", True),
        ("https://lgsp.dongnai.gov.vn/2026", True),
        ("", False),
        ("0123456789", False),
        ("urn:cccd:036090001234", False),
        ("urn:036.090.001.234", False),
        ("urn:Nguyễn Văn A", False),
        ("urn:nguyen van a", False),
        ("urn:" + "x" * 200, False),
    ],
)
def test_a_name_never_seen_is_kept_where_it_can_hold_nobody(said: str, kept: bool) -> None:
    assert nameable(said) is kept
    batch = Batch(rejected=[Rejected(7, 0, said, "type", "missing", b"")])
    assert dead_letters(batch, set())["source"] == [said if kept else None]
    assert sources(batch, {}, set())["source"] == [], "what was never taken is no source"


def test_everything_of_several_known_sources_failing_from_the_beginning_is_hopeless() -> None:
    watch = RejectWatch()
    said = ["urn:a", "urn:b"] * (HOPELESS_RECORDS // 2)
    assert watch.hopeless(0, said, KNOWN)
    assert not watch.hopeless(1, said, KNOWN)
    assert not watch.hopeless(0, ["urn:a"] * 1000, KNOWN)
    assert not watch.hopeless(0, ["urn:x", "urn:y"] * 1000, KNOWN)


def test_once_something_was_accepted_nothing_is_hopeless_any_more() -> None:
    watch = RejectWatch()
    watch.seen(["urn:a"], [], KNOWN)
    assert not watch.hopeless(0, ["urn:a", "urn:b"] * 1000, KNOWN)
