"""The pages besides cases: what they say in each state, that it fits, and that each number is its list."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dashboards.topics import TOPICS
from tests.screens import sample, topic_sample
from tests.screens.conftest import NOW, SIZES, Screens, Watched

Look = Callable[..., Watched]
Keep = Callable[[Watched, str], None]
WALLS = {"wall": 44.0, "wall-3840x2160": 88.0}
TABLETS = {"tablet-ngang": 15.0, "tablet-doc": 15.0}
TABLET = "/man-hinh/may-tinh-bang"


@pytest.fixture
def topics(screens: Screens) -> Screens:
    """Every topic, with the longest names among the units, live."""
    topic_sample.fill(screens.database, (*sample.LONGEST, *sample.UNITS[:6]), NOW)
    sample.beat(screens.db, screens.now() + timedelta(hours=1))
    sample.audited(screens.db, NOW - timedelta(minutes=2), 3_213)
    return screens


def drawn(seen: Watched) -> None:
    seen.page.wait_for_selector(".js-plotly-plot .bars path", state="attached")
    seen.page.evaluate("document.fonts.ready")
    seen.page.wait_for_timeout(250)


@pytest.mark.parametrize("sizes", [WALLS, TABLETS], ids=["wall", "tablet"])
def test_every_page_fits_at_every_size(topics: Screens, look: Look, picture: Keep, sizes: dict[str, float]) -> None:
    wrong: dict[tuple[str, str], list[str]] = {}
    prefix = "/man-hinh" if sizes is WALLS else TABLET
    seen = look(topics.url(f"{prefix}/nhiem-vu"), next(iter(sizes)))
    for name in TOPICS:
        for index, (size, floor) in enumerate(sizes.items()):
            width, height = SIZES[size]
            seen.page.set_viewport_size({"width": width, "height": height})
            if index == 0:
                seen.page.goto(topics.url(f"{prefix}/{name}"))
                seen.page.wait_for_selector("html[data-live=live]")
            drawn(seen)
            picture(seen, f"{name}-{size}")
            if misfits := seen.fit(floor):
                wrong[name, size] = misfits
    assert wrong == {}
