"""A procedure's process and the interlinked chains on the tablet: the numbers, and as many cases behind each."""

from urllib.parse import quote

import pytest

from infra.db.reference import load
from schemas.reference.reading import read
from tests.screens.conftest import NOW, Keep, Look, Screens, Shared, fill_province
from tests.screens.sample import PROCEDURES
from tests.screens.watched import Watched

SIZES = ("tablet-ngang", "tablet-doc")
PROCESS = "/man-hinh/may-tinh-bang/quy-trinh"
CHAINS = "/man-hinh/may-tinh-bang/lien-thong"
ONE = f"{PROCESS}?ky=nam&thu-tuc={quote(PROCEDURES[0])}"
# Three to seven steps, every ninth case asked for a supplement, every eleventh does a step again.
PATHS = """
UPDATE case_state s SET
    path = way.steps,
    path_office_s = array(SELECT mod(n * 7919 + i * 104729, 70000) + 900 FROM generate_series(1, way.count) i),
    path_waited_s = array(
        SELECT CASE WHEN mod(n, 9) = 0 AND i = 3 THEN 90000 + mod(n, 7) * 9000 ELSE 0 END
        FROM generate_series(1, way.count) i
    ),
    path_since = CASE WHEN ended_at IS NULL THEN accepted_at + interval '3 hours' END,
    loops = (mod(n, 9) = 0)::integer + (mod(n, 11) = 0)::integer,
    loop_reason = CASE WHEN mod(n, 9) = 0 THEN 'supplement' WHEN mod(n, 11) = 0 THEN 'repeated' END
FROM (
    SELECT subject, n, steps, cardinality(steps) + (ended_at IS NOT NULL)::integer AS count
    FROM (
        SELECT subject, ended_at, row_number() OVER (ORDER BY subject) AS n FROM case_state
    ) AS numbered
    CROSS JOIN LATERAL (
        SELECT CASE WHEN mod(n, 11) = 0 THEN told || told[2:2] ELSE told END AS steps
        FROM (
            SELECT (%(names)s::text[])[1:CASE WHEN ended_at IS NULL THEN mod(n, 7) ELSE 4 + mod(n, 4) END]
        ) AS cut (told)
    ) AS chosen
) AS way
WHERE way.subject = s.subject
"""
STEPS = [
    "Kiểm tra thành phần hồ sơ",
    "Chuyển phòng chuyên môn",
    "Thẩm định hồ sơ",
    "Lấy ý kiến đơn vị liên quan",
    "Trình lãnh đạo ký",
    "Ký duyệt kết quả",
    "Đóng dấu, vào sổ",
]
STAYS = """
UPDATE case_state s SET
    chain = CASE WHEN mod(n, 3) = 0 THEN 'death' ELSE 'birth' END,
    chain_stays = (
        SELECT json_agg(json_build_array(
            CASE WHEN mod(n, 3) = 0 THEN (%(death)s::text[])[i] ELSE (%(birth)s::text[])[i] END,
            CASE WHEN i = 1 THEN 'cong-an-tinh' WHEN mod(n, 3) = 0 THEN 'so-lao-dong-tbxh' ELSE 'bao-hiem-xa-hoi' END,
            since, CASE WHEN through THEN since + 9000000000 END,
            CASE WHEN through THEN mod(n * 7919, 90000) + 3000 END,
            mod(n, 4) <> 1
        ))
        FROM generate_series(1, 2) i
        CROSS JOIN LATERAL (SELECT ended_at IS NOT NULL OR i = 1 AND mod(n, 2) = 0 AS through) AS it
        CROSS JOIN LATERAL (SELECT (extract(epoch FROM accepted_at) * 1000000)::bigint AS since) AS begun
    )
FROM (SELECT subject, row_number() OVER (ORDER BY subject) AS n FROM case_state) AS numbered
WHERE numbered.subject = s.subject AND mod(n, 6) < 3
"""


def fill_going(screens: Screens) -> None:
    """With paths and chains, and the hours that are worked."""
    fill_province(screens)
    load(screens.database.migrate, read(), NOW)
    screens.db.execute(PATHS, {"names": STEPS})
    screens.db.execute(STAYS, {"birth": ["thuong-tru", "the-bhyt"], "death": ["xoa-thuong-tru", "mai-tang-phi"]})


@pytest.fixture
def going(shared: Shared) -> Screens:
    screens = shared("going", fill_going)
    screens.alive()
    return screens


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_its_tablet(going: Screens, look: Look, picture: Keep, size: str) -> None:
    for name, address in (
        ("quy-trinh-thu-tuc", f"{PROCESS}?ky=nam"),
        ("quy-trinh", ONE),
        ("quy-trinh-cach-di", f"{ONE}&xem=cach-di"),
        ("lien-thong", f"{CHAINS}?ky=nam"),
        ("quy-trinh-ho-so", f"{PROCESS}/ho-so?ky=nam&thu-tuc={quote(PROCEDURES[0])}&so=dang-dung"),
        ("lien-thong-ho-so", f"{CHAINS}/ho-so?ky=nam"),
    ):
        seen = look(going.url(address), size)
        picture(seen, f"{name}-{size}")
        assert seen.fit(15) == [], name
    assert look(going.url("/man-hinh/may-tinh-bang/don-vi"), size).fit(15) == []


def opens_as_many(seen: Watched, selector: str) -> int:
    """Opens each number of the page and goes back; answers how many there were."""
    numbers = seen.page.locator(selector)
    total = numbers.count()
    for place in range(total):
        one = numbers.nth(place)
        count = int(one.get_attribute("data-count") or 0)
        assert figure(one.locator(".v").inner_text()) == count > 0
        one.click()
        seen.page.wait_for_selector(".list.apart")
        assert figure(seen.text("h2.big")) == count
        assert seen.page.locator(".apart ol li").count() == min(count, 7)
        seen.page.go_back()
        seen.page.wait_for_selector(".list:not(.apart)")
    return total


def figure(text: str) -> int:
    return int(text.split()[0].replace(".", ""))


@pytest.mark.parametrize("address", [ONE, f"{ONE}&trang=2", f"{ONE}&xem=cach-di", f"{CHAINS}?ky=nam"])
def test_a_number_opens_as_many_cases_as_it_says(going: Screens, look: Look, address: str) -> None:
    seen = look(going.url(address), "tablet-ngang")
    assert opens_as_many(seen, "main a[data-count]") > 5


def test_the_way_leads_from_the_units_to_a_procedure_to_a_case_and_back(going: Screens, look: Look) -> None:
    seen = look(going.url("/man-hinh/may-tinh-bang/don-vi"), "tablet-ngang")
    seen.page.locator("main a", has_text="Quy trình").click()
    seen.page.wait_for_selector(".procedures")
    seen.page.locator(".procedures .un", has_text=PROCEDURES[0]).click()
    seen.page.wait_for_selector(".steps ol li")
    assert PROCEDURES[0] in seen.text("h2.lead")
    seen.page.locator(".chs a").first.click()
    seen.page.wait_for_selector(".apart ol li a")
    seen.page.locator(".apart ol li a").first.click()
    seen.page.wait_for_selector(".evs")


def test_without_anything_it_says_so(screens: Screens, look: Look) -> None:
    screens.alive(source=False)
    for address, words in (
        (f"{PROCESS}?ky=nam", "0 thủ tục"),
        (ONE, "không có thủ tục này"),  # neither the reference nor a case names it
        (f"{ONE}&xem=cach-di", "không có thủ tục này"),
        (f"{CHAINS}?ky=nam", "Không có hồ sơ nào đang chờ ở cơ quan khác."),
    ):
        seen = look(screens.url(address), "tablet-ngang", live=False)
        seen.wait_text("main", words)
        assert seen.fit(15) == []


@pytest.mark.parametrize(
    "wrong",
    [f"{ONE}&xem=x", f"{PROCESS}/ho-so?thu-tuc=a&so=x", f"{PROCESS}/ho-so?thu-tuc=a&so=qua-buoc",
     f"{CHAINS}/ho-so?nhom=x", f"{PROCESS}?ky=x"],
)  # fmt: skip
def test_what_is_not_asked_well_is_said(filled: Screens, look: Look, wrong: str) -> None:
    look(filled.url(wrong), "tablet-ngang").wait_text("main", "KHÔNG CÓ TRANG NÀY")
