"""The page "Chỉ tiêu": every indicator, and from its name to its figure."""

import pytest

from dashboards.glossary import GROUPS, terms
from dashboards.indicators import all_indicators
from dashboards.screens.catalogue import PAGE as PAGE_SIZE
from dashboards.screens.terms import PAGE as TERMS_SIZE
from tests.screens.conftest import Keep, Look, Screens

PAGE = "/man-hinh/may-tinh-bang/chi-tieu"
TERMS = "/man-hinh/may-tinh-bang/tu-ngu"


@pytest.mark.parametrize("size", ["tablet-ngang", "tablet-doc"])
def test_every_page_of_it_fits(filled: Screens, look: Look, picture: Keep, size: str) -> None:
    filled.alive()
    seen = look(filled.url(PAGE), size)
    for word, shown in (("", 1), ("ho-so", 5), ("diem-766", 2), ("cach-hieu", 1), ("khac", 9), ("khac", 16)):
        seen.turn_to(filled.url(f"{PAGE}?nhom={word}&trang={shown}"))
        picture(seen, f"chi-tieu-{word or 'tat-ca'}-{size}")
        assert seen.fit(15) == [], word
    assert seen.text("h2.big").endswith("chỉ tiêu")


def test_the_name_of_every_indicator_leads_to_its_figure(filled: Screens, look: Look) -> None:
    """Every address answers with a page that is there; one of each kind is gone to by its name."""
    filled.alive()
    every = len(all_indicators())
    seen = look(filled.url(PAGE), "tablet-ngang")
    assert seen.text("h2.big") == f"{every} chỉ tiêu"
    hrefs: dict[str, str] = {}
    for page in range(1, -(-every // PAGE_SIZE) + 1):
        seen.turn_to(filled.url(f"{PAGE}?trang={page}"))
        for name in seen.page.locator(".indicators li a").all():
            hrefs[f"{page} {name.inner_text()}"] = str(name.get_attribute("href"))
    assert len(hrefs) == every
    for what, href in hrefs.items():
        answer = seen.page.request.get(filled.url(href))
        assert answer.status == 200, what
    for start in (
        "/man-hinh/mo?so=",
        "/man-hinh/mo?mien=",
        "/man-hinh/may-tinh-bang/diem-766",
        "/man-hinh/may-tinh-bang/53",
        "/man-hinh/may-tinh-bang/so-voi-cong",
        "/man-hinh/may-tinh-bang/quy-trinh",
        "/man-hinh/may-tinh-bang/lien-thong",
        "/man-hinh/may-tinh-bang/sap-tre",
    ):
        href = next(href for href in hrefs.values() if href.startswith(start))
        seen.turn_to(filled.url(href))
        assert "KHÔNG CÓ TRANG NÀY" not in seen.text("main"), href


def test_what_is_not_asked_well_is_said(filled: Screens, look: Look) -> None:
    look(filled.url(f"{PAGE}?nhom=x"), "tablet-ngang").wait_text("main", "KHÔNG CÓ TRANG NÀY")


def test_every_page_of_words_fits(filled: Screens, look: Look, picture: Keep) -> None:
    filled.alive()
    for page in range(1, -(-len(terms()) // TERMS_SIZE) + 1):
        seen = look(filled.url(f"{TERMS}?trang={page}"), "tablet-doc")
        if page == 1:
            picture(seen, "tu-ngu-tablet-doc")
        assert seen.fit(15) == [], page
    for group in GROUPS:
        seen = look(filled.url(f"{TERMS}?nhom={group}"), "tablet-ngang")
        assert seen.fit(15) == [], group
    picture(seen, "tu-ngu-tablet-ngang")


def test_every_page_has_a_title_of_its_own_and_a_key_opens_the_words(filled: Screens, look: Look) -> None:
    filled.alive()
    titles = set()
    paths = (
        TERMS,
        PAGE,
        "/man-hinh/may-tinh-bang",
        "/man-hinh/may-tinh-bang/don-vi",
        "/man-hinh/tra-cuu",
        "/man-hinh/ho-so",
    )
    for path in paths:
        seen = look(filled.url(path), "tablet-ngang" if "may-tinh" in path else "wall")
        seen.wait_for("title", lambda text: text.endswith(" · IOC Đồng Nai"))
        titles.add(seen.page.title())
    assert len(titles) == len(paths)
    seen.page.keyboard.press("?")
    seen.page.wait_for_url("**/tu-ngu")
