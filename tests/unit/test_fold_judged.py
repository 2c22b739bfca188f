"""What a case comes to by the rules: the fold against the slow reference, and what each verdict adds to the figures."""

import json

import hypothesis

from schemas.case_data import SIMULATED
from schemas.counters import COUNTER
from schemas.history import Entry
from schemas.province import as_date, moment
from schemas.reference.reading import PACKAGED
from schemas.topics import CASES
from streams.decode import Decoder
from streams.folds.cases import contribution, fold, merge
from tests.reference.histories import HISTORIES, Json
from tests.reference.law import Law
from tests.reference.province import Province
from tests.reference.unjudged import UNJUDGED
from tests.unit.folded import all_counts, state
from tests.unit.judging import packaged
from tests.unit.told import Record, at, entry

RECEIVED_MS = 1_711_929_600_000  # 1 April 2024
LAW = Law.of(PACKAGED)
DAYS = ("judged_from", "judged_to")
MOMENTS = ("due_61", "due_766", "ended_766", "waits_since", "portal_learned_at")
ACCEPTED = entry("accepted", "2024-01-31T09:00", unit="Sở Tư pháp", channel="direct", due=at("2024-02-08T00:00"))


def entries(events: list[Json]) -> dict[str, list[Entry]]:
    batch = Decoder(CASES).batch([Record(json.dumps(event).encode(), n, RECEIVED_MS) for n, event in enumerate(events)])
    assert not batch.rejected
    found: dict[str, list[Entry]] = {}
    for accepted in batch.accepted:
        history, _ = merge(accepted.subject, found.get(accepted.subject, []), [accepted.entry])
        found[accepted.subject] = history
    return found


@hypothesis.settings(max_examples=100)
@hypothesis.given(HISTORIES)
def test_every_case_is_judged_as_the_slow_reference_judges_it(events: list[Json]) -> None:
    province = Province.after(events, 2000, LAW)
    for subject, history in entries(events).items():
        case = province.cases[subject]
        got = fold(subject, history, packaged())
        want = {name: case.state[name] for name in UNJUDGED}
        want |= {name: moment(want[name]) for name in MOMENTS if want[name] is not None}
        have = {name: getattr(got, name) for name in UNJUDGED}
        have |= {name: as_date(have[name]) for name in DAYS if have[name] is not None}
        have["readings"] = list(have["readings"])
        assert have == want
        rows = {(unit, as_date(day), counter): n for unit, day, counter, n in contribution(got).rows}
        assert rows == case.amounts


@hypothesis.given(HISTORIES)
def test_late_is_real_or_waiting_and_never_both(events: list[Json]) -> None:
    for subject, history in entries(events).items():
        counts = {counter: n for _, _, counter, n in contribution(fold(subject, history, packaged())).rows}
        assert counts.get("late", 0) == counts.get("late_real", 0) + counts.get("late_waiting", 0)


def judged(*told: Entry) -> dict[str, int]:
    return {counter: n for counter, n in all_counts(*told).items() if COUNTER[counter].judged}


def test_what_waited_longer_than_it_was_late_is_late_for_waiting() -> None:
    asked = entry("supplement_requested", "2024-02-05T08:00")
    came = entry("supplement_received", "2024-02-07T08:00")
    ended = entry("finished", "2024-02-15T16:00")

    assert judged(ACCEPTED, asked, came, ended) == {"on_time_61": 1, "on_time_766": 1, "late_waiting": 1}
    assert judged(ACCEPTED, ended) == {"late_61": 1, "late_766": 1, "late_real": 1}


def test_what_the_portal_learns_after_the_deadline_is_late_by_its_sync() -> None:
    ended = entry("finished", "2024-02-05T16:00")
    sent = entry("synced", "2024-02-16T08:00", message="CapNhatTienDoHoSoMC", sent_status=9, answer="taken")
    early = entry("synced", "2024-02-06T08:00", message="CapNhatTienDoHoSoMC", sent_status=4, answer="taken")

    assert judged(ACCEPTED, ended, early, sent)["late_sync"] == 1
    assert state(ACCEPTED, ended, early, sent).portal_learned_at == sent.time
    assert state(ACCEPTED, ended, early).portal_learned_at is None


def test_a_case_says_which_days_it_was_judged_by() -> None:
    asked = entry("supplement_requested", "2024-02-05T08:00")
    came = entry("supplement_received", "2024-02-15T10:00", source=SIMULATED)
    found = state(ACCEPTED, asked, came)

    assert str(as_date(found.judged_from or 0)) == "2024-01-31"
    assert str(as_date(found.judged_to or 0)) == "2024-02-23"  # 24:00 of the 22nd
