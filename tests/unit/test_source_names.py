"""No raw key where people read: a task without a title says that it has none, a source is called by its name."""

from datetime import date

import pytest

from dashboards import part_names, source_names
from dashboards.periods import PeriodName, named
from dashboards.readers.domains import Cell
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.openings import Opening, SubjectItem
from dashboards.readers.subjects import CountedSubject, StoredSubject, ToldSubject
from dashboards.screens.registry import SCREENS
from dashboards.settings import Feed
from dashboards.views.topics import ages, listing, source_listing, subject, tablet, wall, words
from dashboards.views.topics.declared import TOPICS
from dashboards.views.topics.ids import Tablet, Wall
from dashboards.words import NB
from schemas.cases import SIMULATED
from schemas.contracts import DOMAINS
from schemas.json_text import encode
from tests.unit.screens import NOW, SETTINGS, feeding, source, text
from tests.unit.test_screens_topics import made

SYSTEMS = {("system", "mot-cua"): "Một cửa điện tử", ("system", "lgsp"): "Nền tảng LGSP"}
KNOWN, STRANGE = "urn:dongnai:mot-cua", "urn:ai:biet"


@pytest.fixture(autouse=True)
def systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_names, "_held", SYSTEMS)
    monkeypatch.setattr(source_names, "_held", {"urn:x:thue-moi": "Thuế"})


def counted(key: str, title: str | None = None) -> StoredSubject:
    return StoredSubject(key, "so-tu-phap", "30/KH", "open", title, NOW, None, None, NOW, None, False, False, {})


def opening(domain: str, counter: str, filters: Filters = NO_FILTERS) -> Opening:
    return Opening("o1", counter, named(PeriodName.MONTH, NOW), filters, NOW, 1, 1, domain)


def test_what_has_a_title_and_was_given_none_says_that_it_has_no_name() -> None:
    for domain in DOMAINS.values():
        without, titled = counted("30/C-05"), counted("30/C-05", "Số hóa")
        said = words.title(domain.name, without)
        assert words.title(domain.name, titled) == "Số hóa"
        if domain.name in ("task", "campaign", "milestone", "activity"):
            assert said == "chưa có tên: 30/C-05"
    assert words.title("system", counted("lgsp")) == "Nền tảng LGSP"
    assert words.title("system", counted("moi")) == "chưa có tên: moi"


def test_a_task_without_a_title_says_so_in_its_list_and_on_its_page() -> None:
    item = SubjectItem(1, CountedSubject(counted("30-KH/C-05"), 1))
    listed = text(listing.page(opening("task", "overdue"), (item,), 1, NOW, {}, {}, dark=False))
    page = text(
        subject.page(DOMAINS["task"], ToldSubject(counted("30-KH/C-05"), ()), 1, NOW, {}, {}, back=None, dark=False)
    )

    assert "chưa có tên: 30-KH/C-05" in listed
    assert "chưa có tên: 30-KH/C-05: đang thực hiện" in page


def test_a_source_is_called_by_the_setting_by_its_system_or_by_nothing() -> None:
    assert source_names.name("urn:x:thue-moi") == "Thuế"
    assert source_names.name(KNOWN) == "Một cửa điện tử"
    assert source_names.name(STRANGE) == f"chưa có tên: {STRANGE}"
    assert source_names.name(SIMULATED) == "Dữ liệu mô phỏng"
    source_names.hold((Feed(source="urn:a", name="A"), Feed(source="urn:b", name="B", topic="tasks")))
    assert source_names.name("urn:a") == "A"
    assert source_names.name("urn:b") == "chưa có tên: urn:b", "of one topic only"


LISTS = {
    "rejected": [KNOWN, "ioc.cases", NOW.isoformat(), "time", "date_format", 1],
    "lost": [KNOWN, "cases", str(date(2026, 11, 20)), "", 5, 4, []],
    "events": [KNOWN, "ioc.cases", NOW.isoformat(), None],
}


@pytest.mark.parametrize("counter", LISTS)
def test_the_operator_s_lists_call_sources_by_their_names(counter: str) -> None:
    row = (1, encode(LISTS[counter]).decode(), 1)
    asked = opening("source", counter, Filters(unit=KNOWN, part="cases"))
    said = text(source_listing.page(asked, (row,), 1, NOW, {}, dark=False))

    assert "urn:" not in said
    assert said.count("Một cửa điện tử") == 2, "in the row, and in what was asked for"


@pytest.mark.parametrize("side", [wall, tablet])
def test_the_page_of_the_sources_calls_them_by_their_names(side: object) -> None:
    cells = (Cell("rejected", KNOWN, "cases", 40), Cell("silent", KNOWN, "cases", 1), Cell("feeds", KNOWN, "cases", 1))
    live = made(TOPICS["nguon"], cells={"source": cells}, feeding=feeding(source(name=KNOWN)))
    parts, _ = SCREENS[side.name_of("nguon")].render(live, SETTINGS, None)  # type: ignore[attr-defined]
    second = Wall.SECOND if side is wall else Tablet.SECOND

    assert "Một cửa điện tử" in text(parts[second]).replace(NB, " ")
    assert not [name for name, said in parts.items() if "urn:" in text(said)]


def test_a_one_word_name_of_a_source_is_a_name_and_a_bare_key_is_none() -> None:
    live = made(TOPICS["nguon"], feeding=feeding(source(name="urn:x:thue-moi"), source(name="urn:la:khong-ten")))
    said = "\n".join(text(row) for row in ages.rows(live, SETTINGS, 9)).replace(NB, " ")

    assert "Thuế, hồ sơ" in said
    assert "chưa có tên: khong-ten, hồ sơ" in said


def test_a_wall_s_sentence_names_the_system_that_gives_no_numbers() -> None:
    parts, _ = SCREENS[wall.name_of("ha-tang")].render(
        made(TOPICS["ha-tang"], cells={}, unread=(("lgsp", "unfinished"),)), SETTINGS, None
    )
    assert "Nền tảng LGSP kết nối, không đọc được số" in text(parts[Wall.LEAD]).replace(NB, " ")
