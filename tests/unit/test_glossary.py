"""The words of the screens: each is explained once, on a page that every screen leads to; every page has its title."""

import pytest

from dashboards.glossary import GROUPS, terms
from dashboards.readers.snapshot import Selection
from dashboards.screens import links, nav
from dashboards.screens import terms as words_page
from dashboards.screens.registry import SCREENS
from dashboards.screens.tablet import shell
from tests.unit.screens import nodes, text

MOST = 130  # letters of a meaning: three lines beside its word on an upright tablet


def test_every_word_is_explained_once_and_in_one_sentence_or_two() -> None:
    words = [word for term in terms() for word in term.word.split("; ")]
    assert len(set(words)) == len(words)
    for term in terms():
        assert term.group in GROUPS, term.word
        assert term.meaning.endswith("."), term.word
        assert len(term.meaning) <= MOST, term.word
    assert {term.group for term in terms()} == set(GROUPS)


@pytest.mark.parametrize("group", ["", *GROUPS])
def test_the_pages_of_a_group_show_each_of_its_words(group: str) -> None:
    wanted = words_page.chosen(group)
    shown: list[str] = []
    for number in range(1, -(-len(wanted) // words_page.PAGE) + 1):
        said = text(words_page.page(group, number, {}))
        shown += [term.word for term in wanted if term.meaning in said]
    assert shown == [term.word for term in wanted]


def test_a_group_that_there_is_not_is_said() -> None:
    with pytest.raises(links.BadAddress):
        words_page.chosen("x")


def test_every_screen_leads_to_the_words_and_has_a_title_of_its_own() -> None:
    titles = []
    for name, screen in SCREENS.items():
        if screen.framing:
            continue
        found = list(nodes(screen.layout(Selection(name), {})))
        titles += [node["props"]["data-title"] for node in found if node["props"].get("id") == "live"]
        if name not in nav.WALLS:
            assert [n for n in found if n["props"].get("href") == links.TERMS], name
    assert len(set(titles)) == len(titles) == sum(not screen.framing for screen in SCREENS.values())
    for wall in nav.WALLS:  # of a wall it stands in the foot, which comes with the first snapshot
        assert all(links.TERMS in str(nav.place(wall, short=short)) for short in (True, False))


def test_the_title_of_a_page_names_the_unit_and_what_it_is_about() -> None:
    def titled(page: object) -> str:
        return next(str(n["props"]["data-title"]) for n in nodes(page) if n["props"].get("id") == "live")

    view = Selection("khung")
    assert titled(shell.page("Đơn vị", [], view=view, parts={})) == "Đơn vị · IOC Đồng Nai"
    of_unit = view._replace(unit="Xã Long Thành")
    assert titled(shell.page("Điểm 766", [], view=of_unit, parts={})) == "Điểm 766, Xã Long Thành · IOC Đồng Nai"
    assert titled(shell.page("Một hồ sơ", [], view=view, parts={}, tab="Hồ sơ H1")) == "Hồ sơ H1 · IOC Đồng Nai"
