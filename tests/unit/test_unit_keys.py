"""A key means what it meant on its day: how a former unit is named, and on which days each unit had the key."""

from datetime import date

import pytest

from dashboards import unit_keys, unit_names, words
from dashboards.api.app import build, document
from dashboards.periods import between
from dashboards.readers import unit_days
from dashboards.readers.database import Database
from schemas.reference.reading import PACKAGED
from tests.askers import for_askers
from tests.reference import unit_days as slow

CHANGE, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
TRUNG_DUNG = "26041/2025-06-30"
# Of this moment, or a list of cases and subjects, each with the key that it has.
OF_NO_PERIOD = {
    "ListedDirective",  # as it stands
    "Case", "ListedCase", "Data", "ForecastRow", "SoonCase", "GapCase", "ProcessCase", "ChainCase", "ServiceCase",
    "LackingCase", "Subject", "ListedSubject", "Loss",
}  # fmt: skip


def test_a_former_unit_is_named_by_its_key_and_its_last_day() -> None:
    assert unit_keys.former("26041", BEFORE) == TRUNG_DUNG
    assert unit_keys.parted(TRUNG_DUNG) == ("26041", BEFORE)
    for key in ("", "26041", "H19/2025", "a/2025-13-01", "26041/2025-06-3", "/2025-06-30"):
        assert unit_keys.parted(key) == (key, None)


def test_the_days_of_each_unit_meet_and_make_up_the_period() -> None:
    year = between(date(2025, 1, 1), date(2025, 12, 31))
    spans = list(unit_days.spans(year, [CHANGE, date(2025, 9, 1)]))
    assert [(span.first, span.last, until) for span, until in spans] == [
        (date(2025, 1, 1), BEFORE, BEFORE),
        (CHANGE, date(2025, 8, 31), date(2025, 8, 31)),
        (date(2025, 9, 1), date(2025, 12, 31), None),
    ]
    assert [span for span, _ in unit_days.spans(between(None, None), [CHANGE])] == [
        between(None, BEFORE),
        between(CHANGE, None),
    ]


def test_the_slow_reference_knows_that_26041_became_another_unit() -> None:
    days = slow.changes(PACKAGED)
    assert days["26041"] == [CHANGE]
    assert slow.named("26041", BEFORE, date(2025, 12, 31), days) == TRUNG_DUNG
    assert slow.named("26041", BEFORE, BEFORE, days) == slow.named("26041", CHANGE, date(2026, 1, 1), days) == "26041"


def test_a_wall_has_room_for_the_name_of_a_former_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    name = unit_keys.said("Phường Trung Dũng", BEFORE)
    monkeypatch.setattr(unit_names, "_held", {TRUNG_DUNG: name, "26041": "Phường Trấn Biên"})

    assert words.unit(TRUNG_DUNG) == "Phường Trung Dũng (đến 30/06/2025)"
    assert words.short_unit(TRUNG_DUNG) == "P. Trung Dũng\u00a0(cũ)"
    assert words.width(words.short_unit(TRUNG_DUNG)) <= words.WALL_NAME_EM


def test_every_row_by_unit_of_the_api_can_be_of_a_former_unit() -> None:
    schemas = document(build(for_askers(Database("postgresql://nobody@127.0.0.1:1/none", name="test"))))["components"][
        "schemas"
    ]
    fields = {name: set(schema.get("properties", {})) for name, schema in schemas.items() if "Indicator" not in name}
    by_unit = {"FiguresRow", "TopicRow", *(name for name, has in fields.items() if has & {"unit", "agency"})}
    assert {name for name in by_unit if "until" not in fields[name]} == OF_NO_PERIOD
