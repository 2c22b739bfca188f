"""Whatever the data say fits: every unit of every year and every procedure, dates of other years, latenesses of
thousands of days, every state of every source; on every wall and tablet."""

from collections.abc import Iterator

import pytest

from tests.screens import sheets
from tests.screens.conftest import Look, Screens, Shared

WALLS = {"wall": 44.0, "wall-2560x1080": 44.0, "wall-3840x2160": 88.0}
TABLETS = {"tablet-ngang": 15.0, "tablet-doc": 15.0}


@pytest.fixture(autouse=True)
def _names() -> Iterator[None]:
    yield
    sheets.forget_names()


@pytest.fixture
def empty(shared: Shared) -> Screens:
    """Its pages are replaced by what the tests lay there."""
    return shared("empty")


@pytest.mark.parametrize("size", WALLS)
def test_any_name_and_any_source_fits_on_every_wall(empty: Screens, look: Look, size: str) -> None:
    seen = look(empty.url("/man-hinh/ho-so"), size)
    for made in sheets.ON_WALLS:
        seen.lay(sheets.html_of(made))
        assert seen.fit(WALLS[size]) == [], made.__name__


@pytest.mark.parametrize("size", TABLETS)
def test_any_name_date_and_lateness_fits_on_every_tablet(empty: Screens, look: Look, size: str) -> None:
    seen = look(empty.url("/man-hinh/may-tinh-bang"), size)
    for made in sheets.ON_TABLETS:
        seen.lay(sheets.html_of(made))
        assert seen.fit(TABLETS[size]) == [], made.__name__
